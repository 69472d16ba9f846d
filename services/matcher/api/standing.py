"""How a PA stands, over HTTP: now and over time, and which plans would fit. Nothing about whose plans they are."""
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel

from services.matcher.api.council import Council
from services.matcher.domain.lore import Lore
from services.matcher.domain.opportunities import Opportunity
from services.matcher.domain.placing import Group
from services.matcher.domain.profile import ProfileId
from services.matcher.domain.standing import Tally, Week, by_month
from services.matcher.ports import Begin
from services.matcher.usecases import standing
from shared.vocabulary.geography import METRES_PER_MILE
from shared.vocabulary.pa_words import FOR_THE_PA, Where, to_the_pa, where_to_change
from shared.vocabulary.reason_params import miles
from shared.vocabulary.reasons import in_general


class KeptOut(BaseModel):
    code: str
    text: str
    """Said of the PA, in general."""
    to_you: str
    """Said to the PA."""
    change: Where
    """Which of their own pages can change it. Empty: none."""
    times: int


class StandingOut(BaseModel):
    in_lists: int
    fitting: int
    near: int
    kept_out_by: list[KeptOut]


class SpanOut(StandingOut):
    begins: date
    """The Monday of the week, or the first of the month."""
    counted_on: date
    """The last day of it that was counted: the numbers are of that day."""


class OverTimeOut(BaseModel):
    """Newest first. A month is as it was when it was last counted."""

    weeks: list[SpanOut]
    months: list[SpanOut]


class LackingOut(BaseModel):
    code: str
    to_you: str
    change: Where


class SpeaksOut(BaseModel):
    criterion: str
    to_you: str


class OpportunityOut(BaseModel):
    """One plan as a PA may know it before anybody has met. `ref` is a name that only this PA is given."""

    ref: str
    group: Literal["fitting", "near"]
    quarters: int
    miles: int
    away: str
    """The same in words."""
    coverage: int | None
    tasks: list[str]
    begins: date
    speaks_for: list[SpeaksOut]
    unmet: list[LackingOut]


class OpportunitiesOut(BaseModel):
    page: int
    pages: int
    total: int
    items: list[OpportunityOut]


@dataclass(frozen=True)
class Standings:
    begin: Begin
    lore: Lore
    today: Callable[[], date]

    def router(self) -> APIRouter:
        routes = APIRouter(prefix="/councils/{council}/profiles/{profile_id}", tags=["lists"])
        routes.get("/standing", summary="On how many lists a PA is, and what keeps them out")(self.now)
        routes.get("/standing/over-time", summary="The same, week by week and month by month")(self.over_time)
        routes.get("/opportunities", summary="Plans that fit a PA, or nearly, without whose they are")(self.opportunities)
        return routes

    async def now(self, council: Council, profile_id: UUID) -> StandingOut:
        async with self.begin() as work:
            return standing_out(
                await standing.standing(council, ProfileId(profile_id), day=self.today(), lore=self.lore, work=work)
            )

    async def over_time(self, council: Council, profile_id: UUID) -> OverTimeOut:
        async with self.begin() as work:
            weeks = await standing.weeks(council, ProfileId(profile_id), work=work)
        return OverTimeOut(
            weeks=[span_out(week, week.monday) for week in weeks],
            months=[span_out(week, week.counted_on.replace(day=1)) for week in by_month(weeks)],
        )

    async def opportunities(
        self,
        council: Council,
        profile_id: UUID,
        page: Annotated[int, Query(ge=1, le=10_000)] = 1,
        size: Annotated[int, Query(ge=1, le=100)] = 20,
    ) -> OpportunitiesOut:
        async with self.begin() as work:
            found = await standing.looked_for(
                council, ProfileId(profile_id), first=(page - 1) * size, size=size, day=self.today(), lore=self.lore, work=work
            )
        items = [opportunity_out(one) for one in found.shown]
        return OpportunitiesOut(page=page, pages=max(1, -(-found.total // size)), total=found.total, items=items)


def standing_out(tally: Tally) -> StandingOut:
    return StandingOut(in_lists=tally.in_lists, fitting=tally.fitting, near=tally.near, kept_out_by=kept_out(tally))


def span_out(week: Week, begins: date) -> SpanOut:
    tally = week.tally
    return SpanOut(
        in_lists=tally.in_lists, fitting=tally.fitting, near=tally.near, kept_out_by=kept_out(tally), begins=begins,
        counted_on=week.counted_on,
    )


def kept_out(tally: Tally) -> list[KeptOut]:
    return [
        KeptOut(code=code, text=in_general(code), to_you=to_the_pa(code), change=where_to_change(code), times=times)
        for code, times in tally.most_often()
    ]


def opportunity_out(one: Opportunity) -> OpportunityOut:
    return OpportunityOut(
        ref=one.ref,
        group="fitting" if one.group is Group.FITTING else "near",
        quarters=one.quarters,
        miles=one.miles,
        away=miles(round(one.miles * METRES_PER_MILE)),
        coverage=one.coverage,
        tasks=list(one.tasks),
        begins=one.begins,
        speaks_for=[SpeaksOut(criterion=met.value, to_you=FOR_THE_PA[met.value]) for met in one.speaks_for],
        unmet=[LackingOut(code=code, to_you=to_the_pa(code), change=where_to_change(code)) for code in one.unmet],
    )
