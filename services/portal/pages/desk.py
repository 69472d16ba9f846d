"""The desk every page works at: who is signed in, how a page is written, and what is said when something is not right."""
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment

from services.portal.clients import Clients
from services.portal.clients.asking import NotThere, Refused, ServiceAway
from services.portal.domain.accounts import AccountNotFound, NotSignedIn, Role, Viewer
from services.portal.domain.copies import IntroductionNotFound
from services.portal.domain.own_data import DataRequestNotFound, NoCopyNow
from services.portal.domain.plan import PlanNotFound
from services.portal.domain.pool import NotInThePool, ThePoolsOwn
from services.portal.domain.support_request import RequestNotFound
from services.portal.domain.supporting import NotLetIn, NotToldYet, SupporterNotFound
from services.portal.pages.guarding import FromElsewhere, PageRoute, form_token_is_right
from services.portal.pages.typed import Typed
from services.portal.ports import Begin
from services.portal.usecases import signing_in
from shared.runtime.clock import utc

log = structlog.get_logger()

AWAY = {
    "registry": "The part that keeps PA profiles",
    "matcher": "The part that makes the lists",
    "notifier": "The part that sends messages",
}
NOT_HERE = (
    NotThere, PlanNotFound, AccountNotFound, IntroductionNotFound, SupporterNotFound, NotInThePool, DataRequestNotFound,
    NoCopyNow, RequestNotFound,
)  # fmt: skip


class NotForYou(PermissionError):
    """This page is for somebody with another part to play."""


@dataclass(frozen=True, slots=True)
class Desk:
    begin: Begin
    clients: Clients
    templates: Environment
    secure: bool
    """True where the portal is reached over https: then the cookie says so."""
    try_out: bool
    key: bytes
    """Keys the hashes of contact points and network addresses, so that they can be counted and not read."""
    now: Callable[[], datetime] = utc

    @property
    def cookie(self) -> str:
        return "__Host-alongside" if self.secure else "alongside"

    def routes(self) -> APIRouter:
        """A router whose answers are pages, also when something goes wrong."""
        ours = type("OurRoute", (PageRoute,), {"sorry": staticmethod(self.sorry)})
        return APIRouter(route_class=ours, include_in_schema=False)

    async def viewer(self, request: Request, *roles: Role) -> Viewer:
        """Who is signed in. Raises NotSignedIn, or NotForYou where their part is not one of `roles`."""
        async with self.begin() as work:
            viewer = await signing_in.who_is(request.cookies.get(self.cookie), work, now=self.now())
        request.state.viewer = viewer
        if roles and viewer.role not in roles:
            raise NotForYou
        return viewer

    async def form(self, request: Request, viewer: Viewer | None) -> Typed:
        """What was typed, once it is sure that it was typed on a page of ours."""
        typed = Typed.of(await request.form())
        if viewer and not form_token_is_right(typed.one("form_token"), viewer.session.form_token):
            raise FromElsewhere
        return typed

    def page(self, request: Request, template: str, title: str, *, status: int = 200, **facts: Any) -> Response:
        viewer: Viewer | None = getattr(request.state, "viewer", None)
        typed = facts.get("typed")
        wrong = bool(typed.wrong) if isinstance(typed, Typed) else False
        text = self.templates.get_template(template).render(
            title=title,
            wrong=wrong,
            viewer=viewer,
            here=request.url.path,
            said=request.query_params.get("said", ""),
            cspNonce=request.state.nonce,
            form_token=viewer.session.form_token if viewer else "",
            try_out=self.try_out,
            **facts,
        )
        return HTMLResponse(text, 422 if wrong and status == 200 else status)

    def go(self, where: str, said: str = "") -> Response:
        """On to another page of ours, which may begin by saying what was done: `said` is a code of `wording.SAID`."""
        return RedirectResponse(f"{where}{'&' if '?' in where else '?'}said={said}" if said else where, 303)

    async def sorry(self, request: Request, problem: Exception) -> Response:
        """The page for what went wrong. Says what happened, that nothing was lost, and what to do."""
        match problem:
            case NotSignedIn():
                answer = self.go("/sign-in", "signed_out" if self.cookie in request.cookies else "")
                answer.delete_cookie(self.cookie, path="/", secure=self.secure)
                return answer
            case NotForYou() | NotLetIn() | NotToldYet() | FromElsewhere() | ThePoolsOwn():
                return self.no(request, problem)
            case ServiceAway():
                log.warning("a page could not ask", service=problem.service)
                return await self.away(request, problem)
            case _ if isinstance(problem, NOT_HERE):
                return self.page(request, "sorry/not_here.html", "We cannot find that page", status=404)
            case Refused():
                return self.page(request, "sorry/refused.html", "That could not be done", status=409, problem=problem)
            case _:
                log.error("a page failed", route=str(getattr(request.scope.get("route"), "path", "")), exc_info=problem)
                return self.page(request, "sorry/broken.html", "Sorry, something went wrong", status=500)

    def no(self, request: Request, problem: Exception) -> Response:
        words: Mapping[type[Exception], tuple[str, str]] = {
            NotForYou: ("This page is not for you", "not_for_you"),
            NotLetIn: ("You can no longer see this", "not_let_in"),
            NotToldYet: ("Not yet", "not_told_yet"),
            ThePoolsOwn: ("Change your own plan instead", "pools_own"),
            FromElsewhere: ("Please send that again", "from_elsewhere"),
        }
        title, why = words[type(problem)]
        return self.page(request, "sorry/no.html", title, status=403, why=why)

    async def away(self, request: Request, problem: ServiceAway) -> Response:
        """Another service is down. What was typed comes back, so that nobody types it twice."""
        kept: list[tuple[str, str]] = []
        if request.method == "POST":
            form = Typed.of(await request.form())
            kept = [(name, one) for name, many in form.values.items() for one in many if name != "form_token"]
        part = AWAY.get(problem.service, "A part of this service")
        title, retry = "Part of this service is not working", request.method == "POST"
        return self.page(request, "sorry/away.html", title, status=503, part=part, kept=kept, retry=retry)
