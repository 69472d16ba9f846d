"""From words to codes: what was understood, what must be asked, what cannot be taken in."""
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from services.portal.domain.plan import (
    Funding,
    Place,
    Plan,
    PlanRefused,
    PlanState,
    Question,
    Strength,
    Understood,
    Wants,
    Wish,
)
from services.portal.domain.pool import SOURCE
from services.portal.domain.refusals import refusal
from services.portal.usecases import wishes
from services.portal.usecases.times import fixed_times, flexible_times, sleep_ins
from services.portal.usecases.words import Listening
from shared.contracts.intake import PlanIn
from shared.vocabulary.geography import UnknownArea, spot_of
from shared.vocabulary.rates import AGE_BANDS, RateUnknown, lowest_legal
from shared.vocabulary.terms import Kind
from shared.vocabulary.week import to_hex

QUARTERS_AN_HOUR = 4
LARGEST_VERSION = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Reading:
    wants: Wants
    understood: tuple[Understood, ...]
    asked: tuple[Question, ...]


def read(given: PlanIn, today: date, held: Plan | None) -> Reading:
    """Raises PlanRefused with everything that must be put right, not only the first. `held` lends its answers and blocks."""
    heard = Listening(held.answers if held else (), reasons_of(held))
    if "\\u0000" in given.model_dump_json():
        heard.refuse("body", "not_text")
    place = place_of(given.postcode, heard)
    if given.confirmed_on and given.confirmed_on > today:
        heard.refuse("confirmed_on", "in_the_future")
    check_rate(given.most_rate, max(today, given.start_on or today), heard)
    fixed = fixed_times(given.times, given.slots, heard)
    flexible = flexible_times(given.flexible, heard)
    tasks = heard.codes(Kind.TASK, "tasks", given.tasks)
    home = heard.codes(Kind.LIMIT, "home", given.home)
    read_wishes = []
    for at, one in enumerate(given.wishes):
        if wish := wishes.wish(f"wishes[{at}]", one, today, heard):
            check_reason(f"wishes[{at}].reason.tasks", wish, tasks, heard)
            read_wishes.append(wish)
    if heard.refused or place is None:
        raise PlanRefused(tuple(heard.refused))
    wants = Wants(
        state=PlanState(given.state),
        place=place,
        fixed=to_hex(fixed),
        quarters=quarters(given.hours_per_week),
        funding=Funding(given.funding),
        confirmed_on=given.confirmed_on or today,
        start_on=given.start_on,
        flexible=flexible,
        sleep_ins=sleep_ins(given.sleep_ins),
        budget=pence(given.budget_per_week),
        contribution=pence(given.contribution_per_week),
        most_rate=pence(given.most_rate),
        tasks=tasks,
        home=home,
        wishes=tuple(read_wishes),
        few_people=given.few_people,
        blocked=held.wants.blocked if held else (),
    )
    return Reading(same_day_if_same(wants, given, held), tuple(heard.understood), tuple(heard.asked))


def reasons_of(held: Plan | None) -> frozenset[tuple[str, date]]:
    return frozenset((wish.reason.why, wish.reason.until) for wish in held.wants.wishes if wish.reason) if held else frozenset()


def check_reason(where: str, wish: Wish, tasks: tuple[str, ...], heard: Listening) -> None:
    """A must about sex, faith or culture is for tasks: where the plan has none of them, it would count for nothing.

    While one of the plan's own tasks is still asked about, nobody knows yet.
    """
    if wish.strength is not Strength.MUST or not wish.reason or not wish.reason.tasks:
        return
    if any(one.field.startswith("tasks[") for one in heard.asked) or set(wish.reason.tasks) & set(tasks):
        return
    heard.refuse(where, "reason_for_other_tasks")


def check_its_source(given: PlanIn) -> None:
    """Raises PlanRefused for numbers of the source's that no database can keep."""
    refused = [name for name in ("source_id", "person_ref") if "\x00" in getattr(given, name)]
    errors = [refusal(name, "not_text") for name in refused]
    if given.source == SOURCE:
        errors.append(refusal("source", "ours"))
    if given.source_version > LARGEST_VERSION:
        errors.append(refusal("source_version", "too_large"))
    if errors:
        raise PlanRefused(tuple(errors))


def same_day_if_same(wants: Wants, given: PlanIn, held: Plan | None) -> Wants:
    """The same plan sent again without a day is no news: only what was said, or a change, moves `confirmed_on`."""
    if held is None or given.confirmed_on:
        return wants
    as_before = replace(wants, confirmed_on=held.wants.confirmed_on)
    return as_before if as_before == held.wants else wants


def kept(given: PlanIn) -> str:
    """As JSON, with the postcode cut down to its sector: a whole postcode is never kept."""
    return given.model_copy(update={"postcode": shown(given.postcode)}).model_dump_json(by_alias=True, exclude_defaults=True)


def written(words: str | None) -> str | None:
    """Free text as the database can keep it."""
    return None if words is None else words.replace("\x00", "")


def shown(postcode: str) -> str:
    spot = spot_of(postcode)
    return spot.sector or spot.outcode


def place_of(postcode: str, heard: Listening) -> Place | None:
    try:
        spot = spot_of(postcode)
    except UnknownArea as unknown:
        near = f"Did you mean {' or '.join(unknown.suggestions)}?" if unknown.suggestions else ""
        heard.refuse("postcode", "unknown_area", hint=near)
        return None
    if spot.approximate:
        heard.asked.append(Question("postcode", spot.outcode, likely=True))
    heard.understood.append(Understood("postcode", spot.sector or spot.outcode, spot.outcode, spot.sector or spot.outcode))
    return Place(spot.outcode, spot.east_m, spot.north_m, spot.sector or spot.outcode)


def check_rate(most_rate: Decimal | None, on: date, heard: Listening) -> None:
    """As of the day the work starts. Below the youngest's rate it is lawful for nobody; the matcher looks at each PA's age."""
    try:
        youngest, adult = lowest_legal(on, AGE_BANDS[0]), lowest_legal(on, AGE_BANDS[-1])
    except RateUnknown:
        return
    rate = pence(most_rate)
    if rate is not None and rate < youngest.pence:
        hint = (
            f"The law says at least £{youngest.value} an hour under 18, and £{adult.value} from 21, "
            f"since {youngest.from_day.day} {youngest.from_day:%B %Y}."
        )
        heard.refuse("most_rate", "below_minimum_wage", hint=hint)


def quarters(hours: Decimal) -> int:
    return int(hours * QUARTERS_AN_HOUR)


def pence(pounds: Decimal | None) -> int | None:
    return None if pounds is None else int(pounds * 100)
