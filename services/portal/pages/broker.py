"""For a support broker: the people who let them in, and asking for a list."""
from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.portal.domain.accounts import Role
from services.portal.pages.desk import Desk
from services.portal.usecases import looking, supporters

ASKS_SHOWN = 20


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    @routes.get("/people")
    async def people(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.BROKER)
        async with desk.begin() as work:
            beside = await supporters.people_of(viewer, work, now=desk.now())
            plans = {
                one.delegation.person_id: await looking.plans_of(viewer, one.delegation.person_id, work, now=desk.now())
                for one in beside
            }
            asked = await work.support_requests.of_supporter(viewer.council, viewer.account_id)
        return desk.page(
            request, "broker/people.html", "People I support", beside=beside, plans=plans, asked=asked[:ASKS_SHOWN]
        )

    @routes.post("/plans/{plan_id:uuid}/ask-for-list")
    async def ask_for_list(request: Request, plan_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.BROKER)
        await desk.form(request, viewer)
        async with desk.begin() as work:
            opened = await looking.ask_for_shortlist(viewer, plan_id, work, now=desk.now())
        if opened.told_at is None:
            return desk.go("/people", "list_asked")
        return desk.go(f"/plans/{plan_id}/list")

    return routes
