"""Teams that could cover a plan's week together, and stand-ins while one of its PAs is away."""
import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from services.matcher.api.council import Council
from services.matcher.api.team_shapes import StandInsOut, TeamsOut, stand_ins_out, teams_out
from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import PlanId
from services.matcher.domain.profile import ProfileId
from services.matcher.domain.teams.asked import TEAMS_1
from services.matcher.ports import Begin
from services.matcher.usecases import teaming, wondering
from shared.runtime.http import Problem

LONGEST_ABSENCE = 28  # days


@dataclass(frozen=True)
class TeamsApi:
    begin: Begin
    lore: Lore
    today: Callable[[], date]

    def router(self) -> APIRouter:
        routes = APIRouter(prefix="/councils/{council}", tags=["teams"])
        routes.get("/plans/{plan_id}/teams", summary="The best teams of PAs that could cover a plan's week together")(self.teams)
        routes.get("/plans/{plan_id}/stand-ins", summary="Who could stand in while a PA of a plan is away")(self.stand_ins)
        return routes

    async def teams(
        self,
        council: Council,
        plan_id: UUID,
        size: Annotated[int, Query(ge=2, le=TEAMS_1.largest, description="The most people in a team")] = TEAMS_1.largest,
        count: Annotated[int, Query(ge=1, le=10, description="How many teams")] = 3,
    ) -> TeamsOut:
        async with self.begin() as work:
            asked = await wondering.question(council, PlanId(plan_id), lore=self.lore, work=work)
        day = self.today()
        found = await asyncio.to_thread(teaming.proposed, asked, day, self.lore, largest=size, count=count)
        return teams_out(found, plan_id, asked.plan.revision, day)

    async def stand_ins(
        self,
        council: Council,
        plan_id: UUID,
        first: Annotated[date, Query(alias="from", description="The first day away")],
        last: Annotated[date, Query(alias="to", description="The last day away; at most 28 days")],
        profile_id: Annotated[UUID | None, Query(description="Who is away; left out: each PA who said yes to this plan")] = None,
    ) -> StandInsOut:
        day = self.today()
        if last < first or first < day:
            raise Problem(422, "Those days do not follow", "`from` is today or later, and `to` is not before it.")
        if last - first >= timedelta(days=LONGEST_ABSENCE):
            raise Problem(422, "That is too long to stand in for", f"Ask about at most {LONGEST_ABSENCE} days.")
        async with self.begin() as work:
            away = ProfileId(profile_id) if profile_id else None
            asked = await teaming.absence(council, PlanId(plan_id), away, first=first, last=last, lore=self.lore, work=work)
        found = await asyncio.to_thread(teaming.standing_in, asked, day, self.lore)
        return stand_ins_out(found, plan_id, first, last)
