"""Whether a message may reach somebody at this instant: written from the rules people are promised, not from the code.

London's clock is worked out by hand: summer time from the last Sunday of March to the last Sunday of October, at 01:00 UTC.
"""
from datetime import UTC, date, datetime, time, timedelta
from typing import Any


def last_sunday(year: int, month: int) -> date:
    day = date(year, month, 31)
    return day - timedelta(days=(day.weekday() + 1) % 7)


def london_clock(now: datetime) -> time:
    begins, ends = (datetime.combine(last_sunday(now.year, month), time(1), UTC) for month in (3, 10))
    return (now + timedelta(hours=1 if begins <= now < ends else 0)).time()


def rings_in_quiet_hours(record: Any, method: str, now: datetime) -> bool:
    if method != "text":  # letters and emails do not ring
        return False
    clock, since, until = london_clock(now), record.quiet_from, record.quiet_to
    return since <= clock < until if since <= until else clock >= since or clock < until


def broken_rule(record: Any, message: Any, method: str, to: str, now: datetime) -> str | None:
    """The rule that this send would break. `record`: what the party's record says at this instant."""
    if record is None:
        return "nobody recorded how to reach them"
    if record.stopped_at is not None:
        return "they said stop"
    if method in {str(never) for never in record.never}:
        return "they said never this way"
    asked_for = {(str(p.method), str(p.format), p.language, p.point_size) for p in record.preferences}
    if (method, message.format, message.language, message.point_size) not in asked_for:
        return "they did not ask for this way, form and language"
    if method in {str(new) for new in record.unchecked} and message.about != "is_this_you":
        return "nobody there has said yet that it is them"
    points = {"text": record.phone, "email": record.email, "letter": "\n".join(record.postal_address)}
    if to != points[method]:
        return "it went elsewhere than recorded"
    if rings_in_quiet_hours(record, method, now):
        return "it rang in their quiet hours"
    if message.expires_at is not None and now >= message.expires_at:
        return "it was too late to be of use"
    return None
