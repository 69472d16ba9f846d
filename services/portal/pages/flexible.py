"""The hours of a plan that can move: rows of a form, one piece of time in each."""
from typing import Any

from services.portal.domain.plan import Plan
from services.portal.pages.typed import Typed
from services.portal.pages.wording import hours
from shared.vocabulary import week

PARTS = ("hours", "window", "least")
MOST_ROWS = 20
QUARTER = 4


def rows_shown(typed: Typed) -> list[int]:
    """The rows with something in them, and one more to fill in."""
    used = [row for row in range(MOST_ROWS) if any(typed.one(f"flexible_{part}-{row}") for part in PARTS)]
    return list(range(min(len(used) + 1, MOST_ROWS)))


def as_typed(given: list[dict[str, Any]]) -> dict[str, object]:
    shown: dict[str, object] = {}
    for row, piece in enumerate(given):
        least = f"{float(piece['at_least_hours']):g}" if "at_least_hours" in piece else None
        shown |= {f"flexible_hours-{row}": f"{float(piece['hours']):g}", f"flexible_window-{row}": piece["window"],
                  f"flexible_least-{row}": least}
    return shown


def flexible_typed(typed: Typed) -> list[dict[str, Any]]:
    """In the shape of `shared.contracts.intake.FlexibleIn`. Empty rows close up, so that row and piece have the same number."""
    found = [values for row in range(MOST_ROWS) if any(values := [typed.one(f"flexible_{part}-{row}") for part in PARTS])]
    for row in range(MOST_ROWS):
        for at, part in enumerate(PARTS):
            typed.values.pop(f"flexible_{part}-{row}", None)
            if row < len(found):
                typed.values[f"flexible_{part}-{row}"] = [found[row][at]]
    return [piece_typed(typed, row) for row in range(len(found))]


def piece_typed(typed: Typed, row: int) -> dict[str, Any]:
    wanted = typed.number(f"flexible_hours-{row}", "these hours", most=168)
    least = typed.number(f"flexible_least-{row}", "the hours at one go", most=24)
    for name, number in ((f"flexible_hours-{row}", wanted), (f"flexible_least-{row}", least)):
        if number is not None and (number == 0 or number % 1 * QUARTER % 1):
            typed.say(name, "Write hours in quarters, like 1 or 1.25")
    if wanted is None:
        typed.say(f"flexible_hours-{row}", "Write how many hours can move, or empty the row")
    if not typed.one(f"flexible_window-{row}"):
        typed.say(f"flexible_window-{row}", "Write in which times, like: weekday afternoons. Or empty the row")
    piece: dict[str, Any] = {"hours": str(wanted), "window": typed.one(f"flexible_window-{row}")}
    return piece | ({"at_least_hours": str(least)} if least is not None else {})


FIELDS = {"hours": "hours", "window": "window", "at_least_hours": "least"}


def field_of(row: int, name: str) -> str:
    """Where the form has what the plan calls `flexible[2].at_least_hours`."""
    return f"flexible_{FIELDS.get(name, 'window')}-{row}"


def in_words(plan: Plan) -> list[str]:
    """'3 hours a week, in Saturday 9am to 12pm'"""
    return [
        f"{hours(piece.quarters)} a week, in {week.in_words(week.from_hex(piece.window))}"
        + (f" (at least {hours(piece.at_least)} at one go)" if piece.at_least > 1 else "")
        for piece in plan.wants.flexible
    ]
