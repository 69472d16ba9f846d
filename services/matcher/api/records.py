"""Lists of long ago over HTTP: which were told, and one of them made again."""
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path

from services.matcher.api.council import Council
from services.matcher.api.record_shapes import RebuiltOut, ToldOut, rebuilt_out, told_out
from services.matcher.domain.plan import PlanId
from services.matcher.ports import Begin
from services.matcher.usecases import records


@dataclass(frozen=True)
class Records:
    begin: Begin

    def router(self) -> APIRouter:
        told = APIRouter(prefix="/councils/{council}/plans/{plan_id}/lists", tags=["lists"])
        told.get("", summary="The lists that were told of a plan, and what each was made from, newest first")(self.lists)
        told.get("/{revision}", summary="A told list made again, and whether it is the same")(self.rebuilt)
        return told

    async def lists(self, council: Council, plan_id: UUID) -> list[ToldOut]:
        async with self.begin() as work:
            return [told_out(told) for told in await records.all_told(council, PlanId(plan_id), work=work)]

    async def rebuilt(
        self, council: Council, plan_id: UUID, revision: Annotated[int, Path(ge=1, le=2**31 - 1)]
    ) -> RebuiltOut:
        """Everybody on it, so it can be long. Nothing is changed or told by asking."""
        async with self.begin() as work:
            return rebuilt_out(await records.made_again(council, PlanId(plan_id), revision, work=work))
