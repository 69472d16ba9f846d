"""The notifier, put together. The only module that knows every other."""
from collections.abc import Sequence

from fastapi import APIRouter, FastAPI

from services.notifier.announcements import TELLS
from services.notifier.api import (
    PROBLEMS,
    contacts,
    contacts_over_fhir,
    gallery,
    leaflets,
    media,
    meeting_places,
    messages,
    proof,
    receipts,
    replies,
    sign_in_codes,
    support_requests,
    tasks,
    translations,
)
from services.notifier.channels.folder import Folder
from services.notifier.channels.notify import Notify
from services.notifier.channels.smtp import Smtp
from services.notifier.courier.asker import Asker
from services.notifier.courier.eraser import Eraser
from services.notifier.courier.escalator import Escalator
from services.notifier.courier.forgetter import Forgetter
from services.notifier.courier.old_wishes import OldWishes
from services.notifier.courier.progress import Progress
from services.notifier.courier.sender import Sender
from services.notifier.courier.sweeper import Sweeper
from services.notifier.courier.writer import Writer
from services.notifier.domain.contact import Method
from services.notifier.domain.waits import Waits
from services.notifier.domain.wording import Places
from services.notifier.ports import Channel, Clock
from services.notifier.renderers import catalogue
from services.notifier.renderers.better_voices import better_voices
from services.notifier.renderers.braille import Braille
from services.notifier.renderers.gallery import Gallery
from services.notifier.renderers.letter import Letters
from services.notifier.renderers.press import Presses
from services.notifier.renderers.studio import OurStudio
from services.notifier.renderers.translations import Shelves
from services.notifier.renderers.voice import Voice
from services.notifier.settings import Settings
from services.notifier.store import Store
from services.notifier.store.own_data import OWN_DATA
from services.notifier.subscribers import HEARS
from shared.messaging.living import Chore
from shared.messaging.own_data import own_data
from shared.messaging.service import service_app
from shared.runtime.clock import utc


def press_of(settings: Settings) -> Presses:
    return Presses(
        catalogue.read(),
        Places(settings.sender_name, settings.public_url, settings.help_phone, settings.help_email, settings.text_number),
        settings.public_url.rstrip("/"),
        Letters(),
        Voice(settings.state, better_voices(settings.voices_folder)),
        Braille(settings.braille_folder),
    )


def notify_of(settings: Settings, waits: Waits) -> list[Notify]:
    if settings.notify_api_key is None:
        return []
    return [
        Notify(
            settings.notify_api_key, settings.notify_url, settings.notify_text_template, settings.notify_email_template,
            settings.notify_letters, waits.call.total_seconds(),
        )
    ]


def channels_of(settings: Settings, tellers: Sequence[Notify]) -> list[Channel]:
    """In the order they are tried in. The folder keeps what no provider is there for."""
    by_provider = {Method.EMAIL} if settings.smtp_url else set()
    for notify in tellers:
        by_provider |= notify.methods
    smtp = [Smtp(settings.smtp_url, settings.email_from)] if settings.smtp_url else []
    folder = Folder(settings.outbox_folder, frozenset({Method.TEXT, Method.EMAIL, Method.LETTER}) - by_provider)
    return [*tellers, *smtp, folder]


def build(settings: Settings, clock: Clock = utc) -> FastAPI:
    press = press_of(settings)
    waits = Waits().at(settings.sender_pace)

    def routers(store: Store) -> list[APIRouter]:
        return [
            contacts.router(store.begin, clock),
            contacts_over_fhir.router(store.begin, clock),
            messages.router(store.look, press, clock),
            meeting_places.router(store.begin, clock),
            proof.router(store.look, press, clock),
            gallery.router(store.begin, press, Gallery(press), clock),
            leaflets.router(store.begin, Gallery(press), clock),
            media.router(store.begin, press, OurStudio(press), clock),
            tasks.router(store.begin, press, settings.teams, clock),
            translations.router(store.begin, Shelves(press.catalogue, press.places), clock),
            sign_in_codes.router(store.begin, clock),
            support_requests.router(store.begin, clock),
            replies.texts(store.begin, press, settings.teams.first, clock),
            own_data("notifier", store.database, OWN_DATA),
        ]

    def open_routers(store: Store) -> list[APIRouter]:
        return [replies.links(store.begin, clock), receipts.router(store.begin, settings.notify_callback_token, clock)]

    def chores(store: Store) -> list[Chore]:
        tellers = notify_of(settings, waits)
        channels = channels_of(settings, tellers)
        return [
            Writer(store.begin, press, settings.teams.first, clock).run,
            Sender(store.begin, store.lead, press, channels, settings.teams.first, clock, waits).run,
            Sweeper(store.begin, tellers, press, settings.teams.first, clock, waits).run,
            Forgetter(store.begin, channels, clock).run,
            Escalator(store.begin, settings.teams, clock).run,
            OldWishes(store.begin, clock).run,
            Asker(store.begin, clock).run,
            Eraser(store.begin, channels, clock).run,
        ]

    return service_app(
        "notifier", settings, hears=HEARS, tells=TELLS, store=Store, routers=routers,
        open_routers=open_routers, problems=PROBLEMS, chores=chores,
        checks=lambda store: [Progress(lambda: store.leads, store.oldest_in_hand).look],
    )
