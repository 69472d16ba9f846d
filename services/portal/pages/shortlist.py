"""Your list: everybody, best first, with a reason for each wish; and asking somebody to meet."""
from typing import cast, get_args
from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.portal.clients.asking import NotThere, Refused, ServiceAway
from services.portal.clients.matcher import Group, Introduction, Matches
from services.portal.clients.what_if import WhatIf
from services.portal.domain.accounts import Role, Viewer
from services.portal.domain.plan import PlanState
from services.portal.domain.supporting import Scope
from services.portal.pages.beside import looked_at, named
from services.portal.pages.desk import Desk
from services.portal.pages.typed import Typed
from services.portal.usecases import looking
from services.portal.usecases.looking import OpenPlan

A_PAGE = 10
NEAR_BESIDE = 3
CHANGES_NAMED = 10
WHOLE = 1_000_000


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    @routes.get("/plans/{plan_id:uuid}/list")
    async def everybody(request: Request, plan_id: UUID) -> Response:
        viewer, opened = await looked_at(desk, request, plan_id)
        return await list_page(request, viewer, opened) if opened else reason_page(request, plan_id, Typed())

    def reason_page(request: Request, plan_id: UUID, typed: Typed) -> Response:
        return desk.page(request, "staff/reason.html", "The person comes first", plan_id=plan_id, typed=typed)

    @routes.post("/plans/{plan_id:uuid}/list")
    async def with_a_reason(request: Request, plan_id: UUID) -> Response:
        """A worker of the council may look before the person was told, with a reason that the person can read."""
        viewer = await desk.viewer(request, Role.STAFF)
        typed = await desk.form(request, viewer)
        if not typed.one("reason"):
            typed.say("reason", "Write why you need to look now")
            return reason_page(request, plan_id, typed)
        async with desk.begin() as work:
            opened = await looking.open_shortlist(viewer, plan_id, work, now=desk.now(), reason=typed.one("reason"))
        return await list_page(request, viewer, opened)

    async def list_page(request: Request, viewer: Viewer, opened: OpenPlan) -> Response:
        title = "Your list" if opened.mine else "List of people"
        council, plan = viewer.council, opened.plan
        group, page = asked_for(request)
        edition, replaced = number(request, "edition"), False
        if plan.wants.state is not PlanState.OPEN:
            return desk.page(request, "person/no_list.html", title, opened=opened, why="not_open")
        try:
            try:
                matches = await desk.clients.matcher.matches(council, plan.plan_id, group, page, A_PAGE, edition)
            except Refused as refused:
                if refused.status != 410:
                    raise
                replaced, page = True, 1
                matches = await desk.clients.matcher.matches(council, plan.plan_id, group, page, A_PAGE)
            # The first look shows who nearly fits beside who fits: nobody has to know that there is more to find.
            near = what_if = None
            if group == "fitting" and page == 1:
                what_if = await counted(viewer, plan.plan_id)
                near = await desk.clients.matcher.matches(council, plan.plan_id, "near", 1, NEAR_BESIDE)
        except NotThere:
            return desk.page(request, "person/no_list.html", title, opened=opened, why="not_ranked")
        changes = await desk.clients.matcher.changes(council, plan.plan_id)
        changed = [one for one in changes.items if one.what != "moved"][:CHANGES_NAMED]
        shown = [one.profile_id for one in (*matches.items, *(near.items if near else ()))]
        # Somebody who is not on the list any more is not named: why is theirs to say.
        shown += [one.profile_id for one in changed if "left" not in one.why]
        cards = await named(desk, viewer, shown)  # the list is worth seeing without the names
        made = await desk.clients.matcher.shortlist(council, plan.plan_id)
        met = await desk.clients.matcher.introductions(council, "plan_id", plan.plan_id)
        return desk.page(
            request, "person/list.html", title, opened=opened, plan=plan, matches=matches, near=near, group=group,
            cards=cards or {}, nameless=cards is None, made=made, what_if=what_if, replaced=replaced, changes=changes,
            changed=changed, asked=newest_by_pa(met), alone=alone(matches, near),
            may_ask=Scope.ASK_TO_MEET in opened.may and opened.waits_for is None,
            behind=matches.counts.in_scope and opened.shortlist and opened.shortlist.plan_revision < plan.revision,
        )  # fmt: skip

    async def counted(viewer: Viewer, plan_id: UUID) -> WhatIf | None:
        """None: the list is worth seeing without it."""
        try:
            return await desk.clients.matcher.what_if(viewer.council, plan_id)
        except (ServiceAway, Refused):
            return None

    @routes.post("/plans/{plan_id:uuid}/people/{profile_id:uuid}/ask")
    async def ask_to_meet(request: Request, plan_id: UUID, profile_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.PERSON, Role.BROKER)
        await desk.form(request, viewer)
        asked_by = "person" if viewer.role is Role.PERSON else "supporter"
        # The matcher is asked inside the transaction, so that nobody can be taken off between the check and the asking.
        async with desk.begin() as work:
            opened = await looking.may_ask_to_meet(viewer, plan_id, work, now=desk.now())
            await desk.clients.matcher.ask_to_meet(viewer.council, plan_id, profile_id, asked_by)
        return desk.go("/meetings" if opened.mine else f"/plans/{plan_id}/list", "asked")

    return routes


def alone(fitting: Matches, near: Matches | None) -> bool | None:
    """Whether somebody of a first page covers all the wanted times alone. None: no times are asked for, or it is another page."""
    if near is None:
        return None
    covered = [one.coverage for one in (*fitting.items, *near.items) if one.coverage is not None]
    return max(covered) == WHOLE if covered else None


def asked_for(request: Request) -> tuple[Group, int]:
    group = request.query_params.get("group", "fitting")
    known = cast(Group, group) if group in get_args(Group) else "fitting"
    return known, number(request, "page") or 1


def number(request: Request, name: str) -> int | None:
    """None: it is not there, or is no number from 1 up."""
    said = request.query_params.get(name, "")
    return (int(said) or None) if said.isascii() and said.isdigit() and len(said) < 6 else None


def newest_by_pa(introductions: tuple[Introduction, ...]) -> dict[UUID, Introduction]:
    return {one.profile_id: one for one in sorted(introductions, key=lambda one: one.asked_at)}
