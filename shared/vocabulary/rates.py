"""The lowest lawful pay by date and age, each figure with its source. Rates are dated facts, never constants."""
import csv
from dataclasses import dataclass
from datetime import date
from functools import cache

from shared.vocabulary.terms import DATA

AGE_BANDS = ("under_18", "18_to_20", "21_and_over")
"""The bands of `shared.contracts.registry.AgeBand`: all that the law asks about age."""


@dataclass(frozen=True)
class Rate:
    age_band: str
    from_day: date
    pence: int
    """Pence an hour."""
    source: str


class RateUnknown(Exception):
    """No rate is in the table for this day and age: say so, never assume one."""

    def __init__(self, on: date, age_band: str) -> None:
        super().__init__(f"no minimum wage is known for {on.isoformat()} and {age_band}")
        self.on, self.age_band = on, age_band


@cache
def rates() -> tuple[Rate, ...]:
    """Every rate, oldest first."""
    with (DATA / "minimum_wage.csv").open(encoding="utf-8", newline="") as file:
        found = [Rate(r["age_band"], date.fromisoformat(r["from"]), int(r["pence"]), r["source"]) for r in csv.DictReader(file)]
    return tuple(sorted(found, key=lambda rate: (rate.from_day, rate.age_band)))


def lowest_legal(on: date, age_band: str) -> Rate:
    """The rate in force that day, with where it was read. After the newest row its rate goes on: new ones come each 1 April."""
    if age_band not in AGE_BANDS:
        raise ValueError(f"{age_band!r} is not an age band")
    in_force = [rate for rate in rates() if rate.age_band == age_band and rate.from_day <= on]
    if not in_force:
        raise RateUnknown(on, age_band)
    return in_force[-1]


def lowest_legal_rate(on: date, age_band: str) -> int:
    """Pence an hour."""
    return lowest_legal(on, age_band).pence
