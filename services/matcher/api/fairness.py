"""What the matcher is asked about fairness: who was shown and asked, by kind of PA and never one by one."""
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel

from services.matcher.api.council import Council
from services.matcher.domain.fairness.report import LEAST, NEW_FOR, Cut
from services.matcher.domain.fairness.turns import FIRST_PAGE
from services.matcher.ports import Begin
from services.matcher.usecases import counting


class RowOut(BaseModel):
    cut: Cut
    group: Literal["all", "new", "settled", "up_to_10", "up_to_20", "more", "not_said"]
    pas: int | None
    """Null, here and below: too few to tell."""
    seen: int | None
    """Shown on a first page at least once."""
    shown: int | None
    """How often they were on a first page."""
    asked: int | None
    """How often they were asked to meet."""
    shown_of_due: int | None
    """Millionths: how often they were shown for each time it was their turn. Fair is about 1,000,000 for every group."""


class FairnessOut(BaseModel):
    first: date
    last: date
    first_page: int
    new_for_weeks: int
    least: int
    rows: tuple[RowOut, ...]


@dataclass(frozen=True)
class Fairness:
    begin: Begin
    today: Callable[[], date]

    def router(self) -> APIRouter:
        routes = APIRouter(prefix="/councils/{council}", tags=["fairness"])
        routes.get("/fairness", summary="Who was shown and who was asked, by experience and by hours wanted")(self.fairness)
        return routes

    async def fairness(self, council: Council, weeks: Annotated[int, Query(ge=1, le=52)] = 13) -> FairnessOut:
        """Of whole weeks that have ended."""
        async with self.begin() as work:
            first, until, rows = await counting.fairness(council, self.today(), weeks, work=work)
        return FairnessOut(
            first=first, last=until - timedelta(days=1), first_page=FIRST_PAGE, new_for_weeks=NEW_FOR.days // 7, least=LEAST,
            rows=tuple(RowOut.model_validate(row, from_attributes=True) for row in rows),
        )
