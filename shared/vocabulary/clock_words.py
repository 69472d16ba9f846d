"""Reads hours as people write them ("9.30 - 2pm", "22:00-06:00") into quarters of a day; None where two readings are likely."""
import re

TIME = r"(?:noon|midday|midnight|\d{1,2}[:.]\d{2} ?(?:am|pm)?|\d{4}(?: ?hrs?)?|\d{1,2} ?(?:am|pm)?)(?![a-z0-9:])"
Hours = tuple[int, int]
"""First quarter (0-95), and the quarter it ends before (1-96; not more than the first: on the next day)."""

DAY_END, WAKING_START, WAKING_END = 96, 28, 88
_SHAPE = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))? ?(?P<half>am|pm)?|(?P<four>\d{4})(?: ?hrs?)?")
_NAMED = {"noon": (12, 0, "24"), "midday": (12, 0, "24"), "midnight": (0, 0, "24")}


def hours_between(start: str, end: str, hint: str = "") -> Hours | None:
    """`hint` is a part of the day said beside it: 'am' or 'pm'. It settles bare numbers ('evenings 6-9')."""
    first, last = _time(start), _time(end)
    if first is None or last is None:
        return None
    for begin, finish in _readings(first, last, hint):
        return begin, finish
    return None


def hours_from(start: str, hint: str = "") -> Hours | None:
    """From then to the end of the waking day."""
    begin = moment(start, hint)
    return (begin, WAKING_END) if begin is not None and begin < WAKING_END else None


def hours_until(end: str, hint: str = "") -> Hours | None:
    """From the start of the waking day until then."""
    finish = moment(end, hint)
    return (WAKING_START, finish) if finish is not None and finish > WAKING_START else None


_Time = tuple[int, int, str]
"""Hour, minute, and 'am', 'pm', '24' (sure already) or '' (a bare number)."""


def _time(words: str) -> _Time | None:
    words = words.strip()
    if words in _NAMED:
        return _NAMED[words]
    found = _SHAPE.fullmatch(words)
    if not found:
        return None
    if found["four"]:
        hour, minute, half = int(found["four"][:2]), int(found["four"][2:]), "24"
    else:
        hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"] or ""
        if half and not 1 <= hour <= 12:
            return None
        if not half and (hour > 12 or hour == 0 or found["hour"].startswith("0")):
            half = "24"
    if hour > 24 or minute % 15 or minute > 45 or (hour == 24 and minute):
        return None
    return hour, minute, half


def _quarter(time: _Time, half: str = "") -> int:
    hour, minute, known = time
    half = known if known in ("am", "pm") else half
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return hour * 4 + minute // 15


def moment(words: str, hint: str = "") -> int | None:
    """One time of the day, as a quarter of it."""
    time = _time(words)
    if time is None:
        return None
    if not time[2] and not hint:
        if time[0] < 9 and time[0] != 12:
            return None  # "after 6" is as likely one as the other
        return _quarter(time)
    return _quarter(time, "" if time[2] else hint)


def _readings(first: _Time, last: _Time, hint: str) -> list[Hours]:
    """The one sure reading, or none."""
    if first[2] and last[2]:
        return [_hours(_quarter(first), _quarter(last))]
    if first[2]:
        # '22:00-6:00' is by the 24-hour clock throughout
        by_24 = first[2] == "24" and first[0] > 12
        return [_hours(_quarter(first), _quarter(last))] if by_24 else [_next_after(_quarter(first), last)]
    if last[2]:
        return _before(first, last, hint)
    if hint:
        return [_next_after(_quarter(first, "pm" if first[0] == 12 else hint), last)]
    # both bare: sure from 8 on ("8-10", "9-5", "10-2"); "6-9" and "2-5" could be either half of the day
    return [_next_after(_quarter(first), last)] if 8 <= first[0] <= 12 else []


def _before(first: _Time, last: _Time, hint: str) -> list[Hours]:
    """A bare start before a sure end: '2-5pm' is in one half, '9-2pm' begins in the morning."""
    end = _quarter(last)
    if last[2] == "24" and last[:2] not in ((12, 0), (0, 0)):
        return [_hours(_quarter(first), end)]
    if last == (12, 0, "am"):
        return []
    end = end or DAY_END
    same = [q for q in (_quarter(first, half) for half in ("pm", "am")) if q < end]
    return [_hours(same[0], end)] if same else [_hours(_quarter(first, "pm"), end)]


def _next_after(start: int, last: _Time) -> Hours:
    """The first time after the start that a bare number can be: '10pm-6' ends in the morning, '8am-10' two hours on."""
    ends = sorted((_quarter(last, half) - start) % DAY_END or DAY_END for half in ("am", "pm"))
    return _hours(start, (start + ends[0]) % DAY_END)


def _hours(start: int, end: int) -> Hours:
    return start % DAY_END, end or DAY_END
