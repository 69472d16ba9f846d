"""For council workers: what was asked about people's own data, by when it is due, and asking for somebody who told us."""
from uuid import UUID, uuid4

from fastapi import APIRouter, Request, Response

from services.portal.domain.accounts import Role, Viewer
from services.portal.domain.days import day_of
from services.portal.domain.own_data import MAY_ASK, MAY_DECIDE, REASONS, About, DecidedAlready, Kind, Reason, State, Why
from services.portal.pages import data_words
from services.portal.pages.data_words import DECISIONS, NEEDS_A_REASON
from services.portal.pages.desk import Desk
from services.portal.pages.own_data import said_in, taken_back, to_keep
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
            back = await own_data.taken_back_lately(viewer.council, work, now=desk.now())
            names = await accounts.names(viewer.council, {one.party_id for one in (*waiting, *ready, *back)}, work)
            found = await accounts.accounts(viewer.council, None, work, most=AT_MOST, called=called) if called else []
        return desk.page(
            request, "staff/data.html", "What people asked about their data", waiting=waiting, ready=ready, back=back,
            names=names, called=called, found=[one for one in found if one.role in MAY_ASK], today=day_of(desk.now()),
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
        why = why_in(typed, State(chosen)) if chosen in NEEDS_A_REASON else None
        if typed.wrong:
            return await the_page(request, viewer, request_id, typed)
        try:
            async with desk.begin() as work:
                await own_data.decide(viewer, request_id, State(chosen), why, work, now=desk.now())
        except DecidedAlready:
            typed.say("decision", "Somebody decided this meanwhile. Look at it again")
            return await the_page(request, viewer, request_id, typed)
        return desk.go("/council/data", "data_decided")

    async def the_page(request: Request, viewer: Viewer, request_id: UUID, typed: Typed) -> Response:
        async with desk.begin() as work:
            asked = await own_data.theirs(viewer, request_id, work)
            workers = {one for one in (asked.asked_by, asked.decided_by, asked.taken_back_by) if one}
            names = await accounts.names(viewer.council, {asked.party_id, *workers}, work)
        may = MAY_DECIDE.get((asked.kind, asked.state), frozenset())
        reasons = [reason for state in may for reason in REASONS.get(state, ())]
        return desk.page(
            request, "staff/data_request.html", "What somebody asked about their data", asked=asked, names=names, typed=typed,
            choices=[(state, words) for state, words in DECISIONS.items() if state in may],
            reasons=[(reason, words) for reason, words in data_words.REASONS.items() if reason in reasons],
            abouts=data_words.ABOUT.items() if asked.kind is Kind.CORRECT else (),
        )

    @routes.post("/council/data/{request_id:uuid}/take-back")
    async def take_back(request: Request, request_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        await desk.form(request, viewer)
        return await taken_back(desk, viewer, request_id, "/council/data", "data_taken_back_for_them")

    @routes.post("/council/data/{request_id:uuid}/take")
    async def take(request: Request, request_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        await desk.form(request, viewer)
        async with desk.begin() as work:
            body = await own_data.take_copy(viewer, request_id, work, now=desk.now())
        return to_keep(body)

    return routes


def why_in(typed: Typed, state: State) -> Why | None:
    """None: something is to be put right."""
    reason = typed.chosen("reason", REASONS[state], "Choose the reason. It is told to them in their own way")
    about = None
    if state is State.NOT_CHANGED:
        about = typed.chosen("about", About, "Choose what you did not change. It is told to them in their own way")
    words = said_in(typed, "answer", "Write why, in plain words. They can read it")
    return None if typed.wrong else Why(Reason(reason), words, About(about) if about else None)
