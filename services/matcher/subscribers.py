"""What the matcher hears. A subscriber translates and hands over; it decides nothing."""
from datetime import date, datetime
from functools import cache

import structlog

from services.matcher.domain import plan as plans
from services.matcher.domain import profile as profiles
from services.matcher.domain.days import day_of
from services.matcher.domain.introduction import Answer, IntroductionId
from services.matcher.domain.lore import Lore, LowestRate
from services.matcher.domain.rates import Dated, Item, Rates
from services.matcher.ports import Work
from services.matcher.usecases import erasing, indexing, introductions, journeys, offers
from shared.contracts import Level, Place, portal, registry
from shared.contracts.data_requests import DataRequestChanged, DataState
from shared.contracts.notifier import AnswerTo, ReplyReceived
from shared.contracts.portal import SupportPlanChanged
from shared.contracts.registry import ProfileChanged
from shared.messaging.hearing import Hears, NeverRight
from shared.runtime.clock import utc
from shared.vocabulary.languages import languages
from shared.vocabulary.rates import MINIMUM_WAGE, minimum_wages, rates
from shared.vocabulary.terms import Kind, synonyms, terms
from shared.vocabulary.week import from_hex

log = structlog.get_logger()

VALUED = frozenset({
    plans.Criterion.LANGUAGE, plans.Criterion.PRACTICE, plans.Criterion.SKILL, plans.Criterion.TASK, plans.Criterion.INTEREST,
    *plans.PROTECTED,
})


async def hear_profile(event: ProfileChanged, work: Work) -> None:
    now = utc()
    await indexing.index_profile(profile_from(event), day=today(now), now=now, lore=known(), work=work)


async def hear_plan(event: SupportPlanChanged, work: Work) -> None:
    await indexing.index_plan(plan_from(event), now=utc(), work=work)


async def hear_reply(event: ReplyReceived, work: Work) -> None:
    try:
        counted = await answer_to(event, work)
    except introductions.IntroductionNotFound:
        raise NeverRight("there is no such introduction") from None
    except introductions.NotTheirs:
        raise NeverRight("the answer is not from the one who was asked") from None
    if not counted:
        log.info("reply changes nothing", introduction_id=str(event.introduction_id), reply_id=str(event.reply_id))


async def answer_to(event: ReplyReceived, work: Work) -> bool:
    """False: it came too late, or another counted before it."""
    e, introduction_id = event, IntroductionId(event.introduction_id)
    match e.to:
        case AnswerTo.ASK:
            profile_id, answer = profiles.ProfileId(e.party_id), Answer(e.answer)
            return await introductions.hear_answer(
                e.council, introduction_id, profile_id, answer, route=e.route, now=e.at, work=work
            )
        case AnswerTo.MEETING:
            suits = e.answer == "yes"
            return await journeys.hear_answer(
                e.council, introduction_id, e.party_id, suits, e.occurrence, now=e.at, work=work
            )
        case AnswerTo.OFFER | AnswerTo.TRIAL | AnswerTo.GOING:
            return await answer_about_work(event, work)


async def answer_about_work(event: ReplyReceived, work: Work) -> bool:
    e, introduction_id, yes = event, IntroductionId(event.introduction_id), event.answer == "yes"
    number, _, after = (e.occurrence or "").partition(".")
    if not number or (e.to is AnswerTo.GOING and not after):
        raise NeverRight("the answer does not say which offer it is about")
    match e.to:
        case AnswerTo.OFFER:
            return await offers.hear_answer(e.council, introduction_id, e.party_id, yes, int(number), now=e.at, work=work)
        case AnswerTo.TRIAL:
            return await offers.hear_after_trial(e.council, introduction_id, e.party_id, yes, int(number), work=work)
        case _:
            return await offers.hear_how(
                e.council, introduction_id, e.party_id, yes, int(number), int(after), to_team=e.route == "phone", now=e.at,
                work=work,
            )


async def hear_data_request(event: DataRequestChanged, work: Work) -> None:
    if event.state in (DataState.ERASING, DataState.ERASED):
        now = utc()
        await erasing.erase(event.council, event.party_id, day=today(now), now=now, lore=known(), work=work)


HEARS: Hears = {
    ProfileChanged: hear_profile, SupportPlanChanged: hear_plan, ReplyReceived: hear_reply, DataRequestChanged: hear_data_request,
}


def today(now: datetime | None = None) -> date:
    """The day where the plans are."""
    return day_of(now or utc())


@cache
def known() -> Lore:
    """What the rules take from the vocabulary, as tables."""
    return Lore(
        families={tag.lower(): language.macro or tag.lower() for tag, language in languages().items()},
        same_interests={code: synonyms(code) - {code} for code in terms(Kind.INTEREST)},
        lowest_rates=tuple(LowestRate(profiles.AgeBand(rate.of), rate.from_day, rate.pence) for rate in minimum_wages()),
        rates=Rates(tuple(
            Dated(Item(f"{rate.item}/{rate.of}"), rate.from_day, rate.value, rate.source)
            for rate in rates() if rate.item != MINIMUM_WAGE
        )),
    )  # fmt: skip


def profile_from(event: ProfileChanged) -> profiles.Profile:
    return profiles.Profile(
        council=event.council,
        profile_id=profiles.ProfileId(event.profile_id),
        revision=event.revision,
        state=profiles.Looking(event.state.value),
        place=_point(event.place),
        travel=profiles.Travel(event.travel.value),
        week=from_hex(event.week),
        confirmed_on=event.confirmed_on,
        free_from=event.free_from,
        furthest_m=event.furthest_m,
        languages=tuple(_language(skill) for skill in event.languages),
        practices=_claims(event.practices),
        skills=_claims(event.skills),
        tasks=_claims(event.tasks),
        interests=_claims(event.interests),
        limits=_claims(event.limits),
        faith=event.faith,
        culture=event.culture,
        sex=event.sex,
        sleep_ins=event.sleep_ins,
        short_notice=event.short_notice,
        away=tuple(profiles.Span(_day(span.first), _day(span.last)) for span in event.away),
        least=event.least,
        most=event.most,
        few_people=event.few_people,
        least_rate=event.least_rate,
        age_band=profiles.AgeBand(event.age_band.value) if event.age_band else None,
        employment=profiles.Employment(event.employment.value) if event.employment else None,
    )


def plan_from(event: SupportPlanChanged) -> plans.Plan:
    return plans.Plan(
        council=event.council,
        plan_id=plans.PlanId(event.plan_id),
        person_id=plans.PersonId(event.person_id),
        revision=event.revision,
        state=plans.PlanState(event.state.value),
        place=_point(event.place),
        fixed=from_hex(event.fixed),
        quarters=event.quarters,
        start_on=event.start_on,
        flexible=tuple(plans.Flexible(ask.quarters, from_hex(ask.window), ask.at_least) for ask in event.flexible),
        sleep_ins=event.sleep_ins,
        budget=event.budget,
        most_rate=event.most_rate,
        funding=plans.Funding(event.funding.value),
        contribution=event.contribution,
        tasks=event.tasks,
        home=event.home,
        wishes=tuple(_wish(wish) for wish in event.wishes),
        few_people=event.few_people,
        blocked=frozenset(profiles.ProfileId(profile_id) for profile_id in event.blocked),
        shares=tuple(
            plans.Share(
                plans.PlanId(one.plan_id), plans.PersonId(one.person_id), one.quarters, plans.Funding(one.funding.value),
                one.budget, one.contribution,
            )
            for one in event.shares
        ),
        outcode=event.place.outcode,
    )


def _wish(wish: portal.Wish) -> plans.Wish:
    criterion = plans.Criterion(wish.criterion.value)
    if criterion in VALUED and not wish.values:
        raise NeverRight("a wish does not say what for")
    return plans.Wish(
        criterion=criterion,
        strength=plans.Strength(wish.strength.value),
        values=wish.values,
        mode=profiles.Mode(wish.mode.value) if wish.mode else profiles.Mode.SPOKEN,
        level=_level(wish.level) or profiles.Level.FLUENT,
        share=1_000_000 if wish.share is None else wish.share,
        within_m=wish.within_m,
        reason=plans.LawfulReason(wish.reason.tasks, wish.reason.until) if wish.reason else None,
        confirmed=wish.confirmed,
    )


def _language(skill: registry.LanguageSkill) -> profiles.LanguageSkill:
    return profiles.LanguageSkill(skill.tag, _level(skill.spoken), _level(skill.read), _level(skill.signed))


def _level(level: Level | None) -> profiles.Level | None:
    return profiles.Level[level.name] if level else None


def _claims(claims: tuple[registry.Claim, ...]) -> tuple[profiles.Claim, ...]:
    return tuple(profiles.Claim(claim.code, claim.has, claim.until, claim.confirmed) for claim in claims)


def _point(place: Place) -> profiles.Point:
    return profiles.Point(place.east_m, place.north_m)


def _day(iso: str) -> date:
    try:
        return date.fromisoformat(iso)
    except ValueError:  # 30 February has the form of a date
        raise NeverRight("a day is not in the calendar") from None
