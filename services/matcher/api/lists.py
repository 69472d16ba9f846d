"""A plan's list over HTTP: in numbers, page by page with reasons, a few side by side, and what its last change was."""
from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query

from services.matcher.api.changes import ChangesOut, changes_out
from services.matcher.api.council import Council
from services.matcher.api.shapes import (
    ComparedOut,
    MatchesOut,
    RulesOut,
    ShortlistOut,
    compared_out,
    matches_out,
    rules_out,
    shortlist_out,
)
from services.matcher.domain.lore import Lore
from services.matcher.domain.placing import Group
from services.matcher.domain.plan import PlanId
from services.matcher.domain.profile import ProfileId
from services.matcher.domain.rules import CURRENT
from services.matcher.ports import Begin
from services.matcher.usecases import asking, paging
from shared.contracts import Code
from shared.runtime.http import Problem


@dataclass(frozen=True)
class Lists:
    begin: Begin
    lore: Lore

    def router(self) -> APIRouter:
        lists = APIRouter(prefix="/councils/{council}", tags=["lists"])
        lists.get("/plans/{plan_id}/shortlist", summary="A plan's list, in numbers")(self.shortlist)
        lists.get("/plans/{plan_id}/matches", summary="Who is on a plan's list, and why")(self.matches)
        lists.get("/plans/{plan_id}/compare", summary="Two to four PAs of a list, side by side")(self.compare)
        lists.get("/plans/{plan_id}/changes", summary="What a list's last change was")(self.changes)
        lists.get("/rules", summary="The numbers the rules turn on, by version")(self.rules)
        return lists

    async def shortlist(self, council: Council, plan_id: UUID) -> ShortlistOut:
        async with self.begin() as work:
            return shortlist_out(await asking.shortlist(council, PlanId(plan_id), work=work))

    async def matches(
        self,
        council: Council,
        plan_id: UUID,
        group: Literal["fitting", "near", "others", "all"] = "fitting",
        page: Annotated[int, Query(ge=1, le=100_000)] = 1,
        size: Annotated[int, Query(ge=1, le=100)] = 20,
        edition: Annotated[int | None, Query(ge=1, description="The list whose pages are turned. Left out: the newest")] = None,
        code: Annotated[
            list[Code] | None, Query(max_length=20, description="Only those who lack, among other things, all of these")
        ] = None,
    ) -> MatchesOut:
        """410: that edition was replaced and is not kept any more. Begin again at page 1 without an edition."""
        wanted = paging.Filter(None if group == "all" else Group(group), tuple(code or ()))
        async with self.begin() as work:
            found = await paging.page(
                council, PlanId(plan_id), wanted, first=(page - 1) * size, size=size, edition=edition, lore=self.lore, work=work
            )
        return matches_out(found, group=group, page=page, size=size)

    async def compare(
        self, council: Council, plan_id: UUID, profile_id: Annotated[list[UUID], Query(min_length=2, max_length=4)]
    ) -> ComparedOut:
        if len(set(profile_id)) < len(profile_id):
            raise Problem(422, "Name each PA once", "Give two to four different values of profile_id.")
        pas = [ProfileId(one) for one in profile_id]
        async with self.begin() as work:
            return compared_out(await paging.side_by_side(council, PlanId(plan_id), pas, lore=self.lore, work=work))

    async def changes(self, council: Council, plan_id: UUID) -> ChangesOut:
        async with self.begin() as work:
            return changes_out(await asking.shortlist(council, PlanId(plan_id), work=work))

    async def rules(self, council: Council) -> RulesOut:
        """The same for every council, so far."""
        return rules_out(CURRENT)
