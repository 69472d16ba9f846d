"""Answers coming back over HTTP: a link that shows nothing personal, and text messages from the provider."""
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import escape
from typing import Annotated, Literal
from urllib.parse import parse_qs

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from services.notifier.api.contacts import Phone, acknowledged
from services.notifier.domain.reply import AlreadyAnswered, Answer, Capability, CodeUnknown, TooLate, is_short
from services.notifier.ports import Begin, Clock, Press
from services.notifier.usecases import answering
from shared.contracts import Council
from shared.runtime.http import Problem, not_understood

MOST_MISSES = 30
WITHIN = timedelta(minutes=1)
"""Short codes have 39 bits: at this pace, guessing one of ten thousand open ones takes years."""

QUIETLY = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
    "X-Robots-Tag": "noindex",
}

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Your answer</title>
<style>body{{font:1.25rem/1.5 Arial,sans-serif;max-width:34em;margin:2em auto;padding:0 1em;color:#0b0c0c}}
button{{font:inherit;padding:.6em 1.4em;margin:.4em .6em .4em 0;border:2px solid #0b0c0c;background:#fff;min-width:6em}}
button:focus{{outline:4px solid #ffdd00}}</style></head>
<body><main><h1>{title}</h1>{body}</main></body></html>"""

ASK = """<p>Somebody would like to meet you. It is only a meeting.</p>
<form method="post"><button name="answer" value="yes">Yes</button><button name="answer" value="no">No</button></form>"""


class AnswerIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    answer: Literal["yes", "no"]


class OfferOut(BaseModel):
    """What a code is for. Nothing personal: whoever holds the link sees only this."""

    about: str
    answered: Literal["yes", "no"] | None
    expired: bool


class TextIn(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    sender: Annotated[Phone, Field(alias="from")]
    words: Annotated[str, Field(max_length=2000)]


class TextOut(BaseModel):
    """How a text message was understood: yes, no, stop, start, or unclear (then they are asked)."""

    understood: str
    known_sender: bool
    answered: bool


@dataclass
class Misses:
    """Short codes tried in vain, by everybody together: a guesser has many addresses, our table is one."""

    times: deque[datetime] = field(default_factory=deque)

    def check(self, code: str, now: datetime) -> None:
        while self.times and self.times[0] < now - WITHIN:
            self.times.popleft()
        if len(self.times) >= MOST_MISSES and is_short(code):
            raise Problem(429, "Too many wrong codes just now", "Please wait a minute and try again.")

    def add(self, now: datetime) -> None:
        self.times.append(now)


def offer_out(capability: Capability, now: datetime) -> OfferOut:
    return OfferOut(
        about=capability.about, answered=capability.answer, expired=capability.answer is None and not capability.open_at(now)
    )


def wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def page(title: str, body: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(PAGE.format(title=escape(title), body=body), status, headers=QUIETLY)


def page_for(offer: OfferOut) -> HTMLResponse:
    if offer.answered:
        return page("Thank you", f"<p>Your answer is: {offer.answered}. We pass it on. You can close this page.</p>")
    if offer.expired:
        return page("The time to answer has passed", "<p>That is all right. You do not have to do anything.</p>")
    return page("Would you like to meet?", ASK)


async def answer_in(request: Request) -> Answer:
    """From the page's form, or JSON."""
    body = await request.body()
    try:
        if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            return AnswerIn.model_validate({k: v[0] for k, v in parse_qs(body[:1000].decode("utf-8", "replace")).items()}).answer
        return AnswerIn.model_validate_json(body).answer
    except ValidationError as error:
        raise not_understood(error) from None


def links(begin: Begin, clock: Clock) -> APIRouter:
    api = APIRouter(tags=["answers"])
    misses = Misses()
    Code = Annotated[str, Path(min_length=8, max_length=64)]

    async def looked(code: str) -> Capability:
        misses.check(code, clock())
        try:
            async with begin() as work:
                return await answering.look(code, work)
        except CodeUnknown:
            misses.add(clock())
            raise

    @api.get("/replies/{code}", response_model=OfferOut)
    async def look(code: Code, request: Request) -> Response:
        """Looking never uses the code up: mail scanners and previews look too."""
        try:
            offer = offer_out(await looked(code), clock())
        except CodeUnknown:
            if wants_page(request):
                return page("We do not know this code", "<p>Please check it, or ask us.</p>", 404)
            raise
        return page_for(offer) if wants_page(request) else JSONResponse(offer.model_dump(), headers=QUIETLY)

    @api.post(
        "/replies/{code}", response_model=OfferOut,
        openapi_extra={"requestBody": {"content": {"application/json": {"schema": AnswerIn.model_json_schema()}}}},
    )
    async def give(code: Code, request: Request) -> Response:
        """One answer to one offer. The same answer again changes nothing; the other one is refused."""
        said = await answer_in(request)
        await looked(code)
        try:
            async with begin() as work:
                offer = offer_out(await answering.answer(code, said, clock(), work), clock())
        except (AlreadyAnswered, TooLate) as refused:
            if wants_page(request):
                return page("This cannot be answered now", f"<p>{escape(str(refused.__doc__))}</p>", 409)
            raise
        return page_for(offer) if wants_page(request) else JSONResponse(offer.model_dump(), headers=QUIETLY)

    return api


def texts(begin: Begin, press: Press, team: str, clock: Clock) -> APIRouter:
    api = APIRouter(prefix="/councils/{council}", tags=["answers"])

    @api.post("/texts")
    async def text(council: Council, said: TextIn) -> TextOut:
        """A text message that came in. STOP is obeyed before this answers."""
        async with begin() as work:
            heard = await answering.text(council, said.sender, said.words, press, team, clock(), work)
        await acknowledged(council, list(heard.in_hand_of), begin)
        return TextOut(understood=heard.said, known_sender=heard.known_sender, answered=heard.answered)

    return api
