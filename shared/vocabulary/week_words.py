"""Reads the times people write ("Mon-Fri mornings, not Weds") as far as they are sure; the rest is listed, never guessed."""
from collections.abc import Iterable
from dataclasses import dataclass

from shared.vocabulary.clock_words import Hours
from shared.vocabulary.week_bits import EMPTY, Week, slot
from shared.vocabulary.week_clauses import Clause, clauses
from shared.vocabulary.week_tokens import PARTS, Token, plain

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
    """The pieces left out of `week`, to ask about. One may have meant to take time away ('except school holidays')."""


def week_from_words(text: str) -> WeekReading:
    """The week meant, with the pieces that were understood and those that were not."""
    lowered = plain(text)
    reader = _Reader(text if len(text) == len(lowered) else lowered)
    found = clauses(lowered)
    for clause in found:
        reader.hear(clause)
    if not found and text.strip():
        return WeekReading(EMPTY, (), (text.strip(),))
    return reader.reading()


class _Reader:
    """Puts clauses together in the order they were written."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.steps: list[tuple[Clause, Week]] = []
        self.bare: list[Clause] = []
        """Days still waiting for their times: 'Mon, Wed, Fri mornings'."""
        self.floating: Clause | None = None
        """Times still waiting for their days: 'mornings, Mon-Fri'. Their place among the steps is kept."""
        self.last: Clause | None = None
        self.part: Token | None = None
        """The last part of the day that was said."""
        self.understood: list[Clause] = []
        self.unclear: list[Clause] = []

    def hear(self, clause: Clause) -> None:
        if clause.takes_away:
            clause.times = [time.taken_away(self.part) for time in clause.times]
        else:
            self.part = next((time for time in reversed(clause.times) if time.part), self.part)
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

    def _leave(self, clause: Clause) -> None:
        """What hangs on an unclear piece is unclear too."""
        if not clause.takes_away:
            self.unclear += self.bare
            self.bare = []
        self.unclear.append(clause)
        self.last = None

    def _whole(self, clause: Clause) -> None:
        self._settle_floating()
        days = set(clause.days)
        if clause.days_first and not clause.apart:
            days |= self._gather_bare()
        self._keep(clause, days, clause.hours)
        clause.days = days
        self.last = clause

    def _days_alone(self, clause: Clause) -> None:
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

    def _times_alone(self, clause: Clause) -> None:
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

    def _keep(self, clause: Clause, days: Iterable[int], hours: Iterable[Hours]) -> None:
        self.understood.append(clause)
        self.steps.append((clause, _times(days, hours)))

    def reading(self) -> WeekReading:
        self._settle_floating()
        timed = any(not clause.takes_away for clause, week in self.steps if week)
        waking: list[Clause] = []
        for clause in self.bare:
            sure = clause.weekend_alone or not (timed or self.unclear)
            (waking if sure else self.unclear).append(clause)
        self.understood += waking
        if not timed and not waking:
            # only what they cannot do: the rest of the week is not for us to assume
            self.unclear, self.understood = [*self.unclear, *self.understood], []
        week = EMPTY
        late = EMPTY
        for clause, times in self.steps:
            if clause.takes_away:
                late |= times if week == EMPTY else EMPTY
                week &= ~times
            else:
                week |= _times(clause.days, [WAKING]) if clause in waking else times
        return WeekReading(week & ~late, self._said(self.understood), self._said(self.unclear))

    def _said(self, several: Iterable[Clause]) -> tuple[str, ...]:
        return tuple(self.text[clause.start : clause.end].strip() for clause in sorted(several, key=lambda each: each.start))


def _times(days: Iterable[int], hours: Iterable[Hours]) -> Week:
    week = EMPTY
    for start, end in hours:
        for day in days:
            week |= slot(day, start, end)
    return week
