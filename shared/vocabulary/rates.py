"""What the law and others set of pay, by date, each figure with its source. Rates are dated facts, never constants."""
import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from shared.vocabulary.terms import DATA

AGE_BANDS = ("under_18", "18_to_20", "21_and_over")
"""The bands of `shared.contracts.registry.AgeBand`: all that the law asks about age."""
MINIMUM_WAGE = "minimum_wage"


@dataclass(frozen=True)
class Rate:
    """One figure, in force from its day until the next of the same `item` and `of`."""

    item: str
    of: str
    """Which of an item's figures: an age band of the minimum wage, the threshold of employer National Insurance …"""
    from_day: date
    value: Decimal
    unit: str
    """`pounds an hour`, `pounds a week`, `pounds a year`, `per cent`, `weeks a year`"""
    source: str

    @property
    def pence(self) -> int:
        return int(self.value * 100)


class RateUnknown(Exception):
    """No rate is in the table for this day and age: say so, never assume one."""

    def __init__(self, on: date, age_band: str) -> None:
        super().__init__(f"no minimum wage is known for {on.isoformat()} and {age_band}")
        self.on, self.age_band = on, age_band


@cache
def rates() -> tuple[Rate, ...]:
    """Every figure, oldest first."""
    with (DATA / "rates.csv").open(encoding="utf-8", newline="") as file:
        found = [
            Rate(r["item"], r["of"], date.fromisoformat(r["from"]), Decimal(r["value"]), r["unit"], r["source"])
            for r in csv.DictReader(file)
        ]
    return tuple(sorted(found, key=lambda rate: (rate.from_day, rate.item, rate.of)))


@cache
def minimum_wages() -> tuple[Rate, ...]:
    """`of` is the age band."""
    return tuple(rate for rate in rates() if rate.item == MINIMUM_WAGE)


def lowest_legal(on: date, age_band: str) -> Rate:
    """The rate in force that day, with where it was read. After the newest row its rate goes on: new ones come each 1 April."""
    if age_band not in AGE_BANDS:
        raise ValueError(f"{age_band!r} is not an age band")
    in_force = [rate for rate in minimum_wages() if rate.of == age_band and rate.from_day <= on]
    if not in_force:
        raise RateUnknown(on, age_band)
    return in_force[-1]


def lowest_legal_rate(on: date, age_band: str) -> int:
    """Pence an hour."""
    return lowest_legal(on, age_band).pence
