"""Your plan: what you asked for, in words; the details, and changing them."""
import re
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Request, Response
from pydantic import ValidationError

from services.portal.domain.accounts import Role, Viewer
from services.portal.domain.days import day_of
from services.portal.domain.plan import Plan, PlanChangedMeanwhile, PlanRefused, PlanState
from services.portal.domain.supporting import NotLetIn, Scope
from services.portal.domain.taken_in import Outcome, TakenIn
from services.portal.pages import flexible, lawful_words
from services.portal.pages.desk import Desk
from services.portal.pages.times_words import times_in_words
from services.portal.pages.typed import Typed
from services.portal.pages.wording import DAY_CODES, DAYS
from services.portal.usecases import looking, plans
from shared.contracts.intake import PlanIn

SLEEP_INS = tuple(zip(DAY_CODES, (f"{day} night" for day in DAYS), strict=True))
FIELDS = {
    "hours_per_week": "hours", "most_rate": "most_rate", "budget_per_week": "budget", "contribution_per_week": "contribution",
    "start_on": "start_on",
}  # fmt: skip


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    @routes.get("/plan")
    async def my_plan(request: Request) -> Response:
        return await first_of_mine(request, "")

    @routes.get("/list")
    async def my_list(request: Request) -> Response:
        return await first_of_mine(request, "/list")

    async def first_of_mine(request: Request, then: str) -> Response:
        """Most people have one plan. Who has several chooses."""
        viewer = await desk.viewer(request, Role.PERSON)
        async with desk.begin() as work:
            mine = await looking.plans_of(viewer, viewer.account_id, work, now=desk.now())
        live = [one for one in mine if one.state is not PlanState.CLOSED]
        if len(live) == 1:
            said = request.query_params.get("said", "")
            return desk.go(f"/plans/{live[0].plan_id}{then}", said)
        return desk.page(request, "person/plans.html", "Your plans", plans=live, then=then)

    @routes.get("/plans/{plan_id:uuid}")
    async def show(request: Request, plan_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.PERSON, Role.BROKER, Role.STAFF)
        async with desk.begin() as work:
            opened = await looking.open_plan(viewer, plan_id, work, now=desk.now())
            record = await work.lawful_reasons.of_plan(viewer.council, plan_id)
        title = "Your plan" if opened.mine else "Support plan"
        return desk.page(request, "person/plan.html", title, opened=opened, plan=opened.plan, given=given_of(opened.plan),
                         times=times_of(opened.plan), changes=may_change(opened), nights=dict(SLEEP_INS),
                         moving=flexible.in_words(opened.plan), not_counted=not_counted(opened.plan),
                         reasons=lawful_words.how_they_stand(opened.plan, day_of(desk.now())), reason_of=lawful_words.key_of,
                         record=lawful_words.in_lines(record, opened.plan, viewer))

    @routes.get("/plans/{plan_id:uuid}/change")
    async def change(request: Request, plan_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.PERSON, Role.BROKER)
        plan = await changeable(viewer, plan_id)
        return form_page(request, plan, as_typed(plan))

    def form_page(request: Request, plan: Plan, typed: Typed) -> Response:
        return desk.page(request, "person/change_plan.html", "Change your plan", plan=plan, typed=typed, nights=SLEEP_INS,
                         flexible=flexible.rows_shown(typed))

    @routes.post("/plans/{plan_id:uuid}/change")
    async def save(request: Request, plan_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.PERSON, Role.BROKER)
        typed = await desk.form(request, viewer)
        plan = await changeable(viewer, plan_id)
        given = changed(plan, typed)
        taken = given and await rewrite(desk, viewer, plan, given, typed, own_words=typed.one("own_words"))
        if not taken:
            return form_page(request, plan, typed)
        same = taken.outcome is Outcome.UNCHANGED and (plan.own_words or "") == typed.one("own_words")
        return desk.go(f"/plans/{plan_id}", "plan_same" if same else "plan_saved")

    async def changeable(viewer: Viewer, plan_id: UUID) -> Plan:
        async with desk.begin() as work:
            opened = await looking.open_plan(viewer, plan_id, work, now=desk.now())
        if not may_change(opened):
            raise NotLetIn
        return opened.plan

    @routes.post("/plans/{plan_id:uuid}/question")
    async def answer_question(request: Request, plan_id: UUID) -> Response:
        """What a word we did not know means. No choice: leave the word out."""
        viewer = await desk.viewer(request, Role.PERSON, Role.BROKER)
        typed = await desk.form(request, viewer)
        async with desk.begin() as work:
            code = typed.one("code") or None
            await plans.answer_question(viewer, plan_id, typed.one("field"), code, work, now=desk.now())
        return desk.go(f"/plans/{plan_id}", "question_answered" if code else "word_left_out")

    @routes.post("/plans/{plan_id:uuid}/state")
    async def change_state(request: Request, plan_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.PERSON, Role.BROKER)
        typed = await desk.form(request, viewer)
        wanted = PlanState.PAUSED if typed.one("state") == "paused" else PlanState.OPEN
        async with desk.begin() as work:
            await plans.change_state(viewer, plan_id, wanted, work, now=desk.now())
        return desk.go(f"/plans/{plan_id}", "plan_saved")

    @routes.post("/plans/{plan_id:uuid}/confirm")
    async def confirm(request: Request, plan_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.PERSON, Role.BROKER)
        await desk.form(request, viewer)
        async with desk.begin() as work:
            await plans.confirm_plan(viewer, plan_id, work, now=desk.now())
        return desk.go(f"/plans/{plan_id}", "confirmed")

    return routes


def may_change(opened: looking.OpenPlan) -> bool:
    return Scope.EDIT_PLAN in opened.may


def given_of(plan: Plan) -> dict[str, Any]:
    return PlanIn.model_validate_json(plan.given).model_dump(mode="json", by_alias=True, exclude_none=True)


def times_of(plan: Plan) -> str:
    return times_in_words(plan.wants.fixed)


def as_typed(plan: Plan) -> Typed:
    given = given_of(plan)
    return Typed.showing(
        {
            "revision": plan.revision,
            "own_words": plan.own_words,
            "postcode": given.get("postcode"),
            "times": given.get("times") or times_of(plan),
            "hours": given.get("hours_per_week"),
            "sleep_ins": given.get("sleep_ins", ()),
            "most_rate": given.get("most_rate"),
            "budget": given.get("budget_per_week"),
            "contribution": given.get("contribution_per_week"),
            "start_on": plan.wants.start_on,
            "tasks": ", ".join(given.get("tasks", ())),
            "home": ", ".join(given.get("home", ())),
            "few_people": given.get("few_people"),
            **flexible.as_typed(given.get("flexible", [])),
        }
    )


def changed(plan: Plan, typed: Typed) -> dict[str, Any] | None:
    """The plan as it was given, with what the form says now. None: there is something to put right."""
    given = given_of(plan)
    hours = typed.number("hours", "hours a week", most=168)
    if hours is None and "hours" not in typed.wrong:
        typed.say("hours", "Write how many hours a week you want")
    moving = flexible.flexible_typed(typed)
    rate = typed.number("most_rate", "what you can pay an hour", most=500)
    budget = typed.number("budget", "your budget a week", most=20_000)
    contribution = typed.number("contribution", "what you pay a week", most=20_000)
    start: date | None = typed.day("start_on", "the first day")
    if not typed.one("postcode"):
        typed.say("postcode", "Write the first part of your postcode, like LE5 3")
    if typed.wrong:
        return None
    given.update(
        postcode=typed.one("postcode"),
        hours_per_week=str(hours),
        sleep_ins=[day for day in typed.many("sleep_ins") if day in DAY_CODES],
        tasks=by_commas(typed.one("tasks")),
        home=by_commas(typed.one("home")),
        most_rate=str(rate) if rate is not None else None,
        budget_per_week=str(budget) if budget is not None else None,
        contribution_per_week=str(contribution) if contribution is not None else None,
        start_on=start.isoformat() if start else None,
        few_people={"yes": True, "no": False}.get(typed.one("few_people")),
        flexible=moving,
    )
    if typed.one("times") != (given.get("times") or times_of(plan)):
        given.update(times=typed.one("times") or None, slots=[])
    return given


async def rewrite(
    desk: Desk, viewer: Viewer, plan: Plan, given: dict[str, Any], typed: Typed, *, own_words: str | None = None
) -> TakenIn | None:
    """Write the plan anew. None: `typed` says what to put right, and nothing was changed."""
    try:
        checked = PlanIn.model_validate(given)
        async with desk.begin() as work:
            return await plans.write_plan(
                viewer, checked, work, now=desk.now(), fresh=uuid4, plan_id=plan.plan_id,
                seen_revision=typed.seen_revision, own_words=own_words,
            )  # fmt: skip
    except ValidationError as wrong:
        for error in wrong.errors(include_input=False, include_url=False):
            typed.say(field_at(error["loc"]), "We could not read this. Please write it another way")
    except PlanRefused as refused:
        for one in refused.errors:
            typed.say(field_of(one.field, typed), f"{one.problem} {one.remedy}".strip())
    except PlanChangedMeanwhile:
        typed.say("revision", "Somebody changed this plan while you were typing. Look at what you typed, then save again")
        typed.values["revision"] = []
    return None


def field_of(path: str, typed: Typed | None = None) -> str:
    """`wishes[2].value` is the field `value` of the form for a wish; `tasks[0]` is the field `tasks`.

    The tasks of a lawful reason have a field of their own, where the form is the one that asks for the reason.
    """
    if ".reason.tasks" in path and typed and typed.one("reason_tasks"):
        return "reason_tasks"
    if piece := re.fullmatch(r"flexible\[(\d+)\]\.?(\w*)", path):
        return flexible.field_of(int(piece[1]), piece[2])
    name = path.rsplit(".", 1)[-1].split("[")[0]
    return FIELDS.get(name, "value" if name == "wishes" else name)


def field_at(loc: tuple[int | str, ...]) -> str:
    """The same for where the shape of a plan was not met: ('flexible', 0, 'hours')."""
    if loc[0] == "flexible" and len(loc) > 1:
        return flexible.field_of(int(loc[1]), str(loc[-1]))
    return field_of(str(loc[0]))


def not_counted(plan: Plan) -> dict[tuple[str, str], str]:
    """Words of wishes that do not count as they stand, and why: a plan keeps what was typed, understood or not."""
    left_out = {(one.kind, one.typed): "Left out. It does not count" for one in plan.answers if one.code is None}
    unknown = [one for one in plan.questions if one.kind and not one.likely]
    return left_out | {(one.kind or "", one.typed): "Not counted yet: see the question above" for one in unknown}


def by_commas(typed: str) -> list[str]:
    return [part.strip() for part in typed.replace("\n", ",").split(",") if part.strip()]


