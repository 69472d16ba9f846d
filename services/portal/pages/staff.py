"""For council workers: every message, plans with open questions, and the PAs' profiles."""

from fastapi import APIRouter, Request, Response

from services.portal.clients.asking import ServiceAway, SetAside
from services.portal.domain.accounts import Role
from services.portal.pages.desk import Desk
from services.portal.pages.shortlist import asked_for
from services.portal.pages.wording import PROFILES
from services.portal.usecases import accounts, looking
from shared.messaging import deciding, parking
from shared.messaging.emptying import ERASED

A_PAGE = 25


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    @routes.get("/council/messages")
    async def outbox(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        _, page = asked_for(request)
        found = await desk.clients.notifier.messages(viewer.council, page=page, size=A_PAGE)
        async with desk.begin() as work:
            names = await accounts.names(viewer.council, {one.party_id for one in found.items}, work)
        return desk.page(request, "anyone/messages.html", "Messages sent", found=found, names=names, where="/council/messages")

    @routes.get("/council/plans")
    async def plans(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        _, page = asked_for(request)
        async with desk.begin() as work:
            total = await work.plans.count(viewer.council)
            found = await looking.all_plans(viewer.council, work, after=(page - 1) * A_PAGE, most=A_PAGE)
            names = await accounts.names(viewer.council, {plan.person_id for plan in found}, work)
        return desk.page(request, "staff/plans.html", "Plans", plans=found, names=names, total=total, number=page,
                         pages=max(1, -(-total // A_PAGE)))

    @routes.get("/council/profiles")
    async def profiles(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        _, page = asked_for(request)
        state = request.query_params.get("state", "")
        state = state if state in PROFILES else ""
        rows = await desk.clients.registry.rows(viewer.council, state=state, page=page, size=A_PAGE)
        return desk.page(request, "staff/profiles.html", "Personal assistants", rows=rows, state=state)

    @routes.get("/council/set-aside")
    async def set_aside(request: Request) -> Response:
        """What came from other systems and could not be used: where it waits, and why. Never what it says."""
        viewer = await desk.viewer(request, Role.STAFF)
        ours = [SetAside.model_validate(row) for row in await parking.listed(request.app.state.database)]
        found, away = {"portal": ours}, []
        for name, asker in desk.clients.askers.items():
            try:
                found[name] = list(await asker.set_aside())
            except ServiceAway:
                away.append(name)
        waiting = [(name, one) for name, events in found.items() for one in events if one.council == viewer.council]
        return desk.page(request, "staff/set_aside.html", "Set aside", waiting=waiting, away=away, ERASED=ERASED)

    @routes.post("/council/set-aside/{service}/{event:int}")
    async def try_again(request: Request, service: str, event: int) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        await desk.form(request, viewer)
        who = f"account {viewer.account_id}"
        if service == "portal":
            await deciding.retry(request.app.state.database, viewer.council, event, who)
        elif asker := desk.clients.askers.get(service):
            await asker.try_again(viewer.council, event, who)
        return desk.go("/council/set-aside", "tried_again")

    return routes
