"""When people work and when people need somebody: the habits weeks are made of, as slots and as words that mean the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deploy.sample.dice import Dice

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TYPED = ("Mon", "Tues", "Weds", "Thurs", "Fri", "Sat", "Sun")
WEEKDAYS = (0, 1, 2, 3, 4)
WEEKEND = (5, 6)
ALL = (0, 1, 2, 3, 4, 5, 6)

MORNING, AFTERNOON, EVENING = ("07:00", "12:00"), ("12:00", "17:00"), ("17:00", "22:00")
DAYTIME, NIGHT, ANY_TIME = ("09:00", "17:00"), ("22:00", "07:00"), ("07:00", "22:00")
_NAMED = {MORNING: "mornings", AFTERNOON: "afternoons", EVENING: "evenings", NIGHT: "nights", ANY_TIME: "any time"}

Piece = tuple[Sequence[int], tuple[str, str]]
"""The same hours on each of these days."""


@dataclass(frozen=True)
class Times:
    slots: list[dict[str, str]]
    words: str

    @property
    def hours(self) -> float:
        return sum((_minutes(slot["to"]) - _minutes(slot["from"])) % 1440 for slot in self.slots) / 60


HABITS: Mapping[str, float] = {
    "weekday mornings": 17,
    "school hours": 15,
    "weekdays": 17,
    "evenings and weekends": 14,
    "weekends": 9,
    "a few days": 13,
    "any time but one day": 8,
    "nights": 4,
    "twice a day": 3,
}


def times_to_work(dice: Dice, habits: Mapping[str, float] = HABITS) -> Times:
    habit = dice.weighted(habits)
    off = dice.pick(WEEKDAYS) if dice.chance(0.35) else None
    match habit:
        case "weekday mornings":
            return _times([(_but(WEEKDAYS, off), MORNING)], "Mon-Fri", off)
        case "school hours":
            return times(
                [(_but(WEEKDAYS, off), (dice.pick(("09:00", "09:15", "09:30")), dice.pick(("14:30", "14:45", "15:00"))))]
            )
        case "weekdays":
            return times([(_but(WEEKDAYS, off), dice.pick((DAYTIME, ("08:00", "18:00"), ("07:30", "16:30"))))])
        case "evenings and weekends":
            return times([(WEEKDAYS, EVENING), (WEEKEND, dice.pick((ANY_TIME, ("09:00", "20:00"))))])
        case "weekends":
            return times([(WEEKEND, dice.pick((ANY_TIME, MORNING, ("08:00", "20:00"))))])
        case "a few days":
            days = sorted(dice.some(ALL, 2, 4))
            return times([(days, dice.pick((MORNING, AFTERNOON, DAYTIME, ("08:00", "14:00"), ("10:00", "16:00"))))])
        case "any time but one day":
            return _times([(_but(ALL, off if off is not None else 6), ANY_TIME)], "Mon-Sun", off if off is not None else 6)
        case "nights":
            return times([(sorted(dice.some(ALL, 3, 5)), NIGHT)])
        case _:
            return times([(WEEKDAYS, ("07:00", "10:00")), (WEEKDAYS, ("16:00", "20:00"))])


def times(pieces: Sequence[Piece]) -> Times:
    words = ", ".join(f"{_days_in_words(days)} {_NAMED.get(hours) or _clock(hours)}" for days, hours in pieces)
    return Times(_slots(pieces), words)


def _times(pieces: Sequence[Piece], days: str, off: int | None) -> Times:
    """The way people say it: all the days, then the one that is not."""
    ((_, hours),) = pieces
    left_out = "" if off is None else f", not {_TYPED[off]}"
    return Times(_slots(pieces), f"{days} {_NAMED.get(hours) or _clock(hours)}{left_out}")


def _slots(pieces: Sequence[Piece]) -> list[dict[str, str]]:
    return [{"day": DAYS[day], "from": start, "to": end} for days, (start, end) in pieces for day in days]


def _but(days: Sequence[int], off: int | None) -> Sequence[int]:
    return [day for day in days if day != off]


def _days_in_words(days: Sequence[int]) -> str:
    if len(days) > 2 and list(days) == list(range(days[0], days[-1] + 1)):
        return f"{_TYPED[days[0]]}-{_TYPED[days[-1]]}"
    return " & ".join(_TYPED[day] for day in days) if len(days) < 3 else " ".join(_TYPED[day] for day in days)


def _clock(hours: tuple[str, str]) -> str:
    return "-".join(_hour(time) for time in hours)


def _hour(time: str) -> str:
    hour, minutes = int(time[:2]), time[3:]
    return f"{hour % 12 or 12}{'' if minutes == '00' else '.' + minutes}{'am' if hour % 24 < 12 else 'pm'}"


def _minutes(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:])
