"""Sharing one job, told by other systems that hold each person's say-so."""

import secrets
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID, uuid4

from fastapi import APIRouter
from pydantic import BaseModel, Field

from services.portal.api.shapes import CouncilPath, NoNul, Strict
from services.portal.domain.pool import Pool, PoolNotFound
from services.portal.ports import Begin
from services.portal.usecases import pooling
from shared.runtime.clock import utc

Hours = Annotated[Decimal, Field(gt=0, le=168, multiple_of=Decimal("0.25"))]


class SharerIn(Strict):
    plan_id: UUID
    hours_per_week: Hours
    """Of that plan's hours, how many are shared."""
    evidence: Annotated[str, Field(min_length=1, max_length=200), NoNul]
    """How the person agreed: to share a job, and that those who share it see their name, their hours and what they
    pay, and that supporters whom any of them let in see the job's list."""


class JoiningIn(SharerIn):
    code: Annotated[str, Field(min_length=4, max_length=20)]


class HoursIn(Strict):
    hours_per_week: Hours


class SharerOut(BaseModel):
    plan_id: UUID
    person_id: UUID
    quarters: int
    agreed_at: datetime


class PoolOut(BaseModel):
    pool_id: UUID
    plan_id: UUID
    """The pool's own plan: ask the matcher for its list and its cost, as for any plan."""
    code: str
    """What others join by: for those who share the job, and whom they tell."""
    state: Literal["gathering", "open", "ended"]
    revision: int
    quarters: int
    sharing: list[SharerOut]


def router(begin: Begin) -> APIRouter:
    routes = APIRouter(prefix="/api/councils/{council}/pools", tags=["pools"])

    @routes.post("", status_code=201, summary="Begin a job to share, with one person in it so far")
    async def begin_one(council: CouncilPath, given: SharerIn) -> PoolOut:
        async with begin() as work:
            return pool_out(
                await pooling.begin(
                    council, given.plan_id, quarters(given.hours_per_week), work, now=utc(), fresh=uuid4,
                    code=new_code(), evidence=given.evidence,
                )
            )

    @routes.post("/join", summary="One more person shares the job, by its code")
    async def join(council: CouncilPath, given: JoiningIn) -> PoolOut:
        async with begin() as work:
            return pool_out(
                await pooling.join(
                    council, given.plan_id, quarters(given.hours_per_week), given.code, work, now=utc(),
                    evidence=given.evidence,
                )
            )

    @routes.put("/sharing/{plan_id}", summary="Other hours for one of those who share")
    async def hours(council: CouncilPath, plan_id: UUID, given: HoursIn) -> PoolOut:
        async with begin() as work:
            return pool_out(
                await pooling.change_hours(council, plan_id, quarters(given.hours_per_week), work, now=utc())
            )

    @routes.post("/sharing/{plan_id}/leave", summary="Somebody leaves: the others are told, and the cost is shared out anew")
    async def leave(council: CouncilPath, plan_id: UUID) -> PoolOut:
        async with begin() as work:
            return pool_out(await pooling.leave(council, plan_id, work, now=utc()))

    @routes.get("/{pool_id}", summary="Who shares a job")
    async def read(council: CouncilPath, pool_id: UUID) -> PoolOut:
        async with begin() as work:
            pool = await work.pools.find(council, pool_id)
        if pool is None:
            raise PoolNotFound
        return pool_out(pool)

    return routes


def new_code() -> str:
    return "".join(secrets.choice(pooling.ALPHABET) for _ in range(pooling.LENGTH))


def quarters(hours: Decimal) -> int:
    return int(hours * 4)


def pool_out(pool: Pool) -> PoolOut:
    return PoolOut(
        pool_id=pool.pool_id, plan_id=pool.plan_id, code=pool.code, state=pool.state.value, revision=pool.revision,
        quarters=pool.quarters,
        sharing=[
            SharerOut(plan_id=one.plan_id, person_id=one.person_id, quarters=one.quarters, agreed_at=one.agreed_at)
            for one in pool.sharing
        ],
    )  # fmt: skip
