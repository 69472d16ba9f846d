"""For council workers: what was asked about people's own data, by when it is due, and asking for somebody who told us."""
from uuid import UUID, uuid4

from fastapi import APIRouter, Request, Response

from services.portal.domain.accounts import Role
from services.portal.domain.days import day_of
from services.portal.domain.own_data import MAY_ASK, Kind
from services.portal.pages.desk import Desk
from services.portal.pages.own_data import to_keep
from services.portal.usecases import accounts, own_data
from services.portal.usecases.keeping import as_uuid

AT_MOST = 50


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    @routes.get("/council/data")
    async def show(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        called = request.query_params.get("name", "").replace("\x00", "").strip()[:100]
        async with desk.begin() as work:
            waiting = await own_data.waiting(viewer.council, work)
            ready = await own_data.to_take(viewer.council, work)
            names = await accounts.names(viewer.council, {one.party_id for one in (*waiting, *ready)}, work)
            found = await accounts.accounts(viewer.council, None, work, most=AT_MOST, called=called) if called else []
        return desk.page(
            request, "staff/data.html", "What people asked about their data", waiting=waiting, ready=ready, names=names,
            called=called, found=[one for one in found if one.role in MAY_ASK], today=day_of(desk.now()),
        )

    @routes.post("/council/data/copy")
    async def ask_for_copy(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        typed = await desk.form(request, viewer)
        async with desk.begin() as work:
            fresh = await own_data.ask(
                viewer, Kind.COPY, work, now=desk.now(), request_id=uuid4(), party_id=as_uuid(typed.one("party"))
            )
        return desk.go("/council/data", "data_asked" if fresh else "data_asked_before")

    @routes.post("/council/data/{request_id:uuid}/take")
    async def take(request: Request, request_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        await desk.form(request, viewer)
        async with desk.begin() as work:
            body = await own_data.take_copy(viewer, request_id, work, now=desk.now())
        return to_keep(body)

    return routes
