"""Gathers days and times into clauses, the stretches between commas. `week_words` puts clauses together into a week."""
from dataclasses import dataclass, field

from shared.vocabulary.clock_words import Hours
from shared.vocabulary.week_tokens import Token, tokens


@dataclass
class Clause:
    """A stretch of words between commas: its days and its times, and which came first."""

    start: int
    end: int = 0
    days: set[int] = field(default_factory=set)
    times: list[Token] = field(default_factory=list)
    days_first: bool = False
    weekend_alone: bool = False
    takes_away: bool = False
    moved: bool = False
    """Its times stood after those of another day: 'weekday evenings + all day Sat'."""
    joined: bool = False
    """It follows 'and', '&' or '+'."""
    apart: bool = False
    """It begins a line or follows a semicolon or full stop."""
    unclear: bool = False

    @property
    def hours(self) -> list[Hours]:
        return [time.hours for time in self.times if time.hours]


def clauses(text: str) -> list[Clause]:
    found: list[Clause] = []
    now: Clause | None = None
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
            if now and before and _belongs_to_next(now, token, before):
                taken = now.times.pop()
                now.end = now.times[-1].at + len(now.times[-1].words)
                now = Clause(taken.at, times=[taken], moved=True)
                found.append(now)
            elif now is None or token.sort == "not" or _begins_anew(now, token, joins):
                begin = token.at if start is None else start
                now = Clause(begin, takes_away=bool(now and now.takes_away and joins), joined=joins, apart=apart)
                found.append(now)
            _add(now, token, before)
            start, apart = None, False
        if now and token.sort != "and":
            now.end = token.at + len(token.words)
        before = token
    return found


def _begins_anew(now: Clause, token: Token, joins: bool) -> bool:
    """'Mon 9-5 Tues 10-2', 'evenings and weekends': a second thought in the same stretch."""
    if now.unclear:
        return False
    if token.sort == "days":
        return bool(now.times) and (now.days_first or (joins and not now.days))
    if token.sort in ("part", "hours"):
        return bool(now.days) and (not now.days_first or (joins and not now.times))
    return False


def _belongs_to_next(now: Clause, token: Token, before: Token) -> bool:
    return token.sort == "days" and now.days_first and len(now.times) > 1 and before is now.times[-1] and not now.unclear


def _add(clause: Clause, token: Token, before: Token | None) -> None:
    if token.sort == "not":
        clause.takes_away = True
    elif token.sort == "unknown" or (clause.moved and token.sort in ("part", "hours")):
        clause.unclear = True
    elif token.sort == "days":
        clause.weekend_alone = token.weekend and not clause.days
        clause.days_first = clause.days_first or not clause.times
        clause.days |= set(token.days)
    elif before is not None and clause.times and {before.sort, token.sort} == {"part", "hours"} and before is clause.times[-1]:
        hours, part = (token, before) if token.sort == "hours" else (before, token)
        clause.times[-1] = hours.beside(part)
    else:
        earlier = clause.hours
        clause.times.append(token.after(earlier[-1]) if earlier and token.sort == "hours" else token)
