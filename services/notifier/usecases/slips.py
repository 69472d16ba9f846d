"""An answer slip that came by post."""
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from services.notifier.domain.reply import Answer, CodeUnknown, Kind
from services.notifier.ports import Press, Work
from services.notifier.usecases.answering import ask_again, ask_by_team, give, look


@dataclass(frozen=True, slots=True)
class SlipRead:
    """What came of a slip: answered, late, changed_mind (the team asks), asked_again (it was not clear)."""

    about: str
    came_of_it: Literal["answered", "late", "changed_mind", "asked_again"]


async def slip(
    council: str, code: str, said: Answer | None, worker_id: UUID | None, press: Press, team: str, now: datetime, work: Work
) -> SlipRead:
    """An answer slip that came by post, entered by a worker. None: no box, or both, had a cross. Raises CodeUnknown.

    What is not clear is asked once more, and then by the team; so is a changed mind.
    """
    c = await look(code, work)
    if c.council != council or c.kind is not Kind.CODE:
        raise CodeUnknown
    if c.answer is None and not c.open_at(now):
        return SlipRead(c.about, "late")
    if c.answer is None and said is not None:
        await give(c, said, "slip", now, work, worker_id)
    if (c.answer is None) != (said is None) or (said is not None and said == c.answer):
        return SlipRead(c.about, "answered")
    contact = await work.contacts.of(council, c.party_id)
    if contact is None:
        raise CodeUnknown
    if said is None:
        await ask_again(c, contact, press, team, now, work)
        return SlipRead(c.about, "asked_again")
    changed = f"Their slip said {said}, after they had said {c.answer}. Please ask them what they would like."
    await ask_by_team(c, contact, changed, press, team, now, work)
    return SlipRead(c.about, "changed_mind")
