"""What a profile becomes when something is said of it: pure deciding, from the profile before to the one after."""
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Literal
from uuid import UUID

from services.registry.domain.consent import How
from services.registry.domain.profile import Profile, ProfileRefused
from services.registry.domain.questions import renewed
from services.registry.domain.rules import LowestRate, LowestRates, pounds, wrongs
from services.registry.domain.values import AgeBand, Refusal, State
from services.registry.usecases import fields
from services.registry.usecases.draft import LONDON, Draft
from services.registry.usecases.register_memory import news
from services.registry.usecases.said import Said
from services.registry.usecases.words import Understood
from shared.vocabulary.rates import lowest_legal

NEEDED = {
    "chosen_name": ("chosen_name", "A name is needed.", "Give the name the PA wants to be called."),
    "area": ("postcode", "An area is needed.", "Give the first part of the postcode, for example LE5 3."),
    "travel": ("travel", "How the PA travels is needed.", "Say walk, bus, cycle or car."),
}

Outcome = Literal["added", "changed", "unchanged"]


@dataclass(frozen=True, slots=True)
class Settled:
    profile: Profile
    outcome: Outcome
    understood: tuple[Understood, ...]
    left_out: tuple[Refusal, ...]
    """Said, and not taken, because it is the PA's alone to say. Nothing else of the profile is held up by it."""


def settle(
    before: Profile | None, said: Said, *, council: str, profile_id: UUID, now: datetime, how: How, by_register: bool
) -> Settled:
    """Raises ProfileRefused with everything that must be put right.

    `by_register`: the council's register says this, so each field counts only where it says something else than last time.
    """
    draft = Draft(before, now, said.get("consent_how", how), by_register)
    own_number(draft, said.get("ref"))
    fields.take(draft, news(draft, said))
    needed(draft)
    if draft.reading.refused:
        raise ProfileRefused(tuple(draft.reading.refused))
    after = with_questions(draft, changed(draft, council, profile_id))
    if errors := wrongs(before, after, draft.today, lowest_rates(draft.today)):
        raise ProfileRefused(errors)
    profile = before.become(after) if before else after
    outcome: Outcome = "added" if before is None else "unchanged" if profile is before else "changed"
    return Settled(profile, outcome, tuple(draft.reading.understood), tuple(draft.left_out))


def own_number(draft: Draft, ref: str | None) -> None:
    if ref and draft.before and draft.before.ref not in (None, ref):
        draft.refuse("ref", "This profile has another number in your register.", "Check which of the two is meant.")
    elif ref:
        draft.changes["ref"] = ref


def needed(draft: Draft) -> None:
    already = {error.field for error in draft.reading.refused}
    for attribute, (field, problem, remedy) in NEEDED.items():
        nothing = draft.changes.get(attribute, getattr(draft.before, attribute, None)) is None
        if nothing and field not in already:
            draft.refuse(field, problem, remedy)


def changed(draft: Draft, council: str, profile_id: UUID) -> Profile:
    changes = dict(draft.changes)
    if changes.get("state", State.SOON) is not State.SOON:
        changes.setdefault("free_from", None)  # whoever looks now, pauses or leaves is not free *from* a day
    if draft.before:
        return replace(draft.before, **changes)
    return Profile(**{"council": council, "profile_id": profile_id, "revision": 1, "confirmed_on": draft.today, **changes})


def with_questions(draft: Draft, after: Profile) -> Profile:
    """With what is still to be asked: also the age, where it decides whether a rate is lawful."""
    if {"least_rate", "age_band"} & set(draft.changes):
        draft.said_again.add("age_band")
        lowest, rate = lowest_rates(draft.today), after.least_rate
        if rate is not None and after.age_band is None and rate < max(one.pence for one in lowest.values()):
            draft.reading.ask("age_band", pounds(rate), [band for band in AgeBand if lowest[band].pence <= rate])
    questions, asked_so_far = renewed(
        after.questions,
        [*draft.still_open, *draft.reading.asked],
        replaced=draft.said_again,
        asked_so_far=after.asked_so_far,
    )
    return replace(after, questions=questions, asked_so_far=asked_so_far)


@cache
def lowest_rates(on: date) -> LowestRates:
    rates = {band: lowest_legal(on, band.value) for band in AgeBand}
    return {band: LowestRate(rate.pence, rate.from_day) for band, rate in rates.items()}


def today(now: datetime) -> date:
    return now.astimezone(LONDON).date()
