"""How a refusal leaves: problem details with the field and the remedy (RFC 9457)."""
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import ValidationError

from services.registry.domain.profile import ProfileChangedMeanwhile, ProfileNotFound, ProfileRefused
from services.registry.domain.questions import QuestionNotFound
from services.registry.domain.values import Refusal
from shared.runtime.http import FieldProblem, Problem, field_problems

PROBLEMS: dict[type[Exception], int] = {ProfileNotFound: 404, QuestionNotFound: 404, ProfileChangedMeanwhile: 412}


@contextmanager
def explained() -> Iterator[None]:
    """A profile that must be put right first is a 422 that says how."""
    try:
        yield
    except ProfileRefused as refused:
        raise must_be_put_right(refused.errors) from None


def must_be_put_right(refusals: Sequence[Refusal]) -> Problem:
    errors = [FieldProblem(field=one.field, problem=one.problem, remedy=one.remedy) for one in refusals]
    return Problem(422, "Something must be put right first", "Nothing was changed. See errors.", errors=errors)


class PlainRoute(APIRoute):
    """What is sent in the wrong form is told once for each field, with the remedy that belongs to it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def plainly(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                raise must_be_put_right(refusals_of(list(error.errors()))) from None

        return plainly


def refusals_in(error: ValidationError) -> tuple[Refusal, ...]:
    return refusals_of(list(error.errors(include_input=False, include_url=False)))


def refusals_of(details: list[Any]) -> tuple[Refusal, ...]:
    """One for each field, without what was typed."""
    found: dict[str, Refusal] = {}
    for detail, problem in zip(details, field_problems(details), strict=True):
        places = [str(place) for place in detail["loc"] if place not in ("body", "query", "path", "header")]
        field = places[0] if places and detail["type"] != "json_invalid" else "body"
        remedy = (detail.get("ctx") or {}).get("remedy", problem.remedy)
        found.setdefault(field, Refusal(field, problem.problem, remedy))
    return tuple(found.values())
