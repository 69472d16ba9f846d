"""Carry the work itself: offered, answered, taken back, on trial, begun, how it goes, and ended."""
from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from services.matcher.domain.days import day_of
from services.matcher.domain.introduction import IntroductionId
from services.matcher.domain.journey import Journey, NotAgreedToMeet
from services.matcher.domain.lore import Lore
from services.matcher.domain.offer import NoOffer, NotAsked, NoTrial, Offer, Terms, offered
from services.matcher.domain.pay import lowest_lawful
from services.matcher.domain.sides import By
from services.matcher.ports import Work
from services.matcher.usecases.introductions import NotTheirs
from services.matcher.usecases.journeys import held, keep

Change = Callable[[Offer], Offer]
AT_ONCE = 100


async def offer(
    council: str, introduction_id: IntroductionId, terms: Terms, *, by: By, lore: Lore, now: datetime, work: Work
) -> Journey:
    """Raises IntroductionNotFound, NotAgreedToMeet, and what `offered` does. Somebody who left the register can be offered work
    too, if they met before: by the rate that is lawful for everybody."""
    journey = await held(council, introduction_id, work)
    plan = await work.plans.find(council, journey.plan_id)
    terms = terms.as_planned(plan.fixed if plan else 0)
    profile = await work.profiles.find(council, journey.profile_id)
    lowest = lowest_lawful(profile, terms.starts_on, lore) if profile else lore.lowest_rate(terms.starts_on, None)
    return await keep(journey, journey.with_offer(offered(journey.offer, terms, by, lowest, now)), work)


async def answer(council: str, introduction_id: IntroductionId, yes: bool, *, now: datetime, work: Work) -> Journey:
    """By the PA. Raises IntroductionNotFound, NotAgreedToMeet, NoOffer."""
    return await change(council, introduction_id, lambda offer: offer.answered(yes, now), work)


async def take_back(council: str, introduction_id: IntroductionId, by: By, *, work: Work) -> Journey:
    return await change(council, introduction_id, lambda offer: offer.taken_back(by), work)


async def after_trial(council: str, introduction_id: IntroductionId, by: By, goes_on: bool, *, work: Work) -> Journey:
    """Raises IntroductionNotFound, NotAgreedToMeet, NoOffer, NoTrial."""
    return await change(council, introduction_id, lambda offer: offer.after_trial(by, goes_on), work)


async def end(
    council: str, introduction_id: IntroductionId, by: By, last_day: date, *, now: datetime, work: Work
) -> Journey:
    """Raises IntroductionNotFound, NotAgreedToMeet, NoOffer, NoWork, LastDayOver."""
    return await change(council, introduction_id, lambda offer: offer.ended(by, last_day, day_of(now)), work)


async def say_how(
    council: str, introduction_id: IntroductionId, by: By, after: int, well: bool, *, now: datetime, work: Work
) -> Journey:
    """Raises IntroductionNotFound, NotAgreedToMeet, NoOffer, NotAsked."""
    return await change(council, introduction_id, lambda offer: offer.said_how(by, after, well, day_of(now)), work)


async def hear_answer(
    council: str, introduction_id: IntroductionId, party_id: UUID, yes: bool, number: int, *, now: datetime, work: Work
) -> bool:
    """The PA's answer to an offer, by message. False: it is another offer by now, or has ended. Raises NotTheirs."""
    return await heard(council, introduction_id, party_id, number, lambda offer, _: offer.answered(yes, now), work, (By.PA,))


async def hear_after_trial(
    council: str, introduction_id: IntroductionId, party_id: UUID, goes_on: bool, number: int, *, work: Work
) -> bool:
    return await heard(council, introduction_id, party_id, number, lambda offer, by: offer.after_trial(by, goes_on), work)


async def hear_how(
    council: str, introduction_id: IntroductionId, party_id: UUID, well: bool, number: int, after: int, *,
    to_team: bool, now: datetime, work: Work,
) -> bool:
    return await heard(
        council, introduction_id, party_id, number,
        lambda offer, by: offer.said_how(by, after, well, day_of(now), to_team=to_team), work,
    )


async def heard(
    council: str, introduction_id: IntroductionId, party_id: UUID, number: int, said: Callable[[Offer, By], Offer],
    work: Work, who: tuple[By, ...] = (By.PERSON, By.PA),
) -> bool:
    try:
        journey = await held(council, introduction_id, work)
        side = journey.side_of(party_id)
        if side not in who:
            raise NotTheirs
        await keep(journey, journey.with_offer(said(journey.offer_of(number), side)), work)
    except (NoOffer, NoTrial, NotAsked, NotAgreedToMeet):
        return False
    return True


async def change(council: str, introduction_id: IntroductionId, to: Change, work: Work) -> Journey:
    journey = await held(council, introduction_id, work)
    return await keep(journey, journey.with_offer(to(journey.offer_of())), work)


async def let_time_pass(now: datetime, work: Work) -> int:
    """How many offers lapsed or trials passed, of as many as one piece of work takes."""
    due = await work.journeys.hold_due(now, AT_ONCE)
    for journey in due:
        await keep(journey, journey.with_offer(journey.offer_of().at(now)), work)
    return len(due)
