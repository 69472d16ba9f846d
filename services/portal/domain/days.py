"""Which day it is where the people are: half past midnight in June is still yesterday by universal time."""
from datetime import date, datetime
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/London")


def day_of(now: datetime) -> date:
    return now.astimezone(HERE).date()
