"""Your data: all that is held about me, to take a copy of, have put right or have erased; and who took a copy."""
from uuid import UUID, uuid4

import structlog
from fastapi import APIRouter, Request, Response

from services.portal.domain.accounts import Viewer
from services.portal.domain.own_data import KEPT_DAYS, LONGEST_WORDS, MAY_ASK, DoneAlready, Kind
from services.portal.pages.desk import Desk
from services.portal.pages.typed import Typed
from services.portal.usecases import own_data

log = structlog.get_logger()


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

    @routes.get("/data/correct")
    async def say_what_is_wrong(request: Request) -> Response:
        await desk.viewer(request, *MAY_ASK)
        return desk.page(request, "anyone/data_correct.html", "Something is wrong", typed=Typed())

    @routes.post("/data/correct")
    async def ask_to_correct(request: Request) -> Response:
        viewer = await desk.viewer(request, *MAY_ASK)
        typed = await desk.form(request, viewer)
        words = said_in(typed, "words", "Write what is wrong, and what it should be")
        if typed.wrong:
            return desk.page(request, "anyone/data_correct.html", "Something is wrong", typed=typed)
        async with desk.begin() as work:
            fresh = await own_data.ask(viewer, Kind.CORRECT, work, now=desk.now(), request_id=uuid4(), words=words)
        return desk.go("/data", "data_asked" if fresh else "data_asked_before")

    @routes.get("/data/erase")
    async def be_sure(request: Request) -> Response:
        await desk.viewer(request, *MAY_ASK)
        return desk.page(request, "anyone/data_erase.html", "Ask us to forget you")

    @routes.post("/data/erase")
    async def ask_to_erase(request: Request) -> Response:
        viewer = await desk.viewer(request, *MAY_ASK)
        await desk.form(request, viewer)
        async with desk.begin() as work:
            fresh = await own_data.ask(viewer, Kind.ERASE, work, now=desk.now(), request_id=uuid4())
        return desk.go("/data", "data_asked" if fresh else "data_asked_before")

    @routes.get("/data/{request_id:uuid}/take-back")
    async def be_sure_to_take_back(request: Request, request_id: UUID) -> Response:
        viewer = await desk.viewer(request, *MAY_ASK)
        async with desk.begin() as work:
            asked = await own_data.theirs(viewer, request_id, work)
        if not asked.can_be_taken_back:
            return desk.go("/data", "data_done_already")
        return desk.page(request, "anyone/data_take_back.html", "Take back what you asked", asked=asked)

    @routes.post("/data/{request_id:uuid}/take-back")
    async def take_back(request: Request, request_id: UUID) -> Response:
        viewer = await desk.viewer(request, *MAY_ASK)
        await desk.form(request, viewer)
        return await taken_back(desk, viewer, request_id, "/data", "data_taken_back")

    @routes.post("/data/{request_id:uuid}/take")
    async def take(request: Request, request_id: UUID) -> Response:
        viewer = await desk.viewer(request, *MAY_ASK)
        await desk.form(request, viewer)
        async with desk.begin() as work:
            body = await own_data.take_copy(viewer, request_id, work, now=desk.now())
        return to_keep(body)

    return routes


async def taken_back(desk: Desk, viewer: Viewer, request_id: UUID, where: str, said: str) -> Response:
    try:
        async with desk.begin() as work:
            await own_data.take_back(viewer, request_id, work, now=desk.now())
    except DoneAlready:
        return desk.go(where, "data_done_already")
    log.info("what was asked about somebody's data was taken back", request_id=str(request_id), by=viewer.role)
    return desk.go(where, said)


def said_in(typed: Typed, name: str, what_to_do: str) -> str:
    words = typed.one(name)
    if not words:
        typed.say(name, what_to_do)
    elif len(words) > LONGEST_WORDS:
        typed.say(name, f"Write at most {LONGEST_WORDS} letters")
    return words


def to_keep(body: bytes) -> Response:
    return Response(body, media_type="application/zip", headers={"Content-Disposition": 'attachment; filename="your-data.zip"'})
