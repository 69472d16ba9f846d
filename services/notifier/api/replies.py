"""Answers coming back over HTTP: codes that show nothing personal, and text messages from the provider."""
from collections import deque
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, ConfigDict, Field

from services.notifier.api.contact_shapes import Phone
from services.notifier.api.contacts import acknowledged
from services.notifier.domain.reply import Capability, CodeUnknown, is_short
from services.notifier.ports import Begin, Clock, Press
from services.notifier.usecases import answering, support_requests
from shared.contracts import Council
from shared.runtime.http import Problem

MOST_MISSES = 30
WITHIN = timedelta(minutes=1)
"""Short codes have 39 bits: at this pace, guessing one of ten thousand open ones takes years."""

QUIETLY = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


class AnswerIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    answer: Literal["yes", "no"]


class WhoAsksOut(BaseModel):
    name: str
    organisation: str | None = None
    relation: str
    scopes: list[str]
    until: date


class OfferOut(BaseModel):
    """What a code is for. Nothing of whoever is asked: who holds the link sees only this."""

    about: str
    answered: Literal["yes", "no"] | None
    expired: bool
    asks: WhoAsksOut | None = None
    """Where a supporter asks to be let in, and it is open: nobody should have to answer without knowing who asks."""


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

    @api.get("/replies/{code}")
    async def look(code: Code, response: Response) -> OfferOut:
        """Looking never uses the code up: mail scanners and previews look too."""
        response.headers.update(QUIETLY)
        capability = await looked(code)
        async with begin() as work:
            who = await support_requests.who_asks(capability, clock(), work)
        asks = WhoAsksOut.model_validate({name: who[name] for name in WhoAsksOut.model_fields if name in who}) if who else None
        return offer_out(capability, clock()).model_copy(update={"asks": asks})

    @api.post("/replies/{code}")
    async def give(code: Code, said: AnswerIn, response: Response) -> OfferOut:
        """One answer to one offer. The same answer again changes nothing; the other one is refused."""
        response.headers.update(QUIETLY)
        await looked(code)
        async with begin() as work:
            return offer_out(await answering.answer(code, said.answer, clock(), work), clock())

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
