"""Signing in: by a one-time code, and, where the service is only tried out, as any made-up person."""
import asyncio
import ipaddress
import secrets
import time
from collections import defaultdict
from uuid import UUID, uuid4

import structlog
from fastapi import APIRouter, Request, Response

from services.portal.domain.accounts import Account, NotSignedIn, Role
from services.portal.domain.sign_in_code import DIGITS, LASTS, Tried
from services.portal.pages.desk import Desk
from services.portal.pages.typed import Typed
from services.portal.usecases import accounts, sign_in_codes, signing_in
from services.portal.usecases.sign_in_codes import Asking, NobodyHereYet, TooManyCodes
from shared.vocabulary import contact_points

log = structlog.get_logger()

COUNCILS_SHOWN = 12
SHOWN_OF_EACH = 30
PACE = 0.5  # seconds: what is asked about known and unknown people is answered at whole steps of this

NO_CONTACT = "Write an email address, like name@example.org, or a mobile number, like 07700 900123"
TOO_MANY = "A code was asked for many times. Please wait 15 minutes and ask again, or ask your council to help"
NO_CODE = f"Type the {DIGITS} digits of your code"
WRONG = "This is not the code we sent last. Please look again, digit by digit"
OVER = "This code has ended. A code works once, for 10 minutes, for 5 tries, on the device that asked. Please ask for a new one"
NOT_ADDED = "Your code is right, but your council has not added you here yet. Please ask your council"


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()
    code_cookie = f"{desk.cookie}-code"

    def leave_cookie(answer: Response, name: str, token: str, seconds: int | None = None) -> None:
        answer.set_cookie(name, token, path="/", httponly=True, samesite="lax", secure=desk.secure, max_age=seconds)

    @routes.get("/sign-in")
    async def who_are_you(request: Request) -> Response:
        return await front(request, Typed())

    async def front(request: Request, typed: Typed, status: int = 200) -> Response:
        called = request.query_params.get("name", "").strip()[:100]
        async with desk.begin() as work:
            councils = await work.accounts.councils()
        people = await people_to_be(councils, called) if desk.try_out else {}
        return desk.page(
            request, "anyone/sign_in.html", "Sign in", status=status, typed=typed, councils=councils, people=people, called=called
        )

    async def people_to_be(councils: list[str], called: str) -> dict[str, dict[Role, list[Account]]]:
        """Sample accounts by council and part, for the try-out sign-in; with a name, only those who have it."""
        offered: dict[str, dict[Role, list[Account]]] = defaultdict(dict)
        async with desk.begin() as work:
            for council in councils[:COUNCILS_SHOWN]:
                for role in Role:
                    offered[council][role] = await accounts.accounts(council, role, work, most=SHOWN_OF_EACH, called=called)
        return offered

    @routes.post("/sign-in")
    async def try_out(request: Request) -> Response:
        if not desk.try_out:
            raise NotSignedIn
        typed = await desk.form(request, None)
        try:
            account_id = UUID(typed.one("account_id"))
        except ValueError:
            raise NotSignedIn from None
        async with desk.begin() as work:
            token = await signing_in.sign_in(
                typed.one("council"), account_id, work, now=desk.now(), secret=secrets.token_urlsafe(32),
                form_token=secrets.token_urlsafe(32), old_token=request.cookies.get(desk.cookie),
            )  # fmt: skip
        answer = desk.go("/")
        leave_cookie(answer, desk.cookie, token)
        return answer

    @routes.post("/sign-in/ask")
    async def ask(request: Request) -> Response:
        """The same page after the same time, whoever was asked about."""
        began = time.monotonic()
        typed = await desk.form(request, None)
        async with desk.begin() as work:
            council = typed.chosen("council", await work.accounts.councils(), "Choose your council")
        try:
            contact = contact_points.either(typed.one("contact"))
        except ValueError:
            typed.say("contact", NO_CONTACT)
        if typed.wrong:
            return await front(request, typed)
        try:
            async with desk.begin() as work:
                await sign_in_codes.note_ask(Asking.of(council, contact, came_from(request), desk.key), work, now=desk.now())
        except TooManyCodes:
            log.warning("too many sign-in codes were asked for", council=council)
            typed.say("contact", TOO_MANY)
            return await front(request, typed, status=429)
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        account_id = await desk.clients.notifier.send_code(council, contact, code, uuid4())
        async with desk.begin() as work:
            token = await sign_in_codes.keep_code(
                council, account_id, code, work, now=desk.now(), secret=secrets.token_urlsafe(32),
                old_token=request.cookies.get(code_cookie),
            )  # fmt: skip
        answer = desk.page(request, "anyone/sign_in_code.html", "Type your code", typed=typed)
        leave_cookie(answer, code_cookie, token, int(LASTS.total_seconds()))
        await asyncio.sleep(-(time.monotonic() - began) % PACE)
        return answer

    @routes.get("/sign-in/ask")
    @routes.get("/sign-in/code")
    async def what_code(request: Request) -> Response:
        """Also where a browser goes that loads the page again by its address."""
        return desk.page(request, "anyone/sign_in_code.html", "Type your code", typed=Typed())

    @routes.post("/sign-in/code")
    async def by_code(request: Request) -> Response:
        typed = await desk.form(request, None)
        code = digits(typed.one("code"))
        if len(code) != DIGITS:
            typed.say("code", NO_CODE)  # takes no try
            return desk.page(request, "anyone/sign_in_code.html", "Type your code", typed=typed)
        try:
            async with desk.begin() as work:
                tried, token = await sign_in_codes.sign_in_with(
                    code, request.cookies.get(code_cookie), work, now=desk.now(), secret=secrets.token_urlsafe(32),
                    form_token=secrets.token_urlsafe(32), old_token=request.cookies.get(desk.cookie),
                )  # fmt: skip
        except NobodyHereYet:
            typed.say("code", NOT_ADDED)
            return desk.page(request, "anyone/sign_in_code.html", "Type your code", typed=typed)
        log.info("a sign-in code was tried", outcome=tried)
        if tried is not Tried.RIGHT:
            typed.say("code", WRONG if tried is Tried.WRONG else OVER)
            return desk.page(request, "anyone/sign_in_code.html", "Type your code", typed=typed)
        answer = desk.go("/")
        leave_cookie(answer, desk.cookie, token)
        answer.delete_cookie(code_cookie, path="/", httponly=True, samesite="lax", secure=desk.secure)
        return answer

    return routes


def digits(typed: str) -> str:
    """The digits of '402 913' or '402-913', also in the digits of other scripts."""
    return "".join(str(int(one)) for one in typed if one.isdecimal())


def came_from(request: Request) -> str:
    """The network address, for counting. A home has a whole block of the long kind, so only its beginning counts."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return host if address.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))
