"""Reads the days people write: '2027-03-31', '31/03/2027', '31 March 2027', 'March 2027' (its last day)."""
import re
from calendar import month_name, monthrange
from datetime import date

MONTHS = {month_name[number].lower()[:3]: number for number in range(1, 13)}
WRITTEN = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?[\s./-]+)?([a-z]{3,9})\.?[\s./,-]+(\d{4}|\d{2})")
FIGURES = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})")
SHORT = re.compile(r"(\d{1,2})[./-](\d{4})")


class NoSuchDay(ValueError):
    """This could not be read as a day."""


def day_from_words(words: str) -> date:
    """Day before month, as in the UK. A month alone is its last day. Raises NoSuchDay."""
    text = words.strip().lower().removesuffix(" 00:00:00").removesuffix("t00:00:00")
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
        if found := FIGURES.fullmatch(text):
            return date(_year(found[3]), int(found[2]), int(found[1]))
        if found := SHORT.fullmatch(text):
            return _day(None, int(found[1]), int(found[2]))
        found = WRITTEN.fullmatch(text)
        if found and (month := MONTHS.get(found[2][:3])) and month_name[month].lower().startswith(found[2]):
            return _day(found[1], month, _year(found[3]))
    except ValueError:
        pass
    raise NoSuchDay


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _day(day: str | None, month: int, year: int) -> date:
    return date(year, month, int(day) if day else monthrange(year, month)[1])
