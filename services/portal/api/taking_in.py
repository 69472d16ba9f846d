"""Many plans at once: good ones in, bad ones reported, each in a transaction of its own."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from pydantic import ValidationError

from services.portal.api.shapes import PlanWithWords, ReportOut, RowOut, errors, taken_in
from services.portal.domain.plan import PlanRefused
from services.portal.domain.taken_in import TakenIn
from services.portal.ports import Begin
from services.portal.usecases.plans import take_in_plan
from shared.runtime.clock import utc
from shared.runtime.http import FieldProblem, field_problems


@dataclass(frozen=True)
class Candidate:
    """One plan as it came, not yet checked; or what already spoke against it."""

    given: Any
    not_understood: tuple[str, ...] = ()
    errors: tuple[FieldProblem, ...] = ()


async def take_in_one(begin: Begin, council: str, given: PlanWithWords) -> TakenIn:
    async with begin() as work:
        return await take_in_plan(
            council, given.plan(), work, now=utc(), fresh=uuid4, title=given.title, own_words=given.own_words
        )


async def take_in_all(
    begin: Begin, council: str, candidates: Iterable[Candidate], not_understood: Sequence[str] = ()
) -> ReportOut:
    """A row that fails leaves the others alone; rows are reported in the order they came."""
    rows = [await take_in_row(begin, council, row, one) for row, one in enumerate(candidates, start=1)]
    return ReportOut(rows=rows, counts=Counter(one.outcome for one in rows), not_understood=list(not_understood))


async def take_in_row(begin: Begin, council: str, row: int, candidate: Candidate) -> RowOut:
    source_id = candidate.given.get("source_id") if isinstance(candidate.given, dict) else None
    known: dict[str, Any] = {"row": row, "source_id": source_id, "not_understood": list(candidate.not_understood)}
    if not isinstance(source_id, str):
        known["source_id"] = None
    if candidate.errors:
        return RowOut(**known, outcome="refused", errors=list(candidate.errors))
    try:
        taken = await take_in_one(begin, council, PlanWithWords.model_validate(candidate.given))
    except ValidationError as invalid:
        return RowOut(**known, outcome="refused", errors=field_problems(invalid.errors(include_input=False, include_url=False)))
    except PlanRefused as refused:
        return RowOut(**known, outcome="refused", errors=errors(refused))
    return RowOut(**known, **taken_in(taken))
