"""When a message may disturb somebody, by London's clock on both sides of the changes to and from summer time."""
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.notifier.domain.contact import HEARD_AT_ONCE, Contact, Method, SafeTime

LONDON = ZoneInfo("Europe/London")
MORNING = time(8)
REMINDED_AT = time(9)
"""Of what comes on a later day, and asked about what began on an earlier one."""
ENOUGH = 60
"""Steps from one quiet or unsafe time to the next: more than a week of many windows has."""


class NeverSafe(Exception):
    """No time of the week is safe and outside the quiet hours. Such a record is refused when it is made."""


def is_quiet(clock: time, quiet_from: time, quiet_to: time) -> bool:
    """Whether `clock` lies in the quiet hours, which may run past midnight."""
    if quiet_from <= quiet_to:
        return quiet_from <= clock < quiet_to
    return clock >= quiet_from or clock < quiet_to


def may_hand_over_from(contact: Contact, method: Method, now: datetime) -> datetime:
    """The first moment, `now` or later, at which this method may reach them. The post keeps no times, so letters do not wait."""
    if method is Method.LETTER:
        return now
    at = now
    for _ in range(ENOUGH):
        waits = next_safe(contact.safe_times, after_quiet(contact, at) if method in HEARD_AT_ONCE else at)
        if waits == at:
            return at
        at = waits
    raise NeverSafe


def after_quiet(contact: Contact, at: datetime) -> datetime:
    here = at.astimezone(LONDON)
    if not is_quiet(here.time(), contact.quiet_from, contact.quiet_to):
        return at
    return next(ends for ends in shown(contact.quiet_to, here.date()) if ends > at)


def next_safe(safe_times: Sequence[SafeTime], at: datetime) -> datetime:
    here = at.astimezone(LONDON)
    if not safe_times or any(here.weekday() in one.days and one.begins <= here.time() < one.ends for one in safe_times):
        return at
    days = [here.date() + timedelta(days=ahead) for ahead in range(8)]
    return min(
        begins for one in safe_times for day in days if day.weekday() in one.days
        for begins in shown(one.begins, day) if begins > at
    )


def have_a_moment(safe_times: Sequence[SafeTime], quiet_from: time, quiet_to: time) -> bool:
    """Whether any of these times is outside the quiet hours."""
    return not safe_times or any(
        not is_quiet(one.begins, quiet_from, quiet_to) or one.begins < quiet_to < one.ends for one in safe_times
    )


def shown(clock: time, day: date) -> Iterator[datetime]:
    """When London's clock shows this on that day and the next: twice in the night it is put back."""
    for some_day in (day, day + timedelta(days=1)):
        for fold in (0, 1):
            yield datetime.combine(some_day, clock, LONDON).replace(fold=fold).astimezone(UTC)


def morning_after(now: datetime) -> datetime:
    """Eight o'clock of the next day here: nobody need be told at night what can wait."""
    return at(MORNING, now.astimezone(LONDON).date() + timedelta(days=1))


def at(clock: time, day: date) -> datetime:
    """That time on that day here."""
    return datetime.combine(day, clock, LONDON).astimezone(UTC)


def day_over(day: date) -> datetime:
    return at(time(), day + timedelta(days=1))


def day_began(now: datetime) -> datetime:
    return at(time(), now.astimezone(LONDON).date())


def london_day(now: datetime) -> str:
    return now.astimezone(LONDON).date().isoformat()
