"""For council workers: what was asked about people's own data, by when it is due, and asking for somebody who told us."""
from uuid import UUID, uuid4

from fastapi import APIRouter, Request, Response

from services.portal.domain.accounts import Role, Viewer
from services.portal.domain.days import day_of
from services.portal.domain.own_data import MAY_ASK, MAY_DECIDE, DecidedAlready, Kind, State
from services.portal.pages.data_words import DECISIONS, NEEDS_A_REASON
from services.portal.pages.desk import Desk
from services.portal.pages.own_data import said_in, to_keep
from services.portal.pages.typed import Typed
from services.portal.usecases import accounts, own_data
from services.portal.usecases.keeping import as_uuid

AT_MOST = 50


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    @routes.get("/council/data")
    async def show(request: Request) -> Response:
        return await the_list(request, await desk.viewer(request, Role.STAFF), Typed())

    async def the_list(request: Request, viewer: Viewer, typed: Typed) -> Response:
        called = request.query_params.get("name", "").replace("\x00", "").strip()[:100]
        async with desk.begin() as work:
            waiting = await own_data.waiting(viewer.council, work)
            ready = await own_data.to_take(viewer.council, work)
            names = await accounts.names(viewer.council, {one.party_id for one in (*waiting, *ready)}, work)
            found = await accounts.accounts(viewer.council, None, work, most=AT_MOST, called=called) if called else []
        return desk.page(
            request, "staff/data.html", "What people asked about their data", waiting=waiting, ready=ready, names=names,
            called=called, found=[one for one in found if one.role in MAY_ASK], today=day_of(desk.now()),
            typed=typed,
        )

    @routes.post("/council/data/ask")
    async def ask_for_somebody(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        typed = await desk.form(request, viewer)
        kind = Kind(typed.one("kind")) if typed.one("kind") in set(Kind) else Kind.COPY
        words = said_in(typed, "words", "Write down what is wrong, in their words") if kind is Kind.CORRECT else None
        if typed.wrong:
            return await the_list(request, viewer, typed)
        async with desk.begin() as work:
            fresh = await own_data.ask(
                viewer, kind, work, now=desk.now(), request_id=uuid4(), party_id=as_uuid(typed.one("party")), words=words
            )
        return desk.go("/council/data", "data_asked" if fresh else "data_asked_before")

    @routes.get("/council/data/{request_id:uuid}")
    async def one(request: Request, request_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        return await the_page(request, viewer, request_id, Typed())

    @routes.post("/council/data/{request_id:uuid}")
    async def decide(request: Request, request_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        typed = await desk.form(request, viewer)
        chosen = typed.chosen("decision", DECISIONS, "Choose what you decided")
        answer = said_in(typed, "answer", "Write why, in plain words. They can read it") if chosen in NEEDS_A_REASON else ""
        if typed.wrong:
            return await the_page(request, viewer, request_id, typed)
        try:
            async with desk.begin() as work:
                await own_data.decide(viewer, request_id, State(chosen), answer or None, work, now=desk.now())
        except DecidedAlready:
            typed.say("decision", "Somebody decided this meanwhile. Look at it again")
            return await the_page(request, viewer, request_id, typed)
        return desk.go("/council/data", "data_decided")

    async def the_page(request: Request, viewer: Viewer, request_id: UUID, typed: Typed) -> Response:
        async with desk.begin() as work:
            asked = await own_data.theirs(viewer, request_id, work)
            names = await accounts.names(viewer.council, {asked.party_id, asked.asked_by}, work)
        choices = [(state, DECISIONS[state]) for state in DECISIONS if state in MAY_DECIDE.get((asked.kind, asked.state), ())]
        return desk.page(
            request, "staff/data_request.html", "What somebody asked about their data", asked=asked, names=names, choices=choices,
            typed=typed,
        )

    @routes.post("/council/data/{request_id:uuid}/take")
    async def take(request: Request, request_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        await desk.form(request, viewer)
        async with desk.begin() as work:
            body = await own_data.take_copy(viewer, request_id, work, now=desk.now())
        return to_keep(body)

    return routes
