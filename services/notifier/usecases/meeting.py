"""What both are told of a meeting: arranged, moved, called off, that it does not suit one of them, and a reminder."""
from datetime import datetime
from uuid import UUID

from services.notifier.domain import meeting as m
from services.notifier.domain.contact import PartyId, PartyKind
from services.notifier.domain.meeting import Meeting, Place, Standing
from services.notifier.domain.message import Dropped
from services.notifier.domain.questions import Question
from services.notifier.ports import Work
from services.notifier.usecases.asking import ask, drop


async def hear_meeting(meeting: Meeting, now: datetime, work: Work) -> None:
    """How it stands now. What was said of it before and nobody has yet is not sent; the same heard again tells nothing."""
    council, introduction_id = meeting.council, meeting.introduction_id
    if meeting.place_id is not None:
        await work.places.keep_until(council, meeting.place_id, meeting.at + m.PLACE_KEPT_AFTER)
    sides = ((meeting.person_id, PartyKind.PERSON), (meeting.profile_id, PartyKind.PA))
    knows = {party_id: await knows_of(meeting, party_id, work) for party_id, _ in sides}
    await drop_what_is_over(meeting, now, work)
    stands = f"{Question.MEETING}/{meeting.occurrence}" if meeting.standing is Standing.ARRANGED else None
    await work.replies.revoke(council, introduction_id, Question.MEETING, but=stands)
    if now >= meeting.at:
        return
    for (party_id, audience), (other, _) in zip(sides, reversed(sides), strict=True):
        match meeting.standing:
            case Standing.ARRANGED:
                await tell(meeting, party_id, audience, other, m.MOVED if knows[party_id] else m.ARRANGED, now, work)
                await remind(meeting, party_id, audience, other, now, work)
            case Standing.UNSUITABLE if meeting.by != audience:
                await tell(meeting, party_id, audience, other, m.UNSUITABLE, now, work)
            case Standing.CALLED_OFF if knows[party_id]:
                await tell(meeting, party_id, audience, other, m.CALLED_OFF, now, work)


async def knows_of(meeting: Meeting, party_id: UUID, work: Work) -> bool:
    """Whether they were told of this meeting before: of another time or place, or, once it is called off, of any."""
    called_off = meeting.standing is Standing.CALLED_OFF
    return await work.messages.told_before(
        meeting.council, meeting.introduction_id, party_id, m.TELL_WHEN, f"{meeting.number}.",
        but=None if called_off else meeting.occurrence,
    )


async def drop_what_is_over(meeting: Meeting, now: datetime, work: Work) -> None:
    waiting = await work.messages.not_yet_sent(meeting.council, introduction_id=meeting.introduction_id)
    over = [
        message for message in waiting if message.about in m.ABOUT_MEETINGS
        and (message.key.occurrence.split(" ")[0] != meeting.occurrence or now >= meeting.at
             or (message.about in m.TELL_WHEN and meeting.standing is not Standing.ARRANGED))
    ]  # fmt: skip
    await drop(over, Dropped.NO_LONGER_TRUE, now, work)


async def tell(
    meeting: Meeting, party_id: UUID, audience: PartyKind, other: UUID, about: str, now: datetime, work: Work
) -> None:
    """One of arranged and moved, however often the same is heard."""
    purpose = m.ARRANGED if about == m.MOVED else about
    await ask(
        meeting.council, party_id, audience, about, subject=meeting.introduction_id, occurrence=meeting.occurrence,
        given=meeting.given(other), belongs=meeting.belongs, now=now, work=work, expires_at=meeting.at, purpose=purpose,
    )


async def remind(meeting: Meeting, party_id: UUID, audience: PartyKind, other: UUID, now: datetime, work: Work) -> None:
    """It waits until its day, and is dropped when the meeting is moved or called off. Whoever is told on that day needs none."""
    at = m.reminded_at(meeting.at, await work.contacts.of(meeting.council, PartyId(party_id)))
    if now < at:
        await ask(
            meeting.council, party_id, audience, m.SOON, subject=meeting.introduction_id, occurrence=meeting.occurrence,
            given=meeting.given(other), belongs=meeting.belongs, now=now, work=work, expires_at=meeting.at, not_before=at,
        )


async def keep_place(council: str, place_id: UUID, words: str, now: datetime, work: Work) -> Place:
    """Until a meeting is heard to be there, and then until some time after it."""
    place = Place(council, place_id, words, now + m.PLACE_KEPT_UNHEARD)
    await work.places.add(place)
    return place


async def forget_places(now: datetime, work: Work) -> int:
    return await work.places.forget(now)
