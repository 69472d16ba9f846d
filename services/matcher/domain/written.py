"""A list as it is written down for its digest: text that anybody can read and check with `sha256sum`.

Every character follows from the places alone, whatever version of Python or of a library writes it. First what anybody lacks,
each once, numbered in the order in which the list comes to it: its group and each must not met. Then a line for each place, best
first: who, revision, score, metres, coverage and the number of what they lack, all lines of one width. A coverage of dashes: the
plan asks for no times. Of a list with nobody there is nothing.

    0 fitting
    1 near practice:practice_no

    ee8253c4-5834-541a-b48f-a1e6efcce708 3 1000000   1337  500000 0
"""
from collections.abc import Iterable, Sequence

import numpy as np

from services.matcher.domain.finding import Reason
from services.matcher.domain.kernel.columns import Array, Ints
from services.matcher.domain.places import NO_TIMES, Lacks, Listed, Places
from services.matcher.domain.placing import Placement, group_of

PARTS = (8, 4, 4, 4, 12)
"""Letters between the dashes of an id."""
SPACE, DASH, ZERO, END = b" -0\n"


def written_down(places: Places) -> bytes:
    if not len(places):
        return b""
    which, lacks = _in_order_of_appearance(places)
    groups = [group_of(len(lacked), places.near_miss).value for lacked in lacks]
    head = [f"{' '.join([str(nth), groups[nth], *_said(lacked)])}\n" for nth, lacked in enumerate(lacks)]
    letters = np.frombuffer(places.ids.tobytes().hex().encode(), np.uint8).reshape(-1, 32)
    names = np.split(letters, np.cumsum(PARTS)[:-1], axis=1)
    columns = [_digits(column) for column in (places.revisions, places.scores, places.away_m)]
    columns += [_digits(places.coverage, missing=NO_TIMES), _digits(which)]
    apart = [DASH] * (len(names) - 1) + [SPACE] * len(columns) + [END]
    lines = np.empty((len(places), sum(part.shape[1] + 1 for part in (*names, *columns))), np.uint8)
    at = 0
    for part, after in zip((*names, *columns), apart, strict=True):
        lines[:, at : at + part.shape[1]] = part
        at += part.shape[1] + 1
        lines[:, at - 1] = after
    return "".join([*head, "\n"]).encode() + lines.tobytes()


def _in_order_of_appearance(places: Places) -> tuple[Ints, list[Lacks]]:
    """For each place the number of what it lacks, and what each number stands for."""
    first = np.full(len(places.said), len(places), np.int64)
    np.minimum.at(first, places.lacking, np.arange(len(places)))
    order = np.argsort(first, kind="stable")[: np.count_nonzero(first < len(places))]
    numbers = np.zeros(len(places.said), np.int64)
    numbers[order] = np.arange(len(order))
    return numbers[places.lacking], [places.said[nth] for nth in order.tolist()]


def _digits(numbers: Array, missing: int | None = None) -> Array:
    """A column of characters for each number, as wide as the widest, spaces before it. None of them is below nothing."""
    there = numbers if missing is None else np.maximum(numbers, 0)
    most = int(there.max(initial=0))
    width = len(str(most))
    found = np.empty((len(there), width), np.uint8)
    rest: Array = there.astype(np.min_scalar_type(most) if most > 255 else np.uint16)  # the narrower, the quicker to divide
    for at in range(width - 1, -1, -1):
        above = rest // rest.dtype.type(10)
        digit = (rest - above * rest.dtype.type(10)).astype(np.uint8) + np.uint8(ZERO)
        found[:, at] = digit if at == width - 1 else np.where(rest > 0, digit, SPACE)
        rest = above
    if missing is not None:
        found[numbers == missing] = DASH
    return found


def in_lines(places: Places) -> bytes:
    """As lists were written down in November 2026: a line for each place that says all of it."""
    return "".join(_line(one, _said(one.lacks)) for one in places).encode()


def in_lines_with_details(placements: Sequence[Placement]) -> bytes:
    """As lists were written down before that: each must not met with its details."""
    return "".join(_line(one, map(_reason, one.unmet)) for one in placements).encode()


def _line(one: Listed | Placement, lacks: Iterable[str]) -> str:
    covered = "-" if one.coverage is None else one.coverage
    said = one.profile_id, one.profile_revision, one.group.value, one.score, one.distance_m, covered, *lacks
    return f"{' '.join(map(str, said))}\n"


def _said(lacks: Lacks) -> list[str]:
    return [f"{criterion.value}:{code}" for criterion, code in lacks]


def _reason(reason: Reason) -> str:
    said = ",".join(f"{name}={value}" for name, value in reason.params)
    return f"{reason.criterion}:{reason.code}({said})"
