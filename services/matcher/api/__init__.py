"""What the matcher is asked over HTTP: lists with their reasons, introductions, and how a PA stands."""
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Literal
from uuid import UUID, uuid4

from fastapi import APIRouter, Query

from services.matcher.api.costs import Costs
from services.matcher.api.council import Council
from services.matcher.api.shapes import (
    AnswerIn,
    AskIn,
    IntroductionOut,
    MatchesOut,
    RulesOut,
    ShortlistOut,
    StandingOut,
    introduction_out,
    matches_out,
    rules_out,
    shortlist_out,
    standing_out,
)
from services.matcher.api.what_if import WhatIfs
from services.matcher.domain.introduction import (
    AlreadyAsked,
    AlreadyEnded,
    Answer,
    AskedBy,
    IntroductionId,
    NotInScope,
    PlanNotOpen,
)
from services.matcher.domain.lore import Lore
from services.matcher.domain.placing import Group
from services.matcher.domain.plan import PersonId, PlanId
from services.matcher.domain.profile import ProfileId
from services.matcher.domain.rules import VERSION_1
from services.matcher.ports import Begin
from services.matcher.usecases import asking, costing, introductions, wondering
from shared.runtime.http import Problem

PROBLEMS: dict[type[Exception], int] = {
    asking.NotRankedYet: 404,
    asking.ProfileNotFound: 404,
    introductions.IntroductionNotFound: 404,
    NotInScope: 404,
    AlreadyAsked: 409,
    AlreadyEnded: 409,
    PlanNotOpen: 409,
    costing.PlanNotFound: 404,
    costing.PaNotInScope: 404,
    costing.NoRateToGoBy: 409,
    costing.BelowTheLaw: 422,
    wondering.PlanPutAway: 409,
}


@dataclass(frozen=True)
class Api:
    begin: Begin
    lore: Lore
    today: Callable[[], date]

    def routers(self) -> list[APIRouter]:
        lists = APIRouter(prefix="/councils/{council}", tags=["lists"])
        lists.get("/plans/{plan_id}/shortlist", summary="A plan's list, in numbers")(self.shortlist)
        lists.get("/plans/{plan_id}/matches", summary="Who is on a plan's list, and why")(self.matches)
        lists.get("/profiles/{profile_id}/standing", summary="On how many lists a PA is, and what keeps them out")(self.standing)
        lists.get("/rules", summary="The numbers the rules turn on, by version")(self.rules)
        asked = APIRouter(prefix="/councils/{council}", tags=["introductions"])
        asked.post("/plans/{plan_id}/introductions", status_code=201, summary="Ask to meet a PA")(self.ask_to_meet)
        asked.get("/introductions", summary="Introductions of a plan, a PA or a person, newest first")(self.introductions)
        asked.post("/introductions/{introduction_id}/answer", summary="The PA's yes or no")(self.answer)
        asked.post("/introductions/{introduction_id}/withdraw", summary="The person no longer asks")(self.withdraw)
        begins = self.begin, self.lore, self.today
        return [
            lists,
            asked,
            Costs(*begins).router(),
            WhatIfs(*begins).router(),
        ]

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
    ) -> MatchesOut:
        async with self.begin() as work:
            found = await asking.page(
                council, PlanId(plan_id), None if group == "all" else Group(group), first=(page - 1) * size, size=size,
                lore=self.lore, work=work,
            )
        return matches_out(found, group=group, page=page, size=size)

    async def rules(self, council: Council) -> RulesOut:
        """The same for every council, so far."""
        return rules_out(VERSION_1)

    async def standing(self, council: Council, profile_id: UUID) -> StandingOut:
        async with self.begin() as work:
            return standing_out(
                await asking.standing(council, ProfileId(profile_id), day=self.today(), lore=self.lore, work=work)
            )

    async def ask_to_meet(self, council: Council, plan_id: UUID, asking_to: AskIn) -> IntroductionOut:
        async with self.begin() as work:
            return introduction_out(
                await introductions.ask_to_meet(
                    council, PlanId(plan_id), ProfileId(asking_to.profile_id), asked_by=AskedBy(asking_to.asked_by),
                    introduction_id=IntroductionId(uuid4()), now=datetime.now(UTC), work=work,
                )
            )

    async def introductions(
        self, council: Council, plan_id: UUID | None = None, profile_id: UUID | None = None, person_id: UUID | None = None
    ) -> list[IntroductionOut]:
        if plan_id is None and profile_id is None and person_id is None:
            raise Problem(422, "Say whose introductions", "Give plan_id, profile_id or person_id.")
        async with self.begin() as work:
            found = await work.introductions.listed(
                council,
                plan_id=PlanId(plan_id) if plan_id else None,
                profile_id=ProfileId(profile_id) if profile_id else None,
                person_id=PersonId(person_id) if person_id else None,
            )
        return [introduction_out(one) for one in found]

    async def answer(self, council: Council, introduction_id: UUID, given: AnswerIn) -> IntroductionOut:
        async with self.begin() as work:
            return introduction_out(
                await introductions.answer(
                    council, IntroductionId(introduction_id), Answer(given.answer), route=given.route, now=datetime.now(UTC),
                    work=work,
                )
            )

    async def withdraw(self, council: Council, introduction_id: UUID) -> IntroductionOut:
        async with self.begin() as work:
            return introduction_out(await introductions.withdraw(council, IntroductionId(introduction_id), work=work))
