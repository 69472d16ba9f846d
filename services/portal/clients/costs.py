"""What the matcher answers about money: a cost all in, with the working behind it."""
from datetime import date
from typing import Literal
from uuid import UUID

from services.portal.clients.asking import Heard


class Figure(Heard):
    """A dated figure that the law or somebody else set."""

    item: str
    since: date
    value: str
    source: str


class Note(Heard):
    code: str
    text: str
    figures: tuple[Figure, ...] = ()


class Line(Note):
    a_year: int


class Pays(Heard):
    person: int | None = None
    council: int | None = None
    over_budget: int = 0


class Share(Heard):
    """What one of several people pays of a job they share."""

    plan_id: UUID
    person_id: UUID
    quarters: int
    a_week: int
    a_year: int
    pays: Pays


class Cost(Heard):
    """Pence. `a_week` is as it would be paid; `lines` add up to `a_year_before_allowance`."""

    a_week: int
    a_year: int
    a_week_before_allowance: int
    a_year_before_allowance: int
    on: date
    quarters: int
    rate: int
    hours: Literal["fixed", "irregular"]
    budget_buys: int | None = None
    pays: Pays
    shares: tuple[Share, ...] = ()
    lines: tuple[Line, ...]
    notes: tuple[Note, ...] = ()

    @property
    def allowance(self) -> int:
        """What Employment Allowance takes off in a year."""
        return self.a_year_before_allowance - self.a_year

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the figures behind it were read, each once, in the order used."""
        return tuple(dict.fromkeys(figure.source for part in (*self.lines, *self.notes) for figure in part.figures))
