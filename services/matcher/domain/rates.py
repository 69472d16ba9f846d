"""What the law sets of the cost of employing, by date: a figure is in force until the next of its kind."""
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Item(StrEnum):
    """The figures a cost turns on, as `item/of` of the published table."""

    NI_SHARE = "employer_ni/share"
    NI_THRESHOLD = "employer_ni/threshold"
    NI_THRESHOLD_UNDER_21 = "employer_ni/threshold_under_21"
    EMPLOYMENT_ALLOWANCE = "employment_allowance/a_year"
    PENSION_TRIGGER = "pension/trigger"
    PENSION_LOWER = "pension/lower"
    PENSION_UPPER = "pension/upper"
    PENSION_SHARE = "pension/share"
    HOLIDAY_WEEKS = "holiday/weeks"
    HOLIDAY_ACCRUAL = "holiday/accrual"
    SICK_PAY_A_WEEK = "sick_pay/a_week"
    SICK_PAY_SHARE = "sick_pay/share"
    REAL_LIVING_WAGE = "real_living_wage/uk"
    REAL_LIVING_WAGE_LONDON = "real_living_wage/london"


@dataclass(frozen=True)
class Dated:
    item: Item
    from_day: date
    value: Decimal
    """Pounds, per cent or weeks."""
    source: str


class NotInForce(Exception):
    """No figure is known for that day: a cost is left out then, never made with another day's figure."""

    def __init__(self, item: Item, on: date) -> None:
        super().__init__(f"{item} is not known for {on.isoformat()}")
        self.item, self.on = item, on


@dataclass(frozen=True)
class Rates:
    dated: tuple[Dated, ...] = ()
    """Oldest first."""

    def in_force(self, item: Item, on: date) -> Dated:
        """Raises NotInForce."""
        found = next((one for one in reversed(self.dated) if one.item is item and one.from_day <= on), None)
        if found is None:
            raise NotInForce(item, on)
        return found

    def value(self, item: Item, on: date) -> Decimal:
        return self.in_force(item, on).value

    def known(self, item: Item, on: date) -> Dated | None:
        try:
            return self.in_force(item, on)
        except NotInForce:
            return None
