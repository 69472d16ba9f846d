"""What stands round every page: safe headers, posts only from our own pages, and kind pages where something went wrong."""
import secrets
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; "
    "frame-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class FromElsewhere(PermissionError):
    """This form was not sent from one of our own pages."""


class PageRoute(APIRoute):
    """A route whose answers are pages: also the ones that say no. `Desk.routes` lends it its `sorry`."""

    @staticmethod
    async def sorry(request: Request, problem: Exception) -> Response:
        raise problem

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            request.state.nonce = secrets.token_urlsafe(16)
            try:
                if request.method == "POST":
                    from_our_own_pages(request)
                answer = await handle(request)
            except HTTPException:
                raise
            except Exception as problem:
                answer = await self.sorry(request, problem)
            return headed(answer, request.state.nonce)

        return guarded


def headed(answer: Response, nonce: str) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    answer.headers.setdefault("Content-Security-Policy", POLICY.format(nonce=nonce))
    return answer


def from_our_own_pages(request: Request) -> None:
    """Refuse a post another site made a browser send. The form token of the session is checked besides, where there is one."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise FromElsewhere
        return
    # Our own no-referrer rule makes browsers send `Origin: null` from our own pages, so null cannot be held against them.
    origin = request.headers.get("origin", "null")
    if origin != "null" and urlsplit(origin).netloc != request.headers.get("host"):
        raise FromElsewhere


def form_token_is_right(shown: str, expected: str) -> bool:
    return secrets.compare_digest(shown.encode(), expected.encode())
