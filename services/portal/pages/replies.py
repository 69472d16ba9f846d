"""Answering by the link in a message: looking changes nothing, pressing the button answers. Nothing personal is shown."""
import re

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from services.portal.clients.asking import NotThere, Refused
from services.portal.pages.desk import Desk
from services.portal.pages.typed import Typed

CODE = re.compile(r"[A-Za-z0-9_-]{6,200}")
ANSWERS = (("yes", "Yes, I would like to meet"), ("no", "No, thank you"))


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    @routes.get("/r/{code}")
    async def look(request: Request, code: str) -> Response:
        # A GET must change nothing: mail programs open links by themselves.
        return await reply_page(request, code, Typed())

    async def reply_page(request: Request, code: str, typed: Typed) -> Response:
        if not CODE.fullmatch(code):
            raise HTTPException(404)
        try:
            reply = await desk.clients.notifier.reply(code)
        except NotThere:
            return over(request, "gone")
        if reply.answered or reply.expired:
            return over(request, "answered" if reply.answered else "expired")
        return desk.page(request, "anyone/reply.html", "Would you like to meet?", typed=typed, answers=ANSWERS)

    def over(request: Request, how: str) -> Response:
        titles = {"gone": "This link no longer works", "expired": "The time to answer is over",
                  "answered": "You have answered", "yes": "You said yes", "no": "You said no"}
        return desk.page(request, "anyone/replied.html", titles[how], how=how)

    @routes.post("/r/{code}")
    async def answer(request: Request, code: str) -> Response:
        if not CODE.fullmatch(code):
            raise HTTPException(404)
        typed = await desk.form(request, None)
        said = typed.chosen("answer", dict(ANSWERS), "Choose yes or no")
        if typed.wrong:
            return await reply_page(request, code, typed)
        try:
            await desk.clients.notifier.give_reply(code, said)
        except NotThere:
            return over(request, "gone")
        except Refused:
            return await reply_page(request, code, typed)
        return over(request, said)

    return routes
