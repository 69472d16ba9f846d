"""What a list's last change was, with words: who was gained, who was lost, who moved, and why."""
from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from services.matcher.domain.changes import Difference
from services.matcher.domain.shortlist import Shortlist
from shared.vocabulary.change_words import change
from shared.vocabulary.reasons import in_general


class LackingOut(BaseModel):
    code: str
    text: str


class DifferenceOut(BaseModel):
    profile_id: UUID
    what: Literal["added", "lost", "moved"]
    why: list[Literal["rules", "plan", "profile", "came", "left", "day", "turn"]]
    text: str
    was_rank: int | None
    """Null: was not on the list."""
    rank: int | None
    """Null: is not on the list."""
    was_unmet: list[LackingOut]
    unmet: list[LackingOut]


class ChangesOut(BaseModel):
    """`since`: the revision before. Null: this is the plan's first list since it was opened, so there is nothing to compare.

    The counts are exact; of each sort the first 200 are named.
    """

    plan_id: UUID
    revision: int
    since: int | None
    day: date
    cause: Literal["plan", "profiles", "rules"]
    added: int
    lost: int
    moved: int
    items: list[DifferenceOut]


def changes_out(shortlist: Shortlist) -> ChangesOut:
    last = shortlist.last
    return ChangesOut(
        plan_id=shortlist.plan_id,
        revision=shortlist.revision,
        since=last.since if last else None,
        day=shortlist.day,
        cause=shortlist.cause.value,
        added=last.added if last else 0,
        lost=last.lost if last else 0,
        moved=last.moved if last else 0,
        items=[_difference(one) for one in last.differences] if last else [],
    )


def _difference(one: Difference) -> DifferenceOut:
    return DifferenceOut(
        profile_id=one.profile_id,
        what=one.what.value,
        why=[why.value for why in one.why],
        text=change(one.what.value, [why.value for why in one.why]),
        was_rank=one.was_rank,
        rank=one.rank,
        was_unmet=[_lacking(code) for code in one.was_unmet],
        unmet=[_lacking(code) for code in one.unmet],
    )


def _lacking(code: str) -> LackingOut:
    return LackingOut(code=code, text=in_general(code))
