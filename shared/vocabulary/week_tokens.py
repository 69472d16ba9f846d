"""Cuts the times people write into days, parts of the day, hours and joining words. `week_words` puts the meaning together."""
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from shared.vocabulary.clock_words import DAY_END, TIME, Hours, hours_between, hours_from, hours_until, moment

PARTS: dict[str, Hours] = {
    "early morning": (24, 32),
    "morning": (28, 48),
    "lunchtime": (48, 56),
    "afternoon": (48, 68),
    "teatime": (64, 72),
    "daytime": (36, 68),
    "evening": (68, 88),
    "night": (88, 28),
    "any time": (28, 88),
    "24 hours": (0, 96),
}
"""What the words for parts of a day mean, in quarters of a day. Published in `week_words.MEANINGS`."""
_HINTS = {"early morning": "am", "morning": "am", "afternoon": "pm", "teatime": "pm", "evening": "pm", "lunchtime": "pm"}

Sort = Literal["days", "part", "hours", "not", "and", "stop", "word", "unknown"]


@dataclass(frozen=True)
class Token:
    sort: Sort
    words: str
    at: int
    """Where in the text it begins."""
    days: tuple[int, ...] = ()
    weekend: bool = False
    """Days only: it is the bare word 'weekend'."""
    hours: Hours | None = None
    """None for hours that could mean two things."""
    part: str = ""
    clock: tuple[str, ...] = ()
    """Hours only: 'between', 'from' or 'until', and the times as written."""

    def beside(self, part: "Token") -> "Token":
        """These hours, settled by a part of the day said beside them ('evenings 6-9'). No hours where the two disagree."""
        how, *times = self.clock
        hint = _HINTS.get(part.part, "")
        hours = _hours(how, times, hint)
        if hours is not None and hint and (hours[0] < 48) != (hint == "am"):
            hours = None
        return replace(self, hours=hours)


    def taken_away(self, part: "Token | None") -> "Token":
        """'Mornings, not before 8' is of the morning; and what is ruled out before or after a time is the night too."""
        hint = _HINTS.get(part.part, "") if part else ""
        if self.sort != "hours" or self.clock[0] == "between":
            return self.beside(part) if part and self.hours is None else self
        at = moment(self.clock[1], hint)
        if at is None:
            return replace(self, hours=None)
        return replace(self, hours=(at, DAY_END) if self.clock[0] == "from" else (0, at or DAY_END))

    def after(self, earlier: Hours) -> "Token":
        """These hours, settled by those before them on the same day: '9-12 and 1-4' goes on into the afternoon."""
        if self.hours or self.clock[:1] != ("between",) or earlier[1] <= earlier[0]:
            return self
        in_morning, later = (_hours(self.clock[0], list(self.clock[1:]), half) for half in ("am", "pm"))
        sure = in_morning is not None and in_morning[0] < earlier[1] and later is not None and later[0] >= earlier[1]
        return replace(self, hours=later) if sure else self


def _hours(how: str, times: list[str], hint: str = "") -> Hours | None:
    if how == "between":
        return hours_between(times[0], times[1], hint)
    return hours_from(times[0], hint) if how == "from" else hours_until(times[0], hint)


_STARTS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = (
    r"(?:mon(?:days?|s)?|tue(?:s(?:days?)?)?|wed(?:s|nesdays?)?|thu(?:rs?(?:days?)?)?"
    r"|fri(?:days?|s)?|sat(?:urdays?|s)?|sun(?:days?|s)?)(?:'s)?(?![a-z])"
)
_TO = r"\s*(?:-|\bto\b|\btill?\b|\buntil\b|\bthrough\b|\bthru\b)\s*"
_PART_WORDS = {
    "early morning": r"early mornings?",
    "morning": r"mornings?|am",
    "lunchtime": r"lunch ?times?|lunch",
    "afternoon": r"afternoons?|pm",
    "teatime": r"tea ?times?",
    "daytime": r"day ?times?",
    "evening": r"evenings?|eves?",
    "night": r"(?:waking )?nights?|overnights?",
    "any time": r"any ?times?|all day(?: long)?(?! and night)",
    "24 hours": r"24 ?/ ?7|(?:any ?time,? |all )?day (?:and|or|&) night|24 ?(?:hours?|hrs?)(?: a day)?|round the clock",
}
_PATTERN = re.compile("|".join((
    r"(?P<full>" + _PART_WORDS["24 hours"] + r")(?![a-z0-9])",
    rf"(?P<range>(?P<d1>{_DAY}){_TO}(?P<d2>{_DAY})|m ?- ?f(?![a-z]))",
    rf"(?P<day>{_DAY})",
    r"(?P<weekdays>week[ -]?days?)(?![a-z])",
    r"(?P<weekend>(?:week|wk)[ -]?ends?|wknds?|w/ends?|w/e)(?![a-z])",
    r"(?P<everyday>(?:every|each|any) ?days?|all days|(?:7|seven) days(?: a week)?|daily|all week)(?![a-z])",
    rf"(?P<between>between\s+(?P<t1>{TIME})\s+and\s+(?P<t2>{TIME})|(?:(?:from|between)\s+)?(?P<t3>{TIME}){_TO}(?P<t4>{TIME}))",
    rf"(?P<after>(?:after|from)\s+(?P<t5>{TIME})(?:\s*onwards?)?|(?P<t6>{TIME})\s*onwards?)",
    rf"(?P<before>(?:before|until|till?|up to)\s+(?P<t7>{TIME}))",
    *(rf"(?P<part_{number}>{words})(?![a-z])" for number, words in enumerate(_PART_WORDS.values())),
    r"(?P<not>(?:but )?(?:not|except(?: for)?|excluding|apart from|no|never|can'?t do|cannot do)(?![a-z]))",
    r"(?P<and>(?:and|or|plus|also)(?![a-z])|[&+/])",
    r"(?P<word>(?:on|at|in|the|i|am|can|do|work|free|available|every|each|any|all|only|but)(?![a-z]))",
    r"(?P<stop>[,;\n]|\.(?!\d))",
    r"(?P<space>\s+|[():@-])",
    r"(?P<unknown>[^\s,;]+)",
)))


def plain(text: str) -> str:
    """Lower case, one kind of dash and quote; as long as what was typed wherever it can be, so that places in it still hold."""
    text = unicodedata.normalize("NFC", text).lower()
    text = re.sub(r"[‐‑‒–—−]", "-", text).replace("’", "'")
    return re.sub(r"\b([ap])\.m(\.?)", lambda found: f"{found[1]}m{' ' * (len(found[0]) - 2)}", text)


def tokens(text: str) -> Iterator[Token]:
    """`text` must be `plain` already."""
    for found in _PATTERN.finditer(text):
        token = _token(found)
        if token:
            yield token


def _token(found: re.Match[str]) -> Token | None:
    sort, words, at = found.lastgroup or "", found[0], found.start()
    sort = next(name for name in _NAMES if found[name] is not None)
    if sort in ("not", "and", "stop", "word", "unknown"):
        return Token(sort, words, at)  # type: ignore[arg-type]
    if sort == "full":
        return Token("part", words, at, hours=PARTS["24 hours"], part="24 hours")
    if sort.startswith("part_"):
        name = tuple(_PART_WORDS)[int(sort.removeprefix("part_"))]
        return Token("part", words, at, hours=PARTS[name], part=name)
    if sort in ("between", "after", "before"):
        times = [time for time in found.group("t1", "t2", "t3", "t4", "t5", "t6", "t7") if time]
        how = {"between": "between", "after": "from", "before": "until"}[sort]
        return Token("hours", words, at, hours=_hours(how, times), clock=(how, *times))
    if sort == "space":
        return None
    return Token("days", words, at, days=_days(found, sort), weekend=sort == "weekend")


_NAMES = tuple(name for name in _PATTERN.groupindex if name[0] not in "td" or len(name) != 2)


def _days(found: re.Match[str], sort: str) -> tuple[int, ...]:
    if sort == "day":
        return (_STARTS.index(found[0][:3]),)
    if sort == "range" and found["d1"]:
        first, last = (_STARTS.index(found[name][:3]) for name in ("d1", "d2"))
        return tuple((first + step) % 7 for step in range((last - first) % 7 + 1))
    return {"weekdays": (0, 1, 2, 3, 4), "range": (0, 1, 2, 3, 4), "weekend": (5, 6), "everyday": (0, 1, 2, 3, 4, 5, 6)}[sort]
