"""What the portal asks the matcher about what is counted of the lists: gaps, and who was shown and asked."""
from datetime import date
from uuid import UUID

from services.portal.clients.asking import Asker, Heard


class GapFigure(Heard):
    gap_id: UUID
    people: int
    hours: int
    since: date
    cells: dict[str, str]
    """Each facet (language, area, band, practice, skill) in plain words."""
    bounds: tuple["GapBound", ...]
    title: str

    def one(self, facet: str) -> str | None:
        """The one value the gap is of by this facet, if it is of one that was asked for."""
        return next((bound.values[0] or None for bound in self.bounds if bound.facet == facet and bound.among), None)


class GapBound(Heard):
    facet: str
    among: bool
    values: tuple[str, ...]


class AtLeast(Heard):
    value: str
    words: str
    people: int
    hours: int


class GapRules(Heard):
    version: int
    enough: int
    least: int
    hours_step: int


class GapWeek(Heard):
    week: date
    people: int
    hours: int
    figures: tuple[GapFigure, ...]
    by: dict[str, tuple[AtLeast, ...]]
    rules: GapRules
    weeks: tuple[date, ...]

    def figure(self, gap_id: UUID) -> GapFigure | None:
        return next((one for one in self.figures if one.gap_id == gap_id), None)


class FairnessRow(Heard):
    cut: str
    group: str
    pas: int | None
    seen: int | None
    shown: int | None
    asked: int | None
    shown_of_due: int | None


class FairnessReport(Heard):
    first: date
    last: date
    first_page: int
    new_for_weeks: int
    least: int
    rows: tuple[FairnessRow, ...]


class Counted:
    def __init__(self, asker: Asker) -> None:
        self.asker = asker

    async def gaps(self, council: str, week: date | None = None) -> GapWeek:
        """Of that Monday's week, or the newest. NotThere until a week is published."""
        params = {"week": week.isoformat()} if week else None
        return await self.asker.ask(GapWeek, "GET", f"/councils/{council}/gaps", params=params)

    async def publish_gaps(self, council: str) -> GapWeek:
        """Of this week, if it is not published yet."""
        return await self.asker.ask(GapWeek, "POST", f"/councils/{council}/gaps/weeks", body={})

    async def fairness(self, council: str, weeks: int) -> FairnessReport:
        return await self.asker.ask(FairnessReport, "GET", f"/councils/{council}/fairness", params={"weeks": weeks})
