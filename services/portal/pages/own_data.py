"""Your data: all that is held about me, to take a copy of; and who took one."""
from uuid import UUID, uuid4

from fastapi import APIRouter, Request, Response

from services.portal.domain.own_data import KEPT_DAYS, MAY_ASK, Kind
from services.portal.pages.desk import Desk
from services.portal.usecases import own_data


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    @routes.get("/data")
    async def show(request: Request) -> Response:
        viewer = await desk.viewer(request, *MAY_ASK)
        async with desk.begin() as work:
            asked = await own_data.asked_by(viewer, work)
            taken = await own_data.who_took(viewer, work)
        return desk.page(request, "anyone/data.html", "Your data", asked=asked, taken=taken, days=KEPT_DAYS)

    @routes.post("/data/copy")
    async def ask_for_copy(request: Request) -> Response:
        viewer = await desk.viewer(request, *MAY_ASK)
        await desk.form(request, viewer)
        async with desk.begin() as work:
            fresh = await own_data.ask(viewer, Kind.COPY, work, now=desk.now(), request_id=uuid4())
        return desk.go("/data", "data_asked" if fresh else "data_asked_before")

    @routes.post("/data/{request_id:uuid}/take")
    async def take(request: Request, request_id: UUID) -> Response:
        viewer = await desk.viewer(request, *MAY_ASK)
        await desk.form(request, viewer)
        async with desk.begin() as work:
            body = await own_data.take_copy(viewer, request_id, work, now=desk.now())
        return to_keep(body)

    return routes


def to_keep(body: bytes) -> Response:
    return Response(body, media_type="application/zip", headers={"Content-Disposition": 'attachment; filename="your-data.zip"'})
