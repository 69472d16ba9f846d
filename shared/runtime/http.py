"""HTTP as every service speaks it: problem details that name the field and the remedy (RFC 9457), and the service key."""
from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, SecretStr, ValidationError
from starlette.exceptions import HTTPException

from shared.runtime.gate import shows_key

log = structlog.get_logger()

PROBLEM_JSON = "application/problem+json"


class FieldProblem(BaseModel):
    """What is wrong with one field, and what to do about it."""

    field: str
    problem: str
    remedy: str


class ProblemDetails(BaseModel):
    """RFC 9457, with one entry per field that is wrong."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[FieldProblem] = []


class Problem(Exception):
    """An answer that is not a success, in words for the caller."""

    def __init__(
        self, status: int, title: str, detail: str = "", *, errors: Sequence[FieldProblem] = (), type: str = "about:blank"
    ) -> None:
        super().__init__(title)
        self.details = ProblemDetails(type=type, title=title, status=status, detail=detail, errors=list(errors))

    def response(self) -> Response:
        return JSONResponse(self.details.model_dump(), self.details.status, media_type=PROBLEM_JSON)


PROBLEM_RESPONSES: dict[int | str, dict[str, Any]] = {
    422: {"model": ProblemDetails, "description": "A field is wrong: which, why, and what to do"},
}

SAID_PLAINLY = {
    "missing": "This is missing.",
    "extra_forbidden": "We do not know this field.",
    "string_too_short": "This is too short.",
    "string_too_long": "This is too long.",
    "json_invalid": "This is not JSON.",
}

REMEDIES = {
    "missing": "Add this field.",
    "extra_forbidden": "Remove this field, or check how its name is spelt.",
    "enum": "Use one of the values the documentation lists.",
    "literal_error": "Use one of the values the documentation lists.",
    "json_invalid": "Send valid JSON.",
    "string_pattern_mismatch": "Write it in the form the documentation shows.",
    "date_from_datetime_parsing": "Write the date as YYYY-MM-DD.",
    "date_parsing": "Write the date as YYYY-MM-DD.",
    "uuid_parsing": "Send an id as we gave it, for example from a list.",
    "int_parsing": "Send a whole number.",
    "decimal_parsing": "Send a number.",
    "too_short": "Add at least one.",
    "string_too_short": "Write it in full.",
    "string_too_long": "Write it shorter.",
}


def field_problems(errors: Sequence[Any]) -> list[FieldProblem]:
    """pydantic's errors as ours; what was typed is left out."""
    return [
        FieldProblem(
            field=".".join(str(part) for part in error["loc"] if part != "body") or "body",
            problem=SAID_PLAINLY.get(error["type"], error["msg"]),
            remedy=REMEDIES.get(error["type"], "Change this field and send it again."),
        )
        for error in errors
    ]


def not_understood(error: RequestValidationError | ValidationError) -> Problem:
    return Problem(
        422, "Some of this could not be understood", "Nothing was changed. See errors.", errors=field_problems(error.errors())
    )


def explain_problems(app: FastAPI, problems: Mapping[type[Exception], int]) -> None:
    """Every failure leaves as problem details. `problems` maps a domain error to its status; its docstring is the title."""

    async def told(_: Request, problem: Exception) -> Response:
        assert isinstance(problem, Problem)
        return problem.response()

    async def invalid(_: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return not_understood(error).response()

    async def plain(_: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return Problem(error.status_code, HTTPStatus(error.status_code).phrase, str(error.detail)).response()

    async def unexpected(request: Request, error: Exception) -> Response:
        log.error("request failed", method=request.method, route=route_of(request), exc_info=error)
        return Problem(500, "Something went wrong on our side", "Nothing was changed. Please try again.").response()

    def domain(status: int) -> Callable[[Request, Exception], Awaitable[Response]]:
        async def explain(_: Request, error: Exception) -> Response:
            title = (type(error).__doc__ or type(error).__name__).strip().split("\n")[0]
            return Problem(status, title).response()

        return explain

    app.add_exception_handler(Problem, told)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, plain)
    app.add_exception_handler(Exception, unexpected)
    for kind, status in problems.items():
        app.add_exception_handler(kind, domain(status))


def route_of(request: Request) -> str:
    """The route's pattern, not the address: addresses hold ids."""
    route = request.scope.get("route")
    return str(getattr(route, "path", ""))


def require_key(key: SecretStr) -> Callable[[Request], None]:
    """A dependency that lets in only callers who show the service key."""

    def check(request: Request) -> None:
        if not shows_key(request.headers, key):
            raise Problem(401, "A service key is needed", "Send the header `Authorization: Bearer` and the service key.")

    return check
