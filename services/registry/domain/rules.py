"""What a profile may not be: each rule names the field, what is wrong, and what to do."""
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from services.registry.domain.profile import Profile
from services.registry.domain.values import AgeBand, Refusal, State

AGES = {AgeBand.UNDER_18: "under 18", AgeBand.FROM_18_TO_20: "aged 18 to 20", AgeBand.FROM_21: "aged 21 and over"}
QUARTERS_A_WEEK = 672


@dataclass(frozen=True, slots=True)
class LowestRate:
    pence: int
    """Pence an hour."""
    from_day: date


LowestRates = Mapping[AgeBand, LowestRate]
"""The lowest legal rate of each age band, as of one day."""


def wrongs(before: Profile | None, after: Profile, today: date, lowest: LowestRates) -> tuple[Refusal, ...]:
    """Everything that must be put right in what changed. What was taken in before is not judged again."""
    return (*_pay(before, after, today, lowest), *_hours(after), *_days(before, after, today))


def _pay(before: Profile | None, after: Profile, today: date, lowest: LowestRates) -> Iterator[Refusal]:
    if after.least_rate is None:
        return
    if before and (before.least_rate, before.age_band) == (after.least_rate, after.age_band):
        return  # a rate that the law has overtaken must not stop somebody from changing their times
    band = after.age_band or min(lowest, key=lambda age: lowest[age].pence)
    least = lowest[band]
    if after.least_rate < least.pence:
        yield Refusal(
            "rate",
            f"{pounds(after.least_rate)} an hour is below the lowest legal rate on {in_full(today)}, "
            f"which is {pounds(least.pence)} for people {AGES[band]} (since {in_full(least.from_day)}).",
            f"Use {pounds(least.pence)} or more, or check the age band.",
        )


def _hours(after: Profile) -> Iterator[Refusal]:
    for name, quarters in (("hours_least", after.least), ("hours_most", after.most)):
        if quarters is not None and not 0 <= quarters <= QUARTERS_A_WEEK:
            yield Refusal(name, "A week has 168 hours.", "Give a number of hours from 0 to 168.")
    if after.least is not None and after.most is not None and after.least > after.most:
        yield Refusal("hours_least", "The least hours are more than the most hours.", "Swap them, or change one.")


def _days(before: Profile | None, after: Profile, today: date) -> Iterator[Refusal]:
    if any(days.last < days.first for days in after.away):
        yield Refusal("away", "Time away ends before it begins.", "Give the first day, then the last day.")
    if after.confirmed_on > today:
        yield Refusal("confirmed_on", "This day is still to come.", "Give today or a day before it, or leave it out.")
    if after.state is State.SOON and after.free_from is None:
        yield Refusal("free_from", "'Soon' needs a day.", "Say from which day the PA is free.")
    if after.state is not State.SOON and after.free_from is not None:
        problem = "A day is given, but the PA is not marked as free soon."
        yield Refusal("free_from", problem, "Set the state to 'soon', or leave the day out.")


def pounds(pence: int) -> str:
    return f"£{pence // 100}.{pence % 100:02d}"


def in_full(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
