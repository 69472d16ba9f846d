"""Which day it is where the plans are, and when it begins."""
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/London")


def day_of(now: datetime) -> date:
    return now.astimezone(HERE).date()


def begins(day: date) -> datetime:
    return datetime.combine(day, time(), HERE)
