"""What employing one PA costs all in: a line for each part of it, in pence a year, each rounded once, half up."""
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from services.matcher.domain.finding import Params
from services.matcher.domain.profile import AgeBand
from services.matcher.domain.rates import Dated, Item, Rates

WEEKS = 52
PENNY = Decimal("0.01")


class Pattern(StrEnum):
    FIXED = "fixed"
    """The same hours each week: paid leave is inside the 52 weeks, and somebody else is paid to cover it."""
    IRREGULAR = "irregular"
    """Hours that vary under the contract, or part of a year: holiday may be rolled up into the pay (12.07%)."""


@dataclass(frozen=True)
class Job:
    """What is paid for: so many quarter-hours a week at a rate in pence an hour, as of a day."""

    quarters: int
    rate: int
    on: date
    pattern: Pattern = Pattern.FIXED
    age_band: AgeBand | None = None
    """None: not told, so nothing is taken off for being young."""
    self_employed: bool = False


@dataclass(frozen=True)
class Line:
    """One part of a year's cost. `code` says the formula; `params` its inputs; `by` the dated figures it used."""

    code: str
    pence: int
    params: Params = ()
    by: tuple[Dated, ...] = ()


@dataclass(frozen=True)
class Cost:
    job: Job
    lines: tuple[Line, ...]
    """They add up to `a_year`."""
    ni: int
    """Employer National Insurance among them, before any allowance."""

    @property
    def a_year(self) -> int:
        return sum(line.pence for line in self.lines)

    @property
    def a_week(self) -> int:
        return weekly(self.a_year)


def cost(job: Job, rates: Rates) -> Cost:
    """Before Employment Allowance, which is the employer's and not this PA's: see `employer`. Raises NotInForce."""
    if job.self_employed:
        return Cost(job, (_base("cost_self_employed", job),), 0)
    lines = tuple(_employed(job, rates))
    return Cost(job, lines, sum(line.pence for line in lines if line.code == "cost_ni"))


def _employed(job: Job, rates: Rates) -> Iterator[Line]:
    base = _base("cost_base", job)
    weeks = rates.in_force(Item.HOLIDAY_WEEKS, job.on)
    yield base
    gross = base.pence
    if job.pattern is Pattern.IRREGULAR:
        holiday = _rolled_up(base, rates.in_force(Item.HOLIDAY_ACCRUAL, job.on))
        gross += holiday.pence
        yield holiday
    else:
        yield Line("cost_holiday_inside", 0, (("weeks", str(weeks.value)),), (weeks,))
    yield _national_insurance(gross, job, rates)
    yield _pension(gross, job, rates)
    if job.pattern is Pattern.FIXED:
        yield _cover(job, weeks)


def _base(code: str, job: Job) -> Line:
    params = (("job_quarters", job.quarters), ("rate_pence", job.rate), ("weeks", WEEKS))
    return Line(code, to_penny(Decimal(job.quarters * job.rate * WEEKS) / 400), params)


def _rolled_up(base: Line, accrual: Dated) -> Line:
    """Only for irregular hours or part of a year (leave years from 1 April 2024): 12.07% is not for fixed hours."""
    params = (("pay_pence", base.pence), ("percent", str(accrual.value)))
    return Line("cost_holiday_rolled_up", to_penny(pounds(base.pence) * accrual.value / 100), params, (accrual,))


def _national_insurance(gross: int, job: Job, rates: Rates) -> Line:
    young = job.age_band in (AgeBand.UNDER_18, AgeBand.FROM_18_TO_20)
    threshold = rates.in_force(Item.NI_THRESHOLD_UNDER_21 if young else Item.NI_THRESHOLD, job.on)
    share = rates.in_force(Item.NI_SHARE, job.on)
    said: Params = (("pay_pence", gross), ("percent", share_text(share)), ("threshold_pence", pence(threshold)))
    if pounds(gross) <= threshold.value:
        return Line("cost_ni_young" if young else "cost_ni_below", 0, said, (threshold,))
    return Line("cost_ni", to_penny((pounds(gross) - threshold.value) * share.value / 100), said, (share, threshold))


def _pension(gross: int, job: Job, rates: Rates) -> Line:
    """Enrolment is a duty from the trigger on, from age 22 (Pensions Act 2008, s. 3): the bands tell us only under 21."""
    trigger, lower, upper, share = (
        rates.in_force(item, job.on)
        for item in (Item.PENSION_TRIGGER, Item.PENSION_LOWER, Item.PENSION_UPPER, Item.PENSION_SHARE)
    )
    if job.age_band in (AgeBand.UNDER_18, AgeBand.FROM_18_TO_20):
        return Line("cost_pension_young", 0)
    if pounds(gross) <= trigger.value:
        return Line("cost_pension_below", 0, (("trigger_pence", pence(trigger)),), (trigger,))
    said: Params = (
        ("pay_pence", gross), ("percent", share_text(share)), ("lower_pence", pence(lower)), ("upper_pence", pence(upper)),
    )
    amount = (min(pounds(gross), upper.value) - lower.value) * share.value / 100
    return Line("cost_pension", to_penny(amount), said, (share, lower, upper))


def _cover(job: Job, weeks: Dated) -> Line:
    """Somebody else at the same rate for the weeks of leave."""
    params = (("job_quarters", job.quarters), ("rate_pence", job.rate), ("weeks", str(weeks.value)))
    return Line("cost_cover", to_penny(Decimal(job.quarters * job.rate) * weeks.value / 400), params, (weeks,))


def share_text(share: Dated) -> str:
    return f"{share.value:f}"


def to_penny(amount: Decimal) -> int:
    """Pounds to pence, half up."""
    return int(amount.quantize(PENNY, ROUND_HALF_UP) * 100)


def pounds(amount: int) -> Decimal:
    return Decimal(amount) / 100


def pence(dated: Dated) -> int:
    return to_penny(dated.value)


def weekly(a_year: int) -> int:
    """A year of 52 weeks, as the lines are."""
    return to_penny(pounds(a_year) / WEEKS)
