"""For a supporter: asking somebody to let them in. The answer is the same whether we know that person or not."""
import asyncio
import hashlib
import hmac
import re
import time
from datetime import date, timedelta
from uuid import UUID, uuid4

from fastapi import APIRouter, Request, Response

from services.portal.domain.accounts import Role, Viewer
from services.portal.domain.support_request import AskedAlready, AskedTooOften, Relation
from services.portal.domain.supporting import LONGEST, NothingToDo, Scope, TooLong
from services.portal.pages.desk import Desk
from services.portal.pages.sign_in import PACE
from services.portal.pages.support_words import MAY, RELATIONS
from services.portal.pages.typed import Typed
from services.portal.usecases import support_requests
from shared.vocabulary import contact_points

LONGEST_NAME = 100
LIKE_A_NUMBER = re.compile(r"[+\d\s().-]+")
"""Of a telephone. A council's own number may look like it too, so it is looked for besides."""


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    def asking(request: Request, typed: Typed, status: int = 200) -> Response:
        return desk.page(
            request, "broker/ask_to_support.html", "Ask to work alongside somebody", typed=typed, status=status,
            relations=tuple(RELATIONS.items()), scopes=tuple(MAY.items()), latest=(desk.now() + LONGEST).date(),
        )  # fmt: skip

    @routes.get("/people/ask")
    async def whom(request: Request) -> Response:
        await desk.viewer(request, Role.BROKER)
        until = (desk.now() + timedelta(days=90)).date()
        return asking(request, Typed.showing({"scopes": ["see_shortlist"], "until": until}))

    @routes.post("/people/ask")
    async def ask(request: Request) -> Response:
        """The same page after the same time, whoever was named."""
        began = time.monotonic()
        viewer = await desk.viewer(request, Role.BROKER)
        typed = await desk.form(request, viewer)
        named = named_by(typed)
        relation = typed.chosen("relation", RELATIONS, "Choose who you are to them")
        scopes = frozenset(Scope(one) for one in typed.many("scopes") if one in MAY)
        until = typed.day("until", "the last day")
        if not scopes:
            typed.say("scopes", "Choose at least one thing you ask to do")
        if until is None:
            typed.say("until", "Write the last day, like 31 1 2027")
        if typed.wrong or until is None:
            return asking(request, typed)
        try:
            await put(viewer, named, typed.one("named"), Relation(relation), scopes, until)
        except (TooLong, NothingToDo):
            typed.say("until", "Write a day more than 14 days from now, and not more than 12 months from now")
        except AskedAlready:
            typed.say("named", "You have asked them already. Please wait for their answer")
        except AskedTooOften:
            typed.say("named", "You have asked 10 times in one day. Please go on tomorrow")
            return asking(request, typed, status=429)
        if typed.wrong:
            return asking(request, typed)
        await asyncio.sleep(-(time.monotonic() - began) % PACE)
        return desk.go("/people", "support_asked")

    async def put(viewer: Viewer, named: str, ref: str, relation: Relation, scopes: frozenset[Scope], until: date) -> None:
        """Nothing is asked of the notifier before it is sure that this supporter may ask."""
        named_hash = hmac.digest(desk.key, f"{viewer.council} named {named}".encode(), hashlib.sha256)
        support_requests.check(scopes, until, now=desk.now())
        async with desk.begin() as work:
            await support_requests.may_ask(viewer, named_hash, work, now=desk.now())
            by_ref = await work.support_requests.person_of_ref(viewer.council, ref)
        request_id = uuid4()
        reached_by = named if "@" in named or named.startswith("+") else None
        found = await found_by(viewer, request_id, by_ref or reached_by)
        async with desk.begin() as work:
            await support_requests.ask(
                viewer, request_id, named, named_hash, found, relation, scopes, until, work, now=desk.now()
            )

    async def found_by(viewer: Viewer, request_id: UUID, person: str | UUID | None) -> UUID | None:
        who = viewer.account
        return await desk.clients.notifier.ask_to_support(
            viewer.council, request_id, person, who.chosen_name, who.organisation
        )

    return routes


def named_by(typed: Typed) -> str:
    """An email address or telephone number in the one form we keep; anything else may be a number of the council's."""
    named = typed.one("named")
    if not named or len(named) > LONGEST_NAME:
        typed.say("named", "Write their email address, like name@example.org, their mobile number, or their council reference")
        return named
    try:
        return contact_points.either(named) if "@" in named or LIKE_A_NUMBER.fullmatch(named) else named
    except ValueError:
        if "@" in named:
            typed.say("named", "This is not an email address. Write it like name@example.org")
        return named
