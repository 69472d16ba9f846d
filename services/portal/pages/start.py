"""The front door: what this is, signing out, help."""
from fastapi import APIRouter, Request, Response

from services.portal.domain.accounts import NotSignedIn, Viewer
from services.portal.pages.desk import Desk
from services.portal.pages.places import PLACES
from services.portal.usecases import signing_in


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
