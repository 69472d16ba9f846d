"""The front door: what this is, signing in and out, help."""
import secrets
from collections import defaultdict
from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.portal.domain.accounts import Account, NotSignedIn, Role, Viewer
from services.portal.pages.desk import Desk
from services.portal.pages.wording import PLACES
from services.portal.usecases import accounts, signing_in

COUNCILS_SHOWN = 12
SHOWN_OF_EACH = 30


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    async def known(request: Request) -> Viewer | None:
        """Who is signed in, on pages that are for everybody."""
        try:
            return await desk.viewer(request)
        except NotSignedIn:
            return None

    @routes.get("/")
    async def front_door(request: Request) -> Response:
        viewer = await known(request)
        if viewer:
            return desk.go(PLACES[viewer.role][0][0])
        return desk.page(request, "anyone/start.html", "Find the right personal assistant")

    @routes.get("/sign-in")
    async def who_are_you(request: Request) -> Response:
        called = request.query_params.get("name", "").strip()[:100]
        councils = await people_to_be(called) if desk.try_out else {}
        return desk.page(request, "anyone/sign_in.html", "Sign in", councils=councils, called=called)

    async def people_to_be(called: str) -> dict[str, dict[Role, list[Account]]]:
        """Sample accounts by council and part, for the try-out sign-in; with a name, only those who have it."""
        offered: dict[str, dict[Role, list[Account]]] = defaultdict(dict)
        async with desk.begin() as work:
            for council in (await work.accounts.councils())[:COUNCILS_SHOWN]:
                for role in Role:
                    offered[council][role] = await accounts.accounts(council, role, work, most=SHOWN_OF_EACH, called=called)
        return offered

    @routes.post("/sign-in")
    async def sign_in(request: Request) -> Response:
        if not desk.try_out:
            raise NotSignedIn
        typed = await desk.form(request, None)
        try:
            account_id = UUID(typed.one("account_id"))
        except ValueError:
            raise NotSignedIn from None
        async with desk.begin() as work:
            token = await signing_in.sign_in(
                typed.one("council"),
                account_id,
                work,
                now=desk.now(),
                secret=secrets.token_urlsafe(32),
                form_token=secrets.token_urlsafe(32),
                old_token=request.cookies.get(desk.cookie),
            )
        answer = desk.go("/")
        answer.set_cookie(desk.cookie, token, path="/", httponly=True, samesite="lax", secure=desk.secure)
        return answer

    @routes.post("/sign-out")
    async def sign_out(request: Request) -> Response:
        viewer = await desk.viewer(request)
        await desk.form(request, viewer)
        async with desk.begin() as work:
            await signing_in.sign_out(request.cookies[desk.cookie], work)
        answer = desk.go("/sign-in", "signed_out")
        answer.delete_cookie(desk.cookie, path="/", httponly=True, samesite="lax", secure=desk.secure)
        return answer

    @routes.get("/help")
    async def get_help(request: Request) -> Response:
        await known(request)
        return desk.page(request, "anyone/help.html", "Help")

    @routes.get("/accessibility")
    async def accessibility(request: Request) -> Response:
        await known(request)
        return desk.page(request, "anyone/accessibility.html", "Accessibility of these pages")

    @routes.get("/cookies")
    async def cookies(request: Request) -> Response:
        await known(request)
        return desk.page(request, "anyone/cookies.html", "Cookies")

    return routes
