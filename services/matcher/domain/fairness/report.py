"""How often PAs of different kinds were shown and asked, beside how often it was their turn."""
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from services.matcher.domain.rules import WHOLE

LEAST = 5
"""No number of people, and no number of times, is told where it is smaller and not nought."""
NEW_FOR = timedelta(weeks=13)


class Cut(StrEnum):
    EVERYBODY = "everybody"
    EXPERIENCE = "experience"
    HOURS = "hours"


@dataclass(frozen=True)
class Seen:
    """One PA over the weeks looked at."""

    since: date | None
    """On the register since. None: since before that was written down."""
    most: int | None
    """The most quarter-hours a week they want. None: not said."""
    shown: int
    due: int
    """Millionths of a turn."""
    asked: int


@dataclass(frozen=True)
class Row:
    cut: Cut
    group: str
    pas: int | None
    """None, here and below: too few to tell."""
    seen: int | None
    """Shown at least once."""
    shown: int | None
    asked: int | None
    shown_of_due: int | None
    """Millionths: how often they were shown for each time it was their turn. Fair is 1,000,000 for every group."""


def report(everybody: Sequence[Seen], until: date) -> list[Row]:
    """`until`: the day the weeks looked at ended."""
    cuts: list[tuple[Cut, Sequence[str], Callable[[Seen], str]]] = [
        (Cut.EVERYBODY, ("all",), lambda _: "all"),
        (Cut.EXPERIENCE, ("new", "settled"), lambda one: experience(one, until)),
        (Cut.HOURS, ("up_to_10", "up_to_20", "more", "not_said"), hours_wanted),
    ]
    rows = []
    for cut, names, of in cuts:
        groups = {name: [one for one in everybody if of(one) == name] for name in names}
        told = tellable({name: len(those) for name, those in groups.items()})
        rows += [_row(cut, name, those) if name in told else _untold(cut, name) for name, those in groups.items()]
    return rows


def experience(one: Seen, until: date) -> str:
    return "new" if one.since is not None and one.since > until - NEW_FOR else "settled"


def hours_wanted(one: Seen) -> str:
    if one.most is None:
        return "not_said"
    return "up_to_10" if one.most <= 40 else "up_to_20" if one.most <= 80 else "more"


def tellable(sizes: dict[str, int]) -> set[str]:
    """All are known together, so what is left out is at least `LEAST` people: with too few, the next smallest goes too."""
    told = {name for name, size in sizes.items() if not size or size >= LEAST}
    while 0 < sum(size for name, size in sizes.items() if name not in told) < LEAST:
        left = sorted((size, name) for name, size in sizes.items() if name in told and size)
        if not left:
            return set()
        told.remove(left[0][1])
    return told


def _row(cut: Cut, group: str, those: Sequence[Seen]) -> Row:
    seen, shown = sum(bool(one.shown) for one in those), sum(one.shown for one in those)
    due, asked = sum(one.due for one in those), sum(one.asked for one in those)
    return Row(
        cut, group, len(those),
        seen=seen if _large(seen, len(those) - seen) else None,
        shown=shown if _large(shown) else None,
        asked=asked if _large(asked) else None,
        shown_of_due=shown * WHOLE * WHOLE // due if due >= LEAST * WHOLE else None,
    )


def _untold(cut: Cut, group: str) -> Row:
    return Row(cut, group, None, None, None, None, None)


def _large(*counts: int) -> bool:
    return all(not count or count >= LEAST for count in counts)
