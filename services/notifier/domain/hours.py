"""When a message may disturb somebody, by London's clock on both sides of the changes to and from summer time."""
from datetime import UTC, datetime, time, timedelta
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
    ends = datetime.combine(here.date(), contact.quiet_to, LONDON)
    if ends <= here:
        ends = datetime.combine(here.date() + timedelta(days=1), contact.quiet_to, LONDON)
    return ends.astimezone(UTC)


def london_day(now: datetime) -> str:
    return now.astimezone(LONDON).date().isoformat()
