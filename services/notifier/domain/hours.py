"""When a message may disturb somebody, by London's clock on both sides of the changes to and from summer time."""
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.notifier.domain.contact import HEARD_AT_ONCE, Contact, Method

LONDON = ZoneInfo("Europe/London")


def is_quiet(clock: time, quiet_from: time, quiet_to: time) -> bool:
    """Whether `clock` lies in the quiet hours, which may run past midnight."""
    if quiet_from <= quiet_to:
        return quiet_from <= clock < quiet_to
    return clock >= quiet_from or clock < quiet_to


def may_hand_over_from(contact: Contact, method: Method, now: datetime) -> datetime:
    """The first moment, `now` or later, at which this method may reach them."""
    here = now.astimezone(LONDON)
    if method not in HEARD_AT_ONCE or not is_quiet(here.time(), contact.quiet_from, contact.quiet_to):
        return now
    return next(ends for ends in shown(contact.quiet_to, here.date()) if ends > now)


def shown(clock: time, day: date) -> Iterator[datetime]:
    """When London's clock shows this on that day and the next: twice in the night it is put back."""
    for some_day in (day, day + timedelta(days=1)):
        for fold in (0, 1):
            yield datetime.combine(some_day, clock, LONDON).replace(fold=fold).astimezone(UTC)


def london_day(now: datetime) -> str:
    return now.astimezone(LONDON).date().isoformat()
