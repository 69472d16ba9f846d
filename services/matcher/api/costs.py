"""What a PA costs all in, over HTTP: the figures, the working in plain English, and the dated rates behind it."""
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel

from services.matcher.api.council import Council
from services.matcher.domain.budget import WhoPays
from services.matcher.domain.cost import Line, Pattern
from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import PlanId
from services.matcher.domain.pool import Part
from services.matcher.domain.profile import ProfileId
from services.matcher.domain.quote import Note, Quote
from services.matcher.domain.rates import Dated
from services.matcher.ports import Begin
from services.matcher.usecases import costing
from shared.vocabulary.reasons import cost_in_words

Hours = Literal["fixed", "irregular"]


class FigureOut(BaseModel):
    """A dated figure that a line used."""

    item: str
    since: date
    value: str
    """Pounds, per cent or weeks."""
    source: str


class NoteOut(BaseModel):
    code: str
    params: dict[str, str | int]
    text: str
    figures: list[FigureOut]


class LineOut(NoteOut):
    a_year: int


class PaysOut(BaseModel):
    """Who pays what of `a_week` (Care Act 2014, s. 26). Null: we were not told."""

    person: int | None
    council: int | None
    over_budget: int


class ShareOut(BaseModel):
    plan_id: UUID
    person_id: UUID
    quarters: int
    a_week: int
    a_year: int
    pays: PaysOut


class CostOut(BaseModel):
    """Pence. `a_week` and `a_year` are all in, as they would be paid: with Employment Allowance where it can be claimed.

    `lines` add up to `a_year_before_allowance`. A week is a year of 52.
    """

    a_week: int
    a_year: int
    a_week_before_allowance: int
    a_year_before_allowance: int
    on: date
    quarters: int
    rate: int
    hours: Hours
    budget_buys: int | None
    """Quarter-hours a week, all in. Null: the plan has no budget."""
    pays: PaysOut
    shares: list[ShareOut]
    """What each pays of it, where several people share the job: by the hours agreed, to the penny. Else empty."""
    lines: list[LineOut]
    notes: list[NoteOut]



@dataclass(frozen=True)
class Costs:
    begin: Begin
    lore: Lore
    today: Callable[[], date]

    def router(self) -> APIRouter:
        routes = APIRouter(prefix="/councils/{council}", tags=["costs"])
        routes.get("/plans/{plan_id}/cost", summary="What a PA, or a rate, would cost this plan a week all in")(self.cost)
        return routes

    async def cost(
        self,
        council: Council,
        plan_id: UUID,
        profile_id: Annotated[UUID | None, Query(description="A PA: what they ask, their age and how they work count")] = None,
        rate: Annotated[int | None, Query(ge=0, le=100_000, description="Or pence an hour; left out: the plan's highest")] = None,
        quarters: Annotated[int | None, Query(ge=0, le=672, description="Quarter-hours a week; left out: the plan's")] = None,
        hours: Annotated[Hours, Query(description="`irregular`: holiday is rolled up into the pay at 12.07%")] = "fixed",
    ) -> CostOut:
        asked = costing.Asked(Pattern(hours), quarters, rate, ProfileId(profile_id) if profile_id else None)
        async with self.begin() as work:
            return cost_out(await costing.cost(council, PlanId(plan_id), asked, day=self.today(), lore=self.lore, work=work))


def cost_out(quote: Quote) -> CostOut:
    job, whole = quote.cost.job, quote.all_in
    return CostOut(
        a_week=quote.a_week,
        a_year=whole.a_year if whole.a_year_with_allowance is None else whole.a_year_with_allowance,
        a_week_before_allowance=whole.a_week,
        a_year_before_allowance=whole.a_year,
        on=job.on,
        quarters=job.quarters,
        rate=job.rate,
        hours=job.pattern.value,
        budget_buys=quote.buys,
        pays=pays_out(quote.paid_by),
        shares=[share_out(part) for part in quote.parts],
        lines=[line_out(line) for line in quote.cost.lines],
        notes=[note_out(note) for note in quote.notes],
    )


def share_out(part: Part) -> ShareOut:
    share = part.share
    return ShareOut(
        plan_id=share.plan_id, person_id=share.person_id, quarters=share.quarters, a_week=part.a_week, a_year=part.a_year,
        pays=pays_out(part.paid_by),
    )  # fmt: skip


def pays_out(paid: WhoPays) -> PaysOut:
    return PaysOut(person=paid.person, council=paid.council, over_budget=paid.over)


def line_out(line: Line) -> LineOut:
    note = note_out(line)
    return LineOut(a_year=line.pence, code=note.code, params=note.params, text=note.text, figures=note.figures)


def note_out(part: Line | Note) -> NoteOut:
    params = dict(part.params)
    figures = [figure_out(dated) for dated in part.by]
    return NoteOut(code=part.code, params=params, text=cost_in_words(part.code, params), figures=figures)


def figure_out(dated: Dated) -> FigureOut:
    return FigureOut(item=dated.item.value, since=dated.from_day, value=plain(dated.value), source=dated.source)


def plain(value: Decimal) -> str:
    return f"{value:f}"
