"""What systems outside tell us: support plans as their own systems know them, in words or in codes.

The same shape is taken by the portal's JSON API, row by row from CSV, and made from a FHIR CarePlan.
Over HTTP the person's own words may come with it; on the topic they never do.
"""
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field, model_validator

from shared.contracts import Event, Level, Part
from shared.contracts.portal import Criterion, Funding, Mode, PlanState, Strength

Words = Annotated[str, Field(min_length=1, max_length=500)]
Clock = Annotated[str, Field(pattern=r"^(([01]\d|2[0-3]):(00|15|30|45)|24:00)$", examples=["08:00"])]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class StrictPart(Part):
    """What comes from outside is taken at its word: a field we do not know is an error, not a loss."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class SlotIn(StrictPart):
    """A time of the week. `to` may be earlier than `from`: then it runs past midnight."""

    day: Day
    start: Annotated[Clock, Field(alias="from")]
    end: Annotated[Clock, Field(alias="to")]

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, populate_by_name=True)


class FlexibleIn(StrictPart):
    hours: Annotated[Decimal, Field(gt=0, le=168, multiple_of=Decimal("0.25"))]
    window: Words
    """In words: 'weekday afternoons'."""
    at_least_hours: Annotated[Decimal, Field(gt=0, le=24, multiple_of=Decimal("0.25"))] = Decimal("0.25")


class LawfulReasonIn(StrictPart):
    why: Words
    """Kept by the portal, never told on a topic."""
    tasks: Annotated[tuple[Words, ...], Field(min_length=1)]
    until: date


class WishIn(StrictPart):
    """One wish, in words ('Panjabi', 'cooks halal') or codes."""

    criterion: Criterion
    strength: Strength
    value: Words | None = None
    or_else: tuple[Words, ...] = ()
    """Languages: the next ones, in order."""
    mode: Mode | None = None
    level: Level | None = None
    share: Annotated[int, Field(ge=0, le=100, description="per cent of the times")] | None = None
    within_miles: Annotated[Decimal, Field(gt=0, le=200)] | None = None
    reason: LawfulReasonIn | None = None


class PlanIn(StrictPart):
    """A support plan from outside, known by its source's own id and version."""

    source: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,40}$", examples=["casework"])]
    source_id: Annotated[str, Field(min_length=1, max_length=100)]
    source_version: Annotated[int, Field(ge=1)]
    person_ref: Annotated[str, Field(min_length=1, max_length=100)]
    """The source's id of the person, or our person id; never a name."""
    state: PlanState = PlanState.OPEN
    postcode: Annotated[str, Field(min_length=2, max_length=8, examples=["LE5 3"])]
    """A sector ('LE5 3') or outward code is enough; a whole postcode is cut down before it is kept."""
    start_on: date | None = None
    times: Words | None = None
    """In words: 'Mon-Fri 8am-10am, Sat morning'. Or use `slots`."""
    slots: tuple[SlotIn, ...] = ()
    flexible: tuple[FlexibleIn, ...] = ()
    sleep_ins: tuple[Day, ...] = ()
    hours_per_week: Annotated[Decimal, Field(gt=0, le=168, multiple_of=Decimal("0.25"))]
    budget_per_week: Annotated[Decimal, Field(ge=0, decimal_places=2)] | None = None
    contribution_per_week: Annotated[Decimal, Field(ge=0, decimal_places=2)] | None = None
    """What the person was assessed to pay towards it (Care Act 2014, s. 26). Left out: not known, not nothing."""
    most_rate: Annotated[Decimal, Field(ge=0, decimal_places=2)] | None = None
    funding: Funding = Funding.DIRECT_PAYMENT
    tasks: tuple[Words, ...] = ()
    home: tuple[Words, ...] = ()
    wishes: tuple[WishIn, ...] = ()
    few_people: bool | None = None
    confirmed_on: date | None = None


class SupportPlanReceived(Event, PlanIn):
    """A plan put straight onto the topic. `revision` is the source's version, and need not be said twice."""

    topic: ClassVar[str] = "intake.support_plan.v1"

    @model_validator(mode="before")
    @classmethod
    def version_is_revision(cls, body: Any) -> Any:
        if isinstance(body, dict) and "revision" not in body and "source_version" in body:
            return {**body, "revision": body["source_version"]}
        return body

    @property
    def key(self) -> str:
        return f"{self.source}/{self.source_id}"
