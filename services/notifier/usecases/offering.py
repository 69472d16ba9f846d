"""What both are told of the work itself: offered, agreed on, about to begin, on trial, how it goes, and its end."""
from datetime import datetime
from uuid import UUID

from services.notifier.domain import offer as o
from services.notifier.domain.contact import PartyId, PartyKind, first_by_post
from services.notifier.domain.hours import REMINDED_AT, at, day_over
from services.notifier.domain.meeting import reminded_at
from services.notifier.domain.message import Dropped
from services.notifier.domain.offer import Offer, Standing
from services.notifier.domain.questions import Question
from services.notifier.ports import Work
from services.notifier.usecases.asking import ask, drop
from services.notifier.usecases.reminding import remind_of_offer

Side = tuple[UUID, PartyKind, UUID]
"""Whom, as what, and who the other one is."""


async def hear_offer(offer: Offer, now: datetime, work: Work) -> None:
    """How it stands now. What is no longer true and nobody has yet is not sent; the same heard again tells nothing."""
    person: Side = (offer.person_id, PartyKind.PERSON, offer.profile_id)
    pa: Side = (offer.profile_id, PartyKind.PA, offer.person_id)
    reached = await was_told(offer, work)
    await drop_what_is_over(offer, now, work)
    match offer.standing:
        case Standing.MADE if now < offer.answer_by:
            await tell(offer, pa, o.OFFER, str(offer.number), now, work, expires_at=offer.answer_by)
            await remind_of_offer(offer, now, work)
        case Standing.DECLINED:
            await tell(offer, person, o.DECLINED, str(offer.number), now, work)
        case Standing.LAPSED:
            for side in (person, pa) if reached else (person,):
                await tell(offer, side, o.NO_ANSWER, str(offer.number), now, work)
        case Standing.TAKEN_BACK if reached:
            await tell(offer, pa, o.TAKEN_BACK, str(offer.number), now, work)
        case Standing.AGREED:
            for side in (person, pa):
                await tell_of_start(offer, side, now, work)
                await tell_of_trial(offer, side, now, work)
                await ask_how_it_goes(offer, side, now, work)
        case Standing.ENDED:
            for side in (person, pa):
                await tell(offer, side, o.ENDS, str(offer.number), now, work)
    for which, kind in offer.not_well():
        await tell(offer, person if kind is PartyKind.PERSON else pa, o.NOT_WELL, which, now, work)


async def was_told(offer: Offer, work: Work) -> bool:
    """Whether the PA had heard of this offer. One who had not is not told that it is over."""
    return await work.messages.told_before(
        offer.council, offer.introduction_id, offer.profile_id, (o.OFFER, o.WAITS), str(offer.number), but=None
    )


async def drop_what_is_over(offer: Offer, now: datetime, work: Work) -> None:
    council, introduction_id, number = offer.council, offer.introduction_id, offer.number
    waiting = await work.messages.not_yet_sent(council, introduction_id=introduction_id)
    over = [message for message in waiting if message.about in o.ABOUT_WORK and not offer.is_true(message)]
    await drop(over, Dropped.NO_LONGER_TRUE, now, work)
    made = offer.standing is Standing.MADE
    await work.replies.revoke(council, introduction_id, Question.OFFER, but=f"{Question.OFFER}/{number}" if made else None)
    if not offer.on_trial:
        await work.replies.revoke(council, introduction_id, Question.TRIAL)
    if offer.standing is not Standing.AGREED:
        await work.replies.revoke(council, introduction_id, Question.GOING)


async def tell_of_start(offer: Offer, side: Side, now: datetime, work: Work) -> None:
    """At once, and again on the day before, unless it is that day already."""
    begins = at(REMINDED_AT, offer.starts_on)
    await tell(offer, side, o.START, str(offer.number), now, work, expires_at=day_over(offer.starts_on))
    remind_at = reminded_at(begins, await work.contacts.of(offer.council, PartyId(side[0])))
    if now < remind_at:
        await tell(offer, side, o.START_SOON, str(offer.number), now, work, expires_at=begins, not_before=remind_at)


async def tell_of_trial(offer: Offer, side: Side, now: datetime, work: Work) -> None:
    """Both are asked a week before it ends, or once they have begun, where it is shorter."""
    if offer.trial_until is None:
        return
    if offer.trial_over:
        await tell(offer, side, o.GOES_ON, str(offer.number), now, work)
        return
    party_id, kind, _ = side
    over = day_over(offer.trial_until)
    if now < over and str(kind) not in offer.goes_on:
        by_post = first_by_post(await work.contacts.of(offer.council, PartyId(party_id)))
        before = o.BEFORE_IT_ENDS_BY_POST if by_post else o.BEFORE_THE_TRIAL_ENDS
        ask_at = max(at(REMINDED_AT, offer.trial_until) - before, day_over(offer.starts_on))
        await tell(offer, side, o.TRIAL_ENDS, str(offer.number), now, work, expires_at=over, not_before=ask_at)


async def ask_how_it_goes(offer: Offer, side: Side, now: datetime, work: Work) -> None:
    said = {f"{offer.number}.{one.after}" for one in offer.going if one.by == side[1]}
    for which, ask_at in offer.asked_how():
        if which not in said and now < ask_at + o.ASKED_FOR:
            await tell(offer, side, o.GOING, which, now, work, expires_at=ask_at + o.ASKED_FOR, not_before=ask_at)


async def tell(
    offer: Offer, side: Side, about: str, which: str, now: datetime, work: Work, *, expires_at: datetime | None = None,
    not_before: datetime | None = None,
) -> None:
    party_id, audience, other = side
    await ask(
        offer.council, party_id, audience, about, subject=offer.introduction_id, occurrence=which, given=offer.given(other),
        belongs=offer.belongs, now=now, work=work, expires_at=expires_at, not_before=not_before,
    )
