"""The notifier, put together. The only module that knows every other."""
from datetime import UTC, datetime

from fastapi import APIRouter, FastAPI

from services.notifier.announcements import TELLS
from services.notifier.api import PROBLEMS, contacts, messages, replies, sign_in_codes
from services.notifier.channels.folder import Folder
from services.notifier.channels.smtp import Smtp
from services.notifier.courier.forgetter import Forgetter
from services.notifier.courier.progress import Progress
from services.notifier.courier.sender import Sender
from services.notifier.courier.writer import Writer
from services.notifier.domain.wording import Places
from services.notifier.ports import Channel, Clock
from services.notifier.renderers import catalogue
from services.notifier.renderers.letter import Letters
from services.notifier.renderers.press import Presses
from services.notifier.renderers.voice import Voice
from services.notifier.settings import Settings
from services.notifier.store import Store
from services.notifier.subscribers import HEARS
from shared.messaging.living import Chore
from shared.messaging.service import service_app


def utc() -> datetime:
    return datetime.now(UTC)


def press_of(settings: Settings) -> Presses:
    return Presses(
        catalogue.read(),
        Places(settings.sender_name, settings.public_url, settings.help_phone, settings.help_email, settings.text_number),
        settings.public_url.rstrip("/"),
        Letters(),
        Voice(settings.state),
    )


def channels_of(settings: Settings) -> list[Channel]:
    folder = Folder(settings.outbox_folder)
    return [Smtp(settings.smtp_url, settings.email_from), folder] if settings.smtp_url else [folder]


def build(settings: Settings, clock: Clock = utc) -> FastAPI:
    press = press_of(settings)

    def routers(store: Store) -> list[APIRouter]:
        return [
            contacts.router(store.begin, clock),
            messages.router(store.begin, press, clock),
            sign_in_codes.router(store.begin, clock),
            replies.texts(store.begin, press, settings.contact_team, clock),
        ]

    def chores(store: Store) -> list[Chore]:
        channels = channels_of(settings)
        return [
            Writer(store.begin, press, settings.contact_team, clock).run,
            Sender(store.begin, store.lead, press, channels, settings.contact_team, clock).run,
            Forgetter(store.begin, channels, clock).run,
        ]

    return service_app(
        "notifier", settings, hears=HEARS, tells=TELLS, store=Store, routers=routers,
        open_routers=lambda store: [replies.links(store.begin, clock)], problems=PROBLEMS, chores=chores,
        checks=lambda store: [Progress(lambda: store.leads, store.oldest_in_hand).look],
    )
