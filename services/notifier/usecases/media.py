"""Putting in a council's own recordings and films, taking them away, and having them when a message is made."""
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.notifier.domain.media import Kind, Medium, Offered, Slot, film_type, problems
from services.notifier.domain.message import State
from services.notifier.domain.translation import mark, of_copy
from services.notifier.ports import Press, Work
from services.notifier.ports.media import CannotBeHeard, NoSuchMedium, Studio
from services.notifier.usecases.translating import NOT_BEGUN
from services.notifier.usecases.writing import Claimed

NOT_HEARD = "This recording cannot be read, is silent, or is shorter than its words. Choose an MP3, WAV, OGG or FLAC file"


class NotWhole(Exception):
    """This recording or film cannot be put in yet."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__()
        self.problems = problems


async def as_it_is_sent(kind: Kind, offered: Offered, studio: Studio) -> bytes | None:
    """Its bytes, once it is sure that it is whole; no transaction is open here. Raises NotWhole."""
    if wrong := problems(kind, offered):
        raise NotWhole(wrong)
    if kind is not Kind.RECORDING or offered.body is None:
        return offered.body
    try:
        return await studio.heard(offered.body, offered.transcript)
    except CannotBeHeard:
        raise NotWhole({"file": NOT_HEARD}) from None


async def put_in(
    council: str, slot: Slot, offered: Offered, body: bytes | None, by: UUID, studio: Studio, now: datetime, work: Work
) -> Medium:
    """In place of the one before. Messages that wait to be sent are made again with it. Raises NoSuchMedium."""
    copy = studio.copy_of(council, slot)
    await work.translations.change(council)  # whoever keeps what this council says in memory sees that it is old
    media_type = "audio/mpeg" if slot.kind is Kind.RECORDING else film_type(body) if body else None
    medium = Medium(
        council, slot, mark(of_copy(copy)), offered.transcript.strip(), offered.called.strip(), offered.link, media_type,
        offered.captions if body else None, by, now,
    )
    await work.media.keep(medium, body)
    await make_again(council, slot, work)
    return medium


async def take_away(council: str, slot: Slot, work: Work) -> None:
    """Raises NoSuchMedium."""
    await work.translations.change(council)
    if not await work.media.take_away(council, slot):
        raise NoSuchMedium
    await make_again(council, slot, work)


async def make_again(council: str, slot: Slot, work: Work) -> None:
    for message in await work.media.made_with(council, slot):
        delivery = await work.deliveries.of(council, message.message_id)
        if delivery is not None and delivery.stage in NOT_BEGUN:
            await work.messages.save(replace(message, state=State.WAITING, spent={}, not_before=None))


async def with_recordings(claimed: Claimed, press: Press, work: Work) -> Claimed:
    """With the recording that goes with each recorded way, where there is one."""
    found: dict[str, bytes] = {}
    for preference in claimed.contact.preferences if claimed.contact else ():
        media_id = press.recording(claimed.message, preference)
        body = await work.media.body(claimed.message.council, media_id) if media_id else None
        if body:
            found[preference.language] = body
    return replace(claimed, recordings=found)
