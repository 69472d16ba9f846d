"""The rules as SQL: expressions put together as text, in one SELECT inside the other, a step each."""
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from benchmarks.ranking.sheet import E


@dataclass(frozen=True, eq=False)
class Sql:
    """A piece of SQL that knows the operators of an expression. Numbers only, so nothing in it needs quoting."""

    text: str
    divided: str = "/"
    """How the dialect divides whole numbers."""

    def _with(self, sign: str, other: Any) -> "Sql":
        return Sql(f"({self.text} {sign} {said(other)})", self.divided)

    def __add__(self, other: Any) -> "Sql":
        return self._with("+", other)

    def __sub__(self, other: Any) -> "Sql":
        return self._with("-", other)

    def __rsub__(self, other: Any) -> "Sql":
        return Sql(f"({other} - {self.text})", self.divided)

    def __mul__(self, other: Any) -> "Sql":
        return self._with("*", other)

    def __floordiv__(self, other: Any) -> "Sql":
        return self._with(self.divided, other)

    def __mod__(self, other: Any) -> "Sql":
        return self._with("%", other)

    def __eq__(self, other: object) -> "Sql":  # type: ignore[override]
        return self._with("=", other)

    def __ne__(self, other: object) -> "Sql":  # type: ignore[override]
        return self._with("<>", other)

    def __lt__(self, other: Any) -> "Sql":
        return self._with("<", other)

    def __le__(self, other: Any) -> "Sql":
        return self._with("<=", other)

    def __gt__(self, other: Any) -> "Sql":
        return self._with(">", other)

    def __ge__(self, other: Any) -> "Sql":
        return self._with(">=", other)

    def __and__(self, other: Any) -> "Sql":
        return self._with("AND", other)

    def __or__(self, other: Any) -> "Sql":
        return self._with("OR", other)

    def __invert__(self) -> "Sql":
        return Sql(f"(NOT {self.text})", self.divided)


def said(value: Any) -> str:
    return value.text if isinstance(value, Sql) else str(value)


class Dialect(Protocol):
    """How one database keeps the columns."""

    divided: str

    def number(self, name: str) -> str: ...

    def wide(self, name: str) -> str: ...

    def root(self, square: str) -> str: ...

    def shared_quarters(self, fixed: int) -> str: ...

    def said(self, column: str) -> str: ...

    def has(self, column: str) -> str: ...

    def sure(self, column: str) -> str: ...


class Nested:
    """A sheet that becomes SELECTs, each around the one before. `barrier` keeps a planner from writing them into one, in
    which what was let would be worked out again wherever it is named."""

    def __init__(self, dialect: Dialect, source: str, *, barrier: str = "") -> None:
        self.dialect, self.source, self.barrier = dialect, source, barrier
        self.waiting: dict[str, str] = {}
        self.steps: list[dict[str, str]] = []

    def _of(self, text: str) -> Sql:
        return Sql(text, self.dialect.divided)

    def number(self, name: str) -> Sql:
        return self._of(self.dialect.number(name))

    def wide(self, name: str) -> Sql:
        return self._of(self.dialect.wide(name))

    def where(self, truth: E, yes: E, no: E) -> Sql:
        return self._of(f"(CASE WHEN {said(truth)} THEN {said(yes)} ELSE {said(no)} END)")

    def largest(self, several: Sequence[E]) -> Sql:
        return self._of(f"greatest({', '.join(said(one) for one in several)})")

    def root(self, square: E) -> Sql:
        return self._of(self.dialect.root(said(square)))

    def shared_quarters(self, fixed: int) -> Sql:
        return self._of(self.dialect.shared_quarters(fixed))

    def any_tongue(self, bits: int) -> Sql:
        return self._of(f"((tongues & {bits}) <> 0)")

    def said(self, column: str) -> Sql:
        return self._of(self.dialect.said(column))

    def has(self, column: str) -> Sql:
        return self._of(self.dialect.has(column))

    def sure(self, column: str) -> Sql:
        return self._of(self.dialect.sure(column))

    def let(self, name: str, value: E) -> Sql:
        self.waiting[name] = said(value)
        return self._of(name)

    def step(self) -> None:
        self.steps.append(self.waiting)
        self.waiting = {}

    def select(self, wanted: Sequence[str]) -> str:
        """The whole query. Each step hands on only what a later one names."""
        needed, backwards = set(wanted), []
        for lets in reversed([*self.steps, self.waiting]):
            backwards.append((lets, needed))
            needed = (needed - lets.keys()) | {name for key in lets.keys() & needed for name in columns_in(lets[key])}
        query = self.source
        for nth, (lets, handed_on) in enumerate(reversed(backwards)):
            kept = [*sorted(handed_on - lets.keys()), *(f"{text} AS {name}" for name, text in lets.items() if name in handed_on)]
            query = f"(SELECT {', '.join(kept)} FROM {query} AS step_{nth}{self.barrier})"
        return query[1:-1]


class Inline(Nested):
    """Nothing gets a name: each expression whole, for a WHERE."""

    def let(self, name: str, value: E) -> Sql:
        return self._of(said(value))


def columns_in(text: str) -> set[str]:
    """Keywords are written large here, a function has a bracket behind it and a type two colons before."""
    return set(re.findall(r"(?<![:\w])[a-z_][a-z0-9_]*(?![\w(])", text))
