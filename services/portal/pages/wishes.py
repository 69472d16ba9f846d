"""What matters: adding a wish, changing how much it matters, taking it off; and the reason the law asks for, where it does."""
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from services.portal.domain.accounts import Role, Viewer
from services.portal.domain.days import day_of
from services.portal.domain.plan import PROTECTED, Plan
from services.portal.domain.supporting import NotLetIn
from services.portal.pages.desk import Desk
from services.portal.pages.plan import given_of, may_change, rewrite
from services.portal.pages.typed import Typed
from services.portal.pages.wording import CRITERIA, LEVELS, SPOKEN_AS, STRENGTHS
from services.portal.usecases import looking
from shared.vocabulary.terms import Kind, terms

WITH_WORDS = ("language", "practice", "skill", "task", "interest", "sex", "faith", "culture")
OFFERED = tuple(CRITERIA.items())
KNOWN_WORDS = (Kind.PRACTICE, Kind.SKILL, Kind.TASK, Kind.INTEREST)
USUAL = {"mode": "spoken", "level": "fluent", "strength": "important"}
LONGEST = timedelta(days=365)


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    async def plan_to_change(request: Request, plan_id: UUID) -> tuple[Viewer, Plan]:
        viewer = await desk.viewer(request, Role.PERSON, Role.BROKER)
        async with desk.begin() as work:
            opened = await looking.open_plan(viewer, plan_id, work, now=desk.now())
        if not may_change(opened):
            raise NotLetIn
        return viewer, opened.plan

    @routes.get("/plans/{plan_id:uuid}/wishes/add")
    async def what_else(request: Request, plan_id: UUID) -> Response:
        _, plan = await plan_to_change(request, plan_id)
        kind = request.query_params.get("about", "")
        about = kind if kind in CRITERIA else None
        return wish_page(request, plan, Typed.showing({"revision": plan.revision, "criterion": about, **USUAL}))

    def wish_page(request: Request, plan: Plan, typed: Typed) -> Response:
        known = [(kind.value, [term.label for term in terms(kind).values()]) for kind in KNOWN_WORDS]
        return desk.page(request, "person/add_wish.html", "Add something that matters", plan=plan, typed=typed, offered=OFFERED,
                         known=known, strengths=tuple(STRENGTHS.items()), modes=tuple(SPOKEN_AS.items()),
                         levels=tuple((code, words.capitalize()) for code, words in LEVELS.items()))

    @routes.post("/plans/{plan_id:uuid}/wishes/add")
    async def add(request: Request, plan_id: UUID) -> Response:
        viewer, plan = await plan_to_change(request, plan_id)
        typed = await desk.form(request, viewer)
        wish = wish_typed(typed)
        if wish is None:
            return wish_page(request, plan, typed)
        if needs_reason(wish, day_of(desk.now())):
            return await with_reason(request, viewer, plan, typed, wish, None)
        given = given_of(plan)
        given["wishes"] = [*given.get("wishes", []), wish]
        if not await rewrite(desk, viewer, plan, given, typed):
            return wish_page(request, plan, typed)
        return desk.go(f"/plans/{plan_id}", "wish_added")

    async def with_reason(
        request: Request, viewer: Viewer, plan: Plan, typed: Typed, wish: dict[str, Any], index: int | None
    ) -> Response:
        """Only with a reason that the law knows can this be a must: so ask for it, and offer the practice instead."""
        if typed.one("step") != "reason":
            return reason_page(request, plan, typed, wish, index)
        reason = reason_typed(typed, desk)
        given = given_of(plan)
        if reason is None:
            return reason_page(request, plan, typed, wish, index)
        wish = wish | {"reason": reason}
        wishes = list(given.get("wishes", []))
        wishes[len(wishes) if index is None else index :] = [wish] + ([] if index is None else wishes[index + 1 :])
        given["wishes"] = wishes
        if not await rewrite(desk, viewer, plan, given, typed):
            return reason_page(request, plan, typed, wish, index)
        return desk.go(f"/plans/{plan.plan_id}", "wish_added" if index is None else "wish_changed")

    def reason_page(request: Request, plan: Plan, typed: Typed, wish: dict[str, Any], index: int | None) -> Response:
        return desk.page(request, "person/lawful_reason.html", "Why this must be so", plan=plan, typed=typed, wish=wish,
                         where="add" if index is None else str(index), longest=(desk.now() + LONGEST).date())

    def wish_at(plan: Plan, index: int) -> dict[str, Any]:
        wishes: list[dict[str, Any]] = given_of(plan).get("wishes", [])
        if index >= len(wishes):
            raise HTTPException(404)
        return wishes[index]

    @routes.get("/plans/{plan_id:uuid}/wishes/{index:int}")
    async def how_much(request: Request, plan_id: UUID, index: int) -> Response:
        _, plan = await plan_to_change(request, plan_id)
        wish = wish_at(plan, index)
        typed = Typed.showing({"revision": plan.revision, "strength": wish["strength"]})
        return change_page(request, plan, typed, wish, index)

    def change_page(request: Request, plan: Plan, typed: Typed, wish: dict[str, Any], index: int) -> Response:
        return desk.page(request, "person/change_wish.html", "How much does this matter?", plan=plan, typed=typed, wish=wish,
                         index=index, strengths=tuple(STRENGTHS.items()))

    @routes.post("/plans/{plan_id:uuid}/wishes/{index:int}")
    async def change(request: Request, plan_id: UUID, index: int) -> Response:
        viewer, plan = await plan_to_change(request, plan_id)
        typed = await desk.form(request, viewer)
        if typed.one("revision") != str(plan.revision):
            typed.say("strength", "Somebody changed this plan while you were looking. Look again, then save")
            typed.values["revision"] = [str(plan.revision)]
            return change_page(request, plan, typed, wish_at(plan, index), index)
        given = given_of(plan)
        wish = wish_at(plan, index)
        if typed.one("do") == "remove":
            del given["wishes"][index]
            done = "wish_removed"
        else:
            wish = wish | {"strength": typed.chosen("strength", STRENGTHS, "Choose how much it matters")}
            if typed.wrong:
                return change_page(request, plan, typed, wish_at(plan, index), index)
            if needs_reason(wish, day_of(desk.now())):
                return await with_reason(request, viewer, plan, typed, wish, index)
            given["wishes"][index] = wish
            done = "wish_changed"
        if not await rewrite(desk, viewer, plan, given, typed):
            return change_page(request, plan, typed, wish, index)
        return desk.go(f"/plans/{plan_id}", done)

    return routes


def needs_reason(wish: dict[str, Any], today: date) -> bool:
    """Also where there was one and its last day has passed."""
    reason = wish.get("reason")
    over = reason is not None and date.fromisoformat(reason["until"]) < today
    return wish["strength"] == "must" and wish["criterion"] in PROTECTED and (reason is None or over)


def wish_typed(typed: Typed) -> dict[str, Any] | None:
    """The wish as it was typed, in the shape of `shared.contracts.intake.WishIn`. None: there is something to put right."""
    kind = typed.chosen("criterion", CRITERIA, "Choose what it is about")
    wish: dict[str, Any] = {"criterion": kind}
    if kind in WITH_WORDS:
        if not typed.one("value"):
            typed.say("value", "Write what it is, in your own words")
        wish["value"] = typed.one("value")
    if kind == "language":
        wish |= {"mode": typed.one("mode") or USUAL["mode"], "level": typed.one("level") or USUAL["level"]}
        if typed.one("or_else"):
            wish["or_else"] = [part.strip() for part in typed.one("or_else").split(",") if part.strip()]
    number: Decimal | None
    if kind == "times" and (number := typed.number("share", "the share of your times", most=100)) is not None:
        wish["share"] = int(number)
    if kind == "place" and (number := typed.number("within_miles", "the number of miles", least=1, most=200)) is not None:
        wish["within_miles"] = str(number)
    wish["strength"] = typed.chosen("strength", STRENGTHS, "Choose how much it matters")
    return None if typed.wrong else wish


def reason_typed(typed: Typed, desk: Desk) -> dict[str, Any] | None:
    tasks = [part.strip() for part in typed.one("reason_tasks").split(",") if part.strip()]
    if not typed.one("why"):
        typed.say("why", "Write why this must be so")
    if not tasks:
        typed.say("reason_tasks", "Write which jobs it is for, like personal care")
    until = typed.day("until", "the last day")
    today = desk.now().date()
    if until is None or not today < until <= today + LONGEST:
        typed.say("until", "Write a day in the next 12 months. You are asked again then")
    return None if typed.wrong or until is None else {"why": typed.one("why"), "tasks": tasks, "until": until.isoformat()}
