"""What every request and every answer passes, whatever route it is for: nothing too large comes in, safe headers go out."""
import secrets

from fastapi import HTTPException
from pydantic import SecretStr
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 21_000_000  # bytes, for who shows the service key: the largest file taken is 20 MB
LARGEST_OF_STRANGERS = 256_000  # bytes, for everybody else: the longest form is far shorter
MAY_BE_LARGE = "alongside.may_be_large"

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
"""For answers that say nothing else, also the ones that say no. Pages say more for themselves."""
NOT_TEXT = JSONResponse(
    {"type": "about:blank", "title": "This address is not text", "status": 400, "detail": "Send it without the sign U+0000."},
    400, media_type="application/problem+json",
)
ONLY_HTTPS = "max-age=31536000"  # a year


class Gate:
    """ASGI middleware. `https`: people reach us over https, so browsers are told never to come another way."""

    def __init__(self, app: ASGIApp, *, key: SecretStr, https: bool) -> None:
        self.app, self.key = app, key
        self.headers = HEADERS | ({"Strict-Transport-Security": ONLY_HTTPS} if https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        if "\x00" in scope["path"] or b"%00" in scope["query_string"]:  # no person types one, and no database keeps it
            return await NOT_TEXT(scope, receive, self.headed(send))
        most = LARGEST if shows_key(Headers(scope=scope), self.key) else LARGEST_OF_STRANGERS
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > (LARGEST if MAY_BE_LARGE in scope else most):
                raise HTTPException(413, "This is too large to be taken at once. Send it in parts.")
            return message

        await self.app(scope, counted, self.headed(send))

    def headed(self, send: Send) -> Send:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    answer.setdefault(name, value)
            await send(message)

        return with_headers


def take_a_file(scope: Scope) -> None:
    """For a route that knows by now who asks, and has not begun to read: what they send may be as large as a file."""
    scope[MAY_BE_LARGE] = True


def shows_key(headers: Headers, key: SecretStr) -> bool:
    scheme, _, shown = headers.get("authorization", "").partition(" ")
    return scheme.lower() == "bearer" and secrets.compare_digest(shown.encode(), key.get_secret_value().encode())
