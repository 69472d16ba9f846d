"""Answering by the link in a message: looking changes nothing, pressing the button answers. Nothing is shown of who is asked."""
import re

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from services.portal.clients.asking import NotThere, Refused
from services.portal.clients.notifier import Reply, WhoAsks
from services.portal.pages.desk import Desk
from services.portal.pages.reply_words import MEETING, Words, words_of
from services.portal.pages.support_words import RELATIONS
from services.portal.pages.typed import Typed
from services.portal.pages.wording import SCOPES, on

CODE = re.compile(r"[A-Za-z0-9_-]{6,200}")
TITLES = {"gone": "This link no longer works", "expired": "The time to answer is over", "answered": "You have answered",
          "yes": "You said yes", "no": "You said no"}


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    @routes.get("/r/{code}")
    async def look(request: Request, code: str) -> Response:
        # A GET must change nothing: mail programs open links by themselves.
        return await reply_page(request, code, Typed())

    async def reply_page(request: Request, code: str, typed: Typed) -> Response:
        reply = await asked(code)
        words = words_of(reply.about) if reply else MEETING
        if reply is None or reply.answered or reply.expired:
            return over(request, "gone" if reply is None else "answered" if reply.answered else "expired", words)
        return desk.page(
            request, "anyone/reply.html", words.title, typed=typed, words=words, asks=in_words(reply.asks) if reply.asks else (),
            answers=(("yes", words.yes), ("no", words.no)),
        )

    async def asked(code: str) -> Reply | None:
        if not CODE.fullmatch(code):
            raise HTTPException(404)
        try:
            return await desk.clients.notifier.reply(code)
        except NotThere:
            return None

    def over(request: Request, how: str, words: Words) -> Response:
        said = {**words.comes, **words.over}[how]
        return desk.page(request, "anyone/replied.html", TITLES[how], how=how, words=said)

    @routes.post("/r/{code}")
    async def answer(request: Request, code: str) -> Response:
        reply = await asked(code)
        typed = await desk.form(request, None)
        said = typed.chosen("answer", ("yes", "no"), "Choose yes or no")
        if typed.wrong:
            return await reply_page(request, code, typed)
        words = words_of(reply.about) if reply else MEETING
        try:
            await desk.clients.notifier.give_reply(code, said)
        except NotThere:
            return over(request, "gone", words)
        except Refused:
            return await reply_page(request, code, typed)
        return over(request, said, words)

    return routes


def in_words(who: WhoAsks) -> list[tuple[str, str]]:
    """Who asks to be let in, and for what. Nothing of the person who is asked."""
    said = [("Who asks", who.name or "A supporter"), ("Where they work", who.organisation or ""),
            ("Who they say they are to you", RELATIONS.get(who.relation, "")),
            ("What they ask to do", "; ".join(words for code, words in SCOPES.items() if code in who.scopes)),
            ("Until", on(who.until))]  # fmt: skip
    return [(label, value) for label, value in said if value]
