"""Which list of a profile a field of a form goes to, and how a list changes when one field is said again."""
from collections.abc import Iterable
from dataclasses import dataclass, replace

from services.registry.domain.values import Claim

SMOKES = "smokes"
"""A habit of one's own among the limits: it answers to the field of its name alone."""


@dataclass(frozen=True, slots=True)
class Goes:
    """`has`: whether what is listed there is had (or done, or fine) or not."""

    to: str
    kind: str
    has: bool = True


FIELDS = {
    "practices": Goes("practices", "practice"),
    "skills": Goes("skills", "skill"),
    "tasks": Goes("tasks", "task"),
    "interests": Goes("interests", "interest"),
    "fine_with": Goes("limits", "limit"),
    "will_not_do": Goes("tasks", "task", has=False),
    "cannot_be_with": Goes("limits", "limit", has=False),
}
"""In the order they are read: what somebody will not do is read after what they do, and wins."""


def belongs(claim: Claim, field: str) -> bool:
    if field == SMOKES:
        return claim.code == SMOKES
    return claim.code != SMOKES and claim.has == FIELDS[field].has


def said_again(standing: tuple[Claim, ...], field: str, said: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The list once a field is said: its old claims go, and a code cannot be on both sides.

    A code said again keeps the words it was first typed in: a page that sends the same codes back changes nothing.
    """
    codes = {claim.code for claim in said}
    typed = {replace(claim, typed=None): claim for claim in standing}
    others = [claim for claim in standing if not belongs(claim, field) and claim.code not in codes]
    return in_order([*others, *(typed.get(claim, claim) for claim in said)])


def in_order(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Always the same, whichever field was said last."""
    return tuple(sorted(claims, key=lambda claim: (not claim.has, claim.code)))


def without_unconfirmed(standing: tuple[Claim, ...], code: str | None, typed: str) -> tuple[Claim, ...]:
    return tuple(claim for claim in standing if claim.confirmed or claim.code != code or claim.typed != typed)
