"""A must about sex, faith or culture, said back in plain words: for which jobs, until when, and what was written down of it."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.portal.domain.accounts import Role, Viewer
from services.portal.domain.lawful import Act, ReasonEntry, in_force
from services.portal.domain.plan import Plan, Strength
from services.portal.pages.wording import labelled, labelled_task, on

Given = tuple[str, str, str]
"""A wish with a reason, as the plan was given: what it is about, why, and until when (as JSON has a day)."""

ACTS = {Act.RECORDED: "gave this reason", Act.CHANGED: "changed the reason", Act.ENDED: "took the must off"}


@dataclass(frozen=True)
class HowItStands:
    strength: Strength
    text: str


@dataclass(frozen=True)
class Line:
    """One line of the record."""

    on: str
    text: str
    why: str
    """Empty for staff: what the person wrote is for them and those they let in."""


def how_they_stand(plan: Plan, today: date) -> dict[Given, HowItStands]:
    stand: dict[Given, HowItStands] = {}
    for wish in plan.wants.wishes:
        if wish.strength is Strength.MUST and wish.reason is not None:
            key = (wish.criterion, wish.reason.why, wish.reason.until.isoformat())
            if in_force(wish, plan.wants, today):
                counted = [code for code in plan.wants.tasks if code in wish.reason.tasks]
                rest = " For the other jobs you can ask anybody." if len(counted) < len(plan.wants.tasks) else ""
                stand[key] = HowItStands(Strength.MUST, f"Only for {listed(counted)}, until {on(wish.reason.until)}.{rest}")
            else:
                stand[key] = HowItStands(Strength.IMPORTANT, why_not(wish.reason.until, today))
    return stand


def why_not(until: date, today: date) -> str:
    if until < today:
        return f"The reason ended on {on(until)}, so this is not a must any more. You can give a new reason."
    return f"The reason ends on {on(until)}. That is before the work begins, so this is not a must."


def key_of(wish: dict[str, Any]) -> Given | None:
    reason = wish.get("reason")
    return (wish["criterion"], reason["why"], reason["until"]) if reason else None


def in_lines(record: Sequence[ReasonEntry], plan: Plan, viewer: Viewer) -> list[Line]:
    """Newest first."""
    return [
        Line(
            on(entry.at),
            f"{who(entry.by, plan, viewer)} {ACTS[entry.act]}: {asked_for(entry)}, "
            f"for {listed(entry.reason.tasks)}, until {on(entry.reason.until)}",
            "" if viewer.role is Role.STAFF else entry.reason.why,
        )
        for entry in reversed(record)
    ]


def who(by: UUID | None, plan: Plan, viewer: Viewer) -> str:
    if by is None:
        return "The plan that was sent to us"
    if by == viewer.account_id:
        return "You"
    return "The person" if by == plan.person_id else "A supporter"


def asked_for(entry: ReasonEntry) -> str:
    return " or ".join(labelled(entry.criterion, one) for one in entry.values)


def listed(codes: Sequence[str]) -> str:
    words = [labelled_task(code).lower() for code in codes]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
