"""How a refusal leaves: problem details with the field and the remedy (RFC 9457)."""
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

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


def refusals_in(error: ValidationError) -> tuple[Refusal, ...]:
    """What does not have the right form, one for each field, with the remedy of whoever found it unclear."""
    found: dict[str, Refusal] = {}
    details: list[Any] = list(error.errors(include_input=False, include_url=False))
    for detail, problem in zip(details, field_problems(details), strict=True):
        field = str(detail["loc"][0]) if detail["loc"] else "body"
        remedy = detail.get("ctx", {}).get("remedy", problem.remedy)
        found.setdefault(field, Refusal(field, problem.problem, remedy))
    return tuple(found.values())
