"""Plans in, one or many, and read again."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Query, Response

from services.portal import announcements
from services.portal.api.shapes import (
    CouncilPath,
    PlanOut,
    PlansOut,
    PlanWithWords,
    ReasonEntryOut,
    ReportOut,
    TakenInOut,
    errors,
    plan_out,
    reason_entry_out,
    taken_in,
)
from services.portal.api.taking_in import Candidate, take_in_all, take_in_one
from services.portal.domain.plan import PlanNotFound, PlanRefused
from services.portal.domain.taken_in import Outcome
from services.portal.ports import Begin
from shared.runtime.http import Problem

MANY = {"requestBody": {"content": {"application/json": {"schema": {"items": {"$ref": "#/components/schemas/PlanWithWords"}}}}}}
"""Each is checked by itself, so that one bad plan does not turn the others away; the description still says what a plan is."""


def router(begin: Begin) -> APIRouter:
    routes = APIRouter(prefix="/api/councils/{council}/plans", tags=["plans"])

    @routes.post("", summary="Send a plan: new, changed, or the same again", responses={201: {"model": TakenInOut}})
    async def send_plan(council: CouncilPath, given: PlanWithWords, response: Response) -> TakenInOut:
        try:
            taken = await take_in_one(begin, council, given)
        except PlanRefused as refused:
            raise not_taken_in(refused) from refused
        response.status_code = 201 if taken.outcome is Outcome.CREATED else 200
        return TakenInOut(**taken_in(taken))

    @routes.post("/bulk", summary="Send many plans: good ones are taken in, bad ones are reported", openapi_extra=MANY)
    async def send_plans(council: CouncilPath, given: Annotated[list[Any], Body(max_length=10_000)]) -> ReportOut:
        return await take_in_all(begin, council, [Candidate(one) for one in given])

    @routes.get("", summary="Plans, the newest change first")
    async def list_plans(
        council: CouncilPath, page: Annotated[int, Query(ge=1, le=100_000)] = 1, size: Annotated[int, Query(ge=1, le=500)] = 100
    ) -> PlansOut:
        async with begin() as work:
            found = await work.plans.page(council, after=(page - 1) * size, most=size)
            total = await work.plans.count(council)
        items = [plan_out(one, announcements.plan_changed(one)) for one in found]
        return PlansOut(items=items, total=total, page=page, pages=max(1, -(-total // size)))

    @routes.get("/{plan_id}", summary="One plan as it stands")
    async def read_plan(council: CouncilPath, plan_id: UUID) -> PlanOut:
        async with begin() as work:
            plan = await work.plans.find(council, plan_id)
        if plan is None:
            raise PlanNotFound
        return plan_out(plan, announcements.plan_changed(plan))

    @routes.get("/{plan_id}/lawful-reasons", summary="For audit: each must about sex, faith or culture, and its lawful reason")
    async def lawful_reasons(council: CouncilPath, plan_id: UUID) -> list[ReasonEntryOut]:
        """All that was written down, changed or ended, oldest first; without what the person wrote, which is for them alone."""
        async with begin() as work:
            if await work.plans.find(council, plan_id) is None:
                raise PlanNotFound
            return [reason_entry_out(entry) for entry in await work.lawful_reasons.of_plan(council, plan_id)]

    return routes


def not_taken_in(refused: PlanRefused) -> Problem:
    return Problem(422, "The plan cannot be taken in yet", "Put right what is listed and send it again.", errors=errors(refused))
