"""Sharing a job with other people: who shares it, what each pays, joining by a code, leaving in one step."""
import secrets
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Request, Response

from services.portal.clients.asking import Refused, ServiceAway
from services.portal.clients.costs import Cost
from services.portal.domain.accounts import Role, Viewer
from services.portal.domain.plan import PlanRefused, PlanState
from services.portal.domain.pool import (
    HoursDoNotFit,
    InAPoolAlready,
    NotInThePool,
    NotOpenToShare,
    PoolIsFull,
    PoolNotFound,
    State,
)
from services.portal.pages.desk import Desk
from services.portal.pages.typed import Typed
from services.portal.usecases import looking, pooling
from services.portal.usecases.looking import PlanLine
from services.portal.usecases.pooling import Sharing
from shared.vocabulary import week

WRONG: dict[type[Exception], tuple[str, str]] = {
    PoolNotFound: ("code", "We do not know this code. Check it with whoever gave it to you"),
    InAPoolAlready: ("plan", "You share a job with this plan already, or you are in this job already"),
    PoolIsFull: ("code", "This job has as many people or hours as it can hold. You can begin another"),
    HoursDoNotFit: ("hours", "Share at least a quarter of an hour, and no more hours than your plan has"),
    NotOpenToShare: ("plan", "Your plan is paused. Open it first"),
    PlanRefused: ("plan", "Something in one of the plans must be put right first. Please ask us for help"),
}


@dataclass(frozen=True)
class Shown:
    """One shared job as the page shows it."""

    sharing: Sharing
    mine: UUID
    """The plan of mine that is in it."""
    cost: Cost | None
    """At the most they can pay. None: it cannot be said."""
    clash: str
    """In words; empty: nobody asks for the same time as another."""

    @property
    def parts(self) -> dict[UUID, int]:
        """What each pays a week, in pence, by their plan."""
        return {part.plan_id: part.a_week for part in self.cost.shares} if self.cost else {}


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    @routes.get("/pool")
    async def jobs(request: Request) -> Response:
        return await jobs_page(request, await desk.viewer(request, Role.PERSON), Typed())

    async def jobs_page(request: Request, viewer: Viewer, typed: Typed) -> Response:
        async with desk.begin() as work:
            shared = await pooling.shared_by(viewer, work)
        shown = [await on_the_page(viewer, one) for one in shared]
        return desk.page(request, "person/pool.html", "A job you share", jobs=shown, me=viewer.account_id, typed=typed)

    async def on_the_page(viewer: Viewer, one: Sharing) -> Shown:
        mine = next(member.plan_id for member in one.pool.sharing if member.person_id == viewer.account_id)
        cost = None
        if one.plan and one.pool.state is State.OPEN:
            try:
                cost = await desk.clients.matcher.cost(viewer.council, one.plan.plan_id)
            except (Refused, ServiceAway):  # who shares it is worth seeing without the cost
                cost = None
        return Shown(one, mine, cost, week.in_words(one.clash) if one.clash else "")

    async def my_plans(viewer: Viewer) -> list[PlanLine]:
        async with desk.begin() as work:
            mine = await looking.plans_of(viewer, viewer.account_id, work, now=desk.now())
            shared = {pool.plan_id for pool in await work.pools.of_person(viewer.council, viewer.account_id)}
        return [one for one in mine if one.state is PlanState.OPEN and one.plan_id not in shared]

    def form_page(request: Request, how: str, mine: list[PlanLine], typed: Typed) -> Response:
        choices = [(str(one.plan_id), one.title or f"Plan {nth}") for nth, one in enumerate(mine, start=1)]
        title = "Share a job with others" if how == "begin" else "Join a job that others share"
        return desk.page(request, "person/share.html", title, how=how, choices=choices, typed=typed)

    @routes.get("/pool/begin")
    async def begin_form(request: Request) -> Response:
        return form_page(request, "begin", await my_plans(await desk.viewer(request, Role.PERSON)), Typed())

    @routes.get("/pool/join")
    async def join_form(request: Request) -> Response:
        return form_page(request, "join", await my_plans(await desk.viewer(request, Role.PERSON)), Typed())

    @routes.post("/pool/begin")
    async def begin(request: Request) -> Response:
        return await take_in(request, "begin")

    @routes.post("/pool/join")
    async def join(request: Request) -> Response:
        return await take_in(request, "join")

    async def take_in(request: Request, how: str) -> Response:
        viewer = await desk.viewer(request, Role.PERSON)
        typed = await desk.form(request, viewer)
        mine = await my_plans(viewer)
        plan_id = chosen_plan(typed, mine)
        hours = hours_typed(typed)
        if how == "join" and not typed.one("code"):
            typed.say("code", "Write the code that somebody gave you")
        if not typed.many("agree"):
            typed.say("agree", "We need your yes. Tick the box if you agree")
        if typed.wrong or hours is None or plan_id is None:
            return form_page(request, how, mine, typed)
        said: dict[str, Any] = {"now": desk.now(), "evidence": "in the portal", "by": viewer}
        try:
            async with desk.begin() as work:
                if how == "join":
                    await pooling.join(viewer.council, plan_id, hours, typed.one("code"), work, **said)
                else:
                    await pooling.begin(viewer.council, plan_id, hours, work, fresh=uuid4, code=new_code(), **said)
        except tuple(WRONG) as wrong:
            typed.say(*WRONG[type(wrong)])
            return form_page(request, how, mine, typed)
        return desk.go("/pool", "pool_joined" if how == "join" else "pool_begun")

    @routes.post("/pool/{plan_id:uuid}/hours")
    async def other_hours(request: Request, plan_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.PERSON)
        typed = await desk.form(request, viewer)
        field = f"hours-{plan_id}"
        hours = hours_typed(typed, field)
        try:
            async with desk.begin() as work:
                await pooling.change_hours(viewer.council, plan_id, hours or 0, work, now=desk.now(), by=viewer)
        except (HoursDoNotFit, PoolIsFull, PlanRefused) as wrong:
            typed.say(field, WRONG[type(wrong)][1])
            return await jobs_page(request, viewer, typed)
        return desk.go("/pool", "pool_hours")

    @routes.post("/pool/{plan_id:uuid}/leave")
    async def leave(request: Request, plan_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.PERSON)
        await desk.form(request, viewer)
        try:
            async with desk.begin() as work:
                await pooling.leave(viewer.council, plan_id, work, now=desk.now(), by=viewer)
        except NotInThePool:  # pressed twice: they have left already
            return desk.go("/pool")
        return desk.go("/pool", "pool_left")

    return routes


def chosen_plan(typed: Typed, mine: list[PlanLine]) -> UUID | None:
    """Who has one plan need not choose it."""
    offered = {str(one.plan_id): one.plan_id for one in mine}
    if len(offered) == 1:
        return next(iter(offered.values()))
    return offered.get(typed.chosen("plan", offered, "Choose the plan that is for this job"))


def hours_typed(typed: Typed, field: str = "hours") -> int | None:
    return typed.hours_a_week(field, "Write how many hours a week you want to share")


def new_code() -> str:
    return "".join(secrets.choice(pooling.ALPHABET) for _ in range(pooling.LENGTH))
