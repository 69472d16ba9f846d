"""Reads the times people write ("Mon-Fri mornings, not Weds") as far as they are sure; the rest is listed, never guessed."""
from collections.abc import Iterable
from dataclasses import dataclass, field

from shared.vocabulary.clock_words import Hours
from shared.vocabulary.week_bits import EMPTY, Week, slot
from shared.vocabulary.week_tokens import PARTS, Token, plain, tokens

MEANINGS = {name: f"{start // 4:02d}:00-{end // 4:02d}:00" for name, (start, end) in PARTS.items()}
"""What the words for parts of a day mean here ('morning': '07:00-12:00'): published, and the same for everybody.
A day named without a time is 'any time', which is the waking day; whoever means the night says so."""

EVERY_DAY = frozenset(range(7))
WAKING = PARTS["any time"]
WHOLE = PARTS["24 hours"]


@dataclass(frozen=True)
class WeekReading:
    week: Week
    understood: tuple[str, ...]
    """The pieces that were read, as they were typed."""
    not_understood: tuple[str, ...]
    """The pieces left out of `week`, to ask about."""


@dataclass
class _Clause:
    """A stretch of words between commas: its days and its times, and which came first."""

    start: int
    end: int = 0
    days: set[int] = field(default_factory=set)
    times: list[Token] = field(default_factory=list)
    days_first: bool = False
    weekend_alone: bool = False
    takes_away: bool = False
    joined: bool = False
    """It follows 'and', '&' or '+'."""
    apart: bool = False
    """It begins a line or follows a semicolon or full stop."""
    unclear: bool = False

    @property
    def hours(self) -> list[Hours]:
        return [time.hours for time in self.times if time.hours]


def week_from_words(text: str) -> WeekReading:
    """The week meant, with the pieces that were understood and those that were not."""
    lowered = plain(text)
    reader = _Reader(text if len(text) == len(lowered) else lowered)
    for clause in _clauses(lowered):
        reader.hear(clause)
    return reader.reading()


def _clauses(text: str) -> Iterable[_Clause]:
    found: list[_Clause] = []
    now: _Clause | None = None
    before: Token | None = None
    start: int | None = None
    apart = False
    for token in tokens(text):
        joins = before is not None and before.sort == "and"
        if token.sort == "stop":
            now, start, apart = None, None, token.words != ","
        elif token.sort == "word":
            start = token.at if start is None else start
        elif token.sort != "and":
            if now is None or token.sort == "not" or _begins_anew(now, token, joins):
                begin = token.at if start is None else start
                now = _Clause(begin, takes_away=bool(now and now.takes_away and joins), joined=joins, apart=apart)
                found.append(now)
            _add(now, token, before)
            start, apart = None, False
        if now and token.sort != "and":
            now.end = token.at + len(token.words)
        before = token
    return found


def _begins_anew(now: _Clause, token: Token, joins: bool) -> bool:
    """'Mon 9-5 Tues 10-2', 'evenings and weekends': a second thought in the same stretch."""
    if now.unclear:
        return False
    if token.sort == "days":
        return bool(now.times) and (now.days_first or (joins and not now.days))
    if token.sort in ("part", "hours"):
        return bool(now.days) and (not now.days_first or (joins and not now.times))
    return False


def _add(clause: _Clause, token: Token, before: Token | None) -> None:
    if token.sort == "not":
        clause.takes_away = True
    elif token.sort == "unknown":
        clause.unclear = True
    elif token.sort == "days":
        clause.weekend_alone = token.weekend and not clause.days
        clause.days_first = clause.days_first or not clause.times
        clause.days |= set(token.days)
    elif before is not None and clause.times and {before.sort, token.sort} == {"part", "hours"} and before is clause.times[-1]:
        hours, part = (token, before) if token.sort == "hours" else (before, token)
        clause.times[-1] = hours.beside(part)
    else:
        clause.times.append(token)


class _Reader:
    """Puts clauses together in the order they were written."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.steps: list[tuple[_Clause, Week]] = []
        self.bare: list[_Clause] = []
        """Days still waiting for their times: 'Mon, Wed, Fri mornings'."""
        self.floating: _Clause | None = None
        """Times still waiting for their days: 'mornings, Mon-Fri'. Their place among the steps is kept."""
        self.last: _Clause | None = None
        self.understood: list[_Clause] = []
        self.unclear: list[_Clause] = []

    def hear(self, clause: _Clause) -> None:
        if clause.unclear or any(time.hours is None for time in clause.times) or not (clause.days or clause.times):
            self._leave(clause)
        elif clause.takes_away:
            self._keep(clause, clause.days or EVERY_DAY, clause.hours or [WHOLE])
        elif clause.days and clause.times:
            self._whole(clause)
        elif clause.days:
            self._days_alone(clause)
        else:
            self._times_alone(clause)

    def _leave(self, clause: _Clause) -> None:
        """What hangs on an unclear piece is unclear too."""
        if not clause.takes_away:
            self.unclear += self.bare
            self.bare = []
        self.unclear.append(clause)
        self.last = None

    def _whole(self, clause: _Clause) -> None:
        self._settle_floating()
        days = set(clause.days)
        if clause.days_first and not clause.apart:
            days |= self._gather_bare()
        self._keep(clause, days, clause.hours)
        clause.days = days
        self.last = clause

    def _days_alone(self, clause: _Clause) -> None:
        if self.floating and not clause.weekend_alone:
            clause.times, self.last = self.floating.times, clause
            self.understood.append(clause)
            self._settle_floating(clause.days)
        elif self.last and not self.last.days_first and not clause.weekend_alone:
            self._keep(clause, clause.days, self.last.hours)
        else:
            self._settle_floating()
            self.bare.append(clause)
            self.steps.append((clause, EMPTY))

    def _times_alone(self, clause: _Clause) -> None:
        self._settle_floating()
        if self.bare and not clause.joined:
            clause.days = self._gather_bare()
            clause.days_first = True
            self._keep(clause, clause.days, clause.hours)
            self.last = clause
        elif self.last:
            # the narrower of two readings: 'Mon-Fri mornings, evenings' says nothing of Saturday
            self._keep(clause, self.last.days, clause.hours)
        else:
            self.floating = clause
            self.steps.append((clause, EMPTY))

    def _settle_floating(self, days: Iterable[int] = EVERY_DAY) -> None:
        if self.floating:
            self.understood.append(self.floating)
            self.steps = [(c, _times(days, c.hours) if c is self.floating else times) for c, times in self.steps]
            self.floating = None

    def _gather_bare(self) -> set[int]:
        days: set[int] = set()
        for clause in self.bare:
            if clause.weekend_alone and len(self.bare) > 1:
                continue
            days |= clause.days
            self.understood.append(clause)
        self.bare = [clause for clause in self.bare if clause not in self.understood]
        return days

    def _keep(self, clause: _Clause, days: Iterable[int], hours: Iterable[Hours]) -> None:
        self.understood.append(clause)
        self.steps.append((clause, _times(days, hours)))

    def reading(self) -> WeekReading:
        self._settle_floating()
        timed = any(not clause.takes_away for clause, week in self.steps if week)
        waking: list[_Clause] = []
        for clause in self.bare:
            sure = clause.weekend_alone or not (timed or self.unclear)
            (waking if sure else self.unclear).append(clause)
        self.understood += waking
        week = EMPTY
        late = EMPTY
        for clause, times in self.steps:
            if clause.takes_away:
                late |= times if week == EMPTY else EMPTY
                week &= ~times
            else:
                week |= _times(clause.days, [WAKING]) if clause in waking else times
        return WeekReading(week & ~late, self._said(self.understood), self._said(self.unclear))

    def _said(self, clauses: Iterable[_Clause]) -> tuple[str, ...]:
        return tuple(self.text[clause.start : clause.end].strip() for clause in sorted(clauses, key=lambda each: each.start))


def _times(days: Iterable[int], hours: Iterable[Hours]) -> Week:
    week = EMPTY
    for start, end in hours:
        for day in days:
            week |= slot(day, start, end)
    return week
