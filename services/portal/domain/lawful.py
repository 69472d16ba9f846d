"""Why a must about sex, faith or culture may be one: how it stands today, and what was written down of it, for good."""
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.portal.domain.plan import PROTECTED, LawfulReason, Plan, Strength, Wants, Wish


class Act(StrEnum):
    RECORDED = "recorded"
    CHANGED = "changed"
    ENDED = "ended"
    """Taken off the plan, or made less than a must. That its last day passed is not an act: `until` says it beforehand."""


@dataclass(frozen=True, slots=True)
class ReasonEntry:
    """One line of the record. Lines are only ever added."""

    council: str
    plan_id: UUID
    person_id: UUID
    plan_revision: int
    at: datetime
    by: UUID | None
    """The account that did it; None: the system that the plan comes from, which `source` names."""
    source: str
    act: Act
    criterion: str
    values: tuple[str, ...]
    reason: LawfulReason


def entries(before: Plan, after: Plan, by: UUID | None, now: datetime) -> list[ReasonEntry]:
    """What the step from one to the other adds to the record. A plan of revision 0 is one that was not there before."""
    had = _musts(before.wants) if before.revision else {}
    has = _musts(after.wants)
    return [
        ReasonEntry(after.council, after.plan_id, after.person_id, after.revision, now, by, after.source.source, act,
                    wish.criterion, wish.values, reason)
        for act, wish, reason in _acts(had, has)
    ]  # fmt: skip


def in_force(wish: Wish, wants: Wants, today: date) -> bool:
    """Whether the matcher counts it as a must: its day has not passed when the work begins, and the plan has such a task."""
    begins = max(today, wants.start_on) if wants.start_on else today
    return wish.reason is not None and wish.reason.until >= begins and bool(set(wish.reason.tasks) & set(wants.tasks))


Musts = dict[tuple[str, tuple[str, ...]], tuple[Wish, LawfulReason]]


def _musts(wants: Wants) -> Musts:
    return {
        (wish.criterion, wish.values): (wish, wish.reason)
        for wish in wants.wishes
        if wish.criterion in PROTECTED and wish.strength is Strength.MUST and wish.reason is not None
    }


def _acts(had: Musts, has: Musts) -> Iterator[tuple[Act, Wish, LawfulReason]]:
    for key, (wish, reason) in has.items():
        if key not in had:
            yield Act.RECORDED, wish, reason
        elif had[key][1] != reason:
            yield Act.CHANGED, wish, reason
    for key, (wish, reason) in had.items():
        if key not in has:
            yield Act.ENDED, wish, reason
