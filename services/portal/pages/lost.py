"""The page for an address that is not there."""
import secrets
from collections.abc import Awaitable, Callable
from typing import cast

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment
from starlette.exceptions import HTTPException

from services.portal.pages.guarding import headed

FOR_MACHINES = ("/api/", "/assets/", "/health", "/openapi.json")
Explain = Callable[[Request, Exception], Awaitable[Response]]


def furnish(app: FastAPI, templates: Environment) -> None:
    for_machines = cast(Explain, app.exception_handlers[HTTPException])

    async def explain(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        wants_a_page = "text/html" in request.headers.get("accept", "")
        if not wants_a_page or request.url.path.startswith(FOR_MACHINES) or error.status_code not in (404, 405):
            return await for_machines(request, error)
        nonce = secrets.token_urlsafe(16)
        text = templates.get_template("sorry/not_here.html").render(title="We cannot find that page", cspNonce=nonce)
        return headed(HTMLResponse(text, 404), nonce)

    app.add_exception_handler(HTTPException, explain)
