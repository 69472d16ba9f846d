"""What the matcher is asked about gaps: the figures of a week, as published and in words."""
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from services.matcher.api.council import Council
from services.matcher.api.gap_rules import GapRulesOut, gap_rules_out
from services.matcher.domain.gaps.publishing import Figure, GapWeek, gap_id
from services.matcher.domain.gaps.rules import FACETS, GAPS_1, Facet
from services.matcher.ports import Begin
from services.matcher.usecases import counting
from shared.contracts.matcher import GapFacet
from shared.vocabulary import gap_words


class BoundOut(BaseModel):
    facet: GapFacet
    among: bool
    """True: it is the value named. False: it is none of them."""
    values: tuple[str, ...]
    """An empty text: not asked for."""


class FigureOut(BaseModel):
    gap_id: UUID
    people: int
    hours: int
    """At least so many a week, together."""
    since: date
    """The week the figure is of. It stays while fewer than five people's needs have changed."""
    bounds: tuple[BoundOut, ...]
    cells: dict[GapFacet, str]
    """Each facet in plain words."""
    title: str


class AtLeastOut(BaseModel):
    value: str
    words: str
    people: int
    """At least so many: the sum of the figures that name it."""
    hours: int


class GapsOut(BaseModel):
    council: str
    week: date
    people: int
    """At least: the sum of the figures. Nothing is said of how many are in none."""
    hours: int
    figures: tuple[FigureOut, ...]
    """Most people first. No two are about the same people."""
    by: dict[GapFacet, tuple[AtLeastOut, ...]]
    rules: GapRulesOut
    weeks: tuple[date, ...]
    """Weeks that are published, newest first."""


@dataclass(frozen=True)
class Gaps:
    begin: Begin
    today: Callable[[], date]

    def router(self) -> APIRouter:
        routes = APIRouter(prefix="/councils/{council}", tags=["gaps"])
        routes.get("/gaps", summary="Where too few PAs fit, by language, area, time, practice and skill")(self.gaps)
        routes.post("/gaps/weeks", summary="Publish the gaps of this week, if they are not published yet")(self.publish)
        return routes

    async def gaps(self, council: Council, week: date | None = None) -> GapsOut:
        """Of a Monday's week, or the newest. 404: not published."""
        async with self.begin() as work:
            return gaps_out(await counting.gaps(council, week, work=work), await work.gaps.weeks(council))

    async def publish(self, council: Council) -> GapsOut:
        """They are published by themselves once a week. A week is published once and stays as it is."""
        async with self.begin() as work:
            return gaps_out(await counting.publish(council, self.today(), work=work), await work.gaps.weeks(council))


def gaps_out(week: GapWeek, weeks: Sequence[date]) -> GapsOut:
    figures = sorted(week.figures, key=lambda one: (-one.people, one.region.key))
    return GapsOut(
        council=week.council,
        week=week.week,
        people=sum(one.people for one in figures),
        hours=sum(one.hours for one in figures),
        figures=tuple(figure_out(week.council, one) for one in figures),
        by={GapFacet(facet.value): at_least(figures, facet) for facet in FACETS},
        rules=gap_rules_out(GAPS_1),
        weeks=tuple(weeks),
    )


def figure_out(council: str, figure: Figure) -> FigureOut:
    said = {bound.facet.value: gap_words.Bound(bound.among, bound.values) for bound in figure.region.bounds}
    return FigureOut(
        gap_id=gap_id(council, figure.region),
        people=figure.people,
        hours=figure.hours,
        since=figure.since,
        bounds=tuple(
            BoundOut(facet=GapFacet(bound.facet.value), among=bound.among, values=bound.values)
            for bound in figure.region.bounds
        ),
        cells={GapFacet(facet): gap_words.cell(facet, said) for facet in gap_words.FACETS},
        title=gap_words.title(said),
    )


def at_least(figures: Sequence[Figure], facet: Facet) -> tuple[AtLeastOut, ...]:
    """Sums of what is published, so nothing more can be learnt from them."""
    found: dict[str, tuple[int, int]] = {}
    for figure in figures:
        bound = figure.region.on(facet)
        if bound is not None and bound.among and bound.values[0]:
            people, hours = found.get(bound.values[0], (0, 0))
            found[bound.values[0]] = people + figure.people, hours + figure.hours
    return tuple(
        AtLeastOut(value=value, words=gap_words.named(facet.value, value), people=people, hours=hours)
        for value, (people, hours) in sorted(found.items(), key=lambda one: (-one[1][0], one[0]))
    )
