"""For council workers: the people to reach, and one of them: take the task, put it back, hand it on, and say how it went."""
from collections.abc import Collection
from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.portal.clients.asking import NotThere, Refused
from services.portal.clients.notifier import Contact
from services.portal.clients.teamwork import ContactTask, Step, WholeTask
from services.portal.domain.accounts import Role, Viewer
from services.portal.pages.desk import Desk
from services.portal.pages.shortlist import asked_for
from services.portal.pages.task_outcome import field_of, outcome_typed
from services.portal.pages.task_words import ANSWERS, COULD_NOT, KINDS, OUTCOMES, TASK_STATES, step_in_words
from services.portal.pages.typed import Typed
from services.portal.usecases import accounts, looking, working

A_PAGE = 25
WHOSE = {"mine": "Mine", "team": "My team’s", "all": "Everybody’s"}
NOT_ABOVE = ("taken", "put_back", "handed_on", "asked", "late")
"""Steps that the task page need not tell: what it shows already, or what helps nobody to do the task."""


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    @routes.get("/council/tasks")
    async def to_reach(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        return await list_page(request, viewer, Typed())

    @routes.post("/council/tasks/team")
    async def choose_team(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        typed = await desk.form(request, viewer)
        teams = await desk.clients.teamwork.teams(viewer.council)
        team = typed.chosen("team", {one.team for one in teams}, "Choose the team you work in")
        if typed.wrong:
            return await list_page(request, viewer, typed)
        async with desk.begin() as work:
            await working.choose_team(viewer, team, work)
        return desk.go("/council/tasks?whose=team", "team_chosen")

    async def list_page(request: Request, viewer: Viewer, typed: Typed) -> Response:
        tasks = await desk.clients.teamwork.open_tasks(viewer.council)
        teams = await desk.clients.teamwork.teams(viewer.council)
        async with desk.begin() as work:
            team = await working.team_of(viewer, work)
        sorts = {
            "mine": [one for one in tasks if one.taken_by == viewer.account_id],
            "team": [one for one in tasks if one.team == team],
            "all": list(tasks),
        }
        if not typed.wrong:
            typed = Typed.showing({"team": team})
        asked = request.query_params.get("whose", "")
        whose = asked if asked in WHOSE else "team" if team else "all"
        pages = max(1, -(-len(sorts[whose]) // A_PAGE))
        page = min(asked_for(request)[1], pages)
        shown = sorts[whose][(page - 1) * A_PAGE : page * A_PAGE]
        async with desk.begin() as work:
            names = await accounts.names(viewer.council, people_of(shown), work)
        return desk.page(
            request, "staff/tasks.html", "People to reach", typed=typed, tasks=shown, names=names, whose=whose, sorts=sorts,
            WHOSE=WHOSE, KINDS=KINDS, team=team, teams=[("", "Choose your team"), *((one.team, one.team) for one in teams)],
            counts=teams, late=sum(one.late for one in tasks), number=page, pages=pages,
        )

    @routes.get("/council/tasks/{task_id:uuid}")
    async def one(request: Request, task_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        return await task_page(request, viewer, task_id, Typed())

    async def task_page(request: Request, viewer: Viewer, task_id: UUID, typed: Typed) -> Response:
        task = await desk.clients.teamwork.task(viewer.council, task_id)
        teams = await desk.clients.teamwork.teams(viewer.council)
        proof = await desk.clients.teamwork.proof(viewer.council, task.message_id)
        before = [step for step in proof.steps if step.note or step.what not in NOT_ABOVE]
        async with desk.begin() as work:  # writes down, where the person can read it, that a worker looked
            await looking.messages_of(viewer, task.party_id, work, now=desk.now())
            names = await accounts.names(viewer.council, people_of([task]) | workers_of(before), work)
        mine = task.state == "open" and task.taken_by == viewer.account_id
        contact = await contact_of(viewer, task) if mine else None
        return desk.page(
            request, "staff/task.html", "Somebody to reach", typed=typed, task=task, names=names, mine=mine, contact=contact,
            KINDS=KINDS, TASK_STATES=TASK_STATES, outcomes=OUTCOMES, answers=ANSWERS, could_not=COULD_NOT,
            teams=[("", "Choose a team"), *((one.team, one.team) for one in teams if one.team != task.team)],
            before=[(step, step_in_words(step, names)) for step in before],
        )

    async def contact_of(viewer: Viewer, task: WholeTask) -> Contact | None:
        """How to reach them, for whoever has the task: nobody else needs their number."""
        try:
            return await desk.clients.notifier.contact(viewer.council, task.party_id)
        except NotThere:
            return None

    @routes.post("/council/tasks/{task_id:uuid}/take")
    async def take(request: Request, task_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        typed = await desk.form(request, viewer)
        instead_of = number_in(typed.one("instead_of"))
        return await act(request, viewer, task_id, "take", typed, "task_taken", instead_of=instead_of)

    @routes.post("/council/tasks/{task_id:uuid}/put-back")
    async def put_back(request: Request, task_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        typed = await desk.form(request, viewer)
        note = typed.one("put_back_note") or None
        return await act(request, viewer, task_id, "put-back", typed, "task_put_back", note=note)

    @routes.post("/council/tasks/{task_id:uuid}/hand-on")
    async def hand_on(request: Request, task_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        typed = await desk.form(request, viewer)
        if not typed.one("team"):
            typed.say("team", "Choose the team to hand it on to")
            return await task_page(request, viewer, task_id, typed)
        team, note = typed.one("team"), typed.one("hand_on_note") or None
        return await act(request, viewer, task_id, "hand-on", typed, "task_handed_on", team=team, note=note)

    @routes.post("/council/tasks/{task_id:uuid}/outcome")
    async def tell_outcome(request: Request, task_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        typed = await desk.form(request, viewer)
        said = outcome_typed(typed)
        if said is None:
            return await task_page(request, viewer, task_id, typed)
        return await act(request, viewer, task_id, "outcome", typed, "outcome_saved", **said)

    async def act(
        request: Request, viewer: Viewer, task_id: UUID, doing: str, typed: Typed, done: str, **said: object
    ) -> Response:
        """Done, or the page again with why not beside what was typed."""
        try:
            await desk.clients.teamwork.act(viewer.council, task_id, doing, {"worker_id": str(viewer.account_id), **said})
        except NotThere:
            raise
        except Refused as refused:
            for one in refused.errors:
                typed.say(field_of(doing, one.field), one.in_words)
            if not refused.errors:
                typed.say(field_of(doing, ""), refused.title)
            return await task_page(request, viewer, task_id, typed)
        return desk.go(f"/council/tasks/{task_id}" if doing == "take" else "/council/tasks?whose=mine", done)

    return routes


def people_of(tasks: Collection[ContactTask]) -> set[UUID]:
    return {one.party_id for one in tasks} | {one.taken_by for one in tasks if one.taken_by}


def workers_of(steps: Collection[Step]) -> set[UUID]:
    return {step.worker_id for step in steps if step.worker_id}


def number_in(typed: str) -> str | None:
    """None for what is no number of an account."""
    try:
        return str(UUID(typed))
    except ValueError:
        return None
