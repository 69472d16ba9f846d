"""When a person may be told again that their list changed, as often as they chose."""
from datetime import datetime, timedelta

from services.notifier.domain.contact import HowOften
from services.notifier.domain.hours import morning_after


def not_before(how_often: HowOften, last_told: datetime | None, now: datetime) -> datetime | None:
    """None: they may be told now. What changes until then is told with it."""
    if last_told is None:
        return None
    match how_often:
        case HowOften.AT_ONCE:
            return None
        case HowOften.DAILY:
            then = morning_after(last_told)
        case HowOften.WEEKLY:
            then = morning_after(last_told + timedelta(days=6))
    return then if then > now else None
