"""For council workers: enter an answer slip that came by post."""
from fastapi import APIRouter, Request, Response

from services.portal.clients.asking import NotThere, Refused
from services.portal.domain.accounts import Role
from services.portal.pages.desk import Desk
from services.portal.pages.task_words import CROSSES
from services.portal.pages.typed import Typed

NO_SUCH_CODE = "We do not know this code. Check each letter and figure. Codes have no O, I, L or U, and no 0 or 1"


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    def form_page(request: Request, typed: Typed) -> Response:
        return desk.page(request, "staff/slip.html", "Enter an answer slip", typed=typed, crosses=CROSSES)

    @routes.get("/council/tasks/slip")
    async def show(request: Request) -> Response:
        await desk.viewer(request, Role.STAFF)
        return form_page(request, Typed())

    @routes.post("/council/tasks/slip")
    async def enter(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        typed = await desk.form(request, viewer)
        code = typed.one("code")
        if not 8 <= len(code) <= 64:
            typed.say("code", "Write the code on the slip, like AB2C-D3EF")
        cross = typed.chosen("cross", dict(CROSSES), "Choose where the cross is")
        if typed.wrong:
            return form_page(request, typed)
        try:
            read = await desk.clients.teamwork.slip(viewer.council, code, cross, viewer.account_id)
        except NotThere:
            typed.say("code", NO_SUCH_CODE)
            return form_page(request, typed)
        except Refused as refused:
            typed.say("code", next((one.in_words for one in refused.errors), refused.title))
            return form_page(request, typed)
        return desk.go("/council/tasks/slip", f"slip_{read.came_of_it}")

    return routes
