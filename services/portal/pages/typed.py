"""What somebody typed into a form, kept as they typed it, with what to put right beside each field."""
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from starlette.datastructures import FormData

DATE = ("day", "month", "year")
"""A date is typed in three fields: `until-day`, `until-month`, `until-year`."""
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
SHORTEST_YEAR = 1000


@dataclass
class Typed:
    values: dict[str, list[str]] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    """Field to what to do about it, in the order of the page."""

    @classmethod
    def of(cls, form: FormData) -> "Typed":
        """Without U+0000, which no person types and no database keeps."""
        return cls({name: [one.replace("\x00", "") for one in form.getlist(name) if isinstance(one, str)] for name in form})

    @classmethod
    def showing(cls, values: Mapping[str, object]) -> "Typed":
        """A form filled in with what is known now."""
        filled: dict[str, list[str]] = {}
        for name, value in values.items():
            if isinstance(value, date) and not isinstance(value, datetime):
                filled |= {f"{name}-{part}": [str(getattr(value, part))] for part in DATE}
            elif value is not None:
                filled[name] = as_texts(value)
        return cls(filled)

    def one(self, name: str, otherwise: str = "") -> str:
        return (self.values.get(name) or [otherwise])[0].strip()

    def many(self, name: str) -> list[str]:
        return [value for value in self.values.get(name, []) if value]

    @property
    def seen_revision(self) -> int | None:
        """What the page showed, where it says so."""
        seen = self.one("revision")
        return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else None

    def say(self, name: str, what_to_do: str) -> None:
        """The first thing said of a field stays."""
        self.wrong.setdefault(name, what_to_do)

    def number(self, name: str, label: str, *, most: int, least: int = 0) -> Decimal | None:
        """A number as people write it ('£12.60', '10'); None where nothing was typed."""
        typed = self.one(name).replace("£", "").replace(",", "").strip()
        if not typed:
            return None
        try:
            number = Decimal(typed)
        except InvalidOperation:
            self.say(name, f"Write {label} as a number, like 12 or 12.50")
            return None
        if not number.is_finite() or not least <= number <= most:
            self.say(name, f"Write a number for {label} from {least} to {most}")
            return None
        return number

    def hours_a_week(self, name: str, nothing: str) -> int | None:
        """Quarter-hours. `nothing`: what to do where nothing was typed. None: something is to be put right."""
        hours = self.number(name, "how many hours a week", most=168)
        if hours is None:
            self.say(name, nothing)
            return None
        if hours * 4 % 1:
            self.say(name, "Write the hours in quarters, like 4 or 4.25")
            return None
        return int(hours * 4)

    def pence(self, name: str, label: str, nothing: str, *, most: int) -> int | None:
        """An amount of pounds as people write it, in pence. None: something is to be put right."""
        pounds = self.number(name, label, most=most)
        if pounds is None:
            self.say(name, nothing)
            return None
        if pounds * 100 % 1:
            self.say(name, f"Write {label} in whole pence, like 12.60")
            return None
        return int(pounds * 100)

    def day(self, name: str, label: str) -> date | None:
        """A date from three fields. None: nothing was typed, or it is no date, and then that is said."""
        typed = {part: self.one(f"{name}-{part}") for part in DATE}
        missing = [part for part, text in typed.items() if not text]
        if len(missing) == len(DATE):
            return None
        if missing:
            self.say(name, f"Write {label} with a {' and a '.join(missing)}")
            return None
        try:
            day, year = figures(typed["day"]), figures(typed["year"])
            if year < SHORTEST_YEAR:
                self.say(name, f"Write the year of {label} with four figures, like 2027")
                return None
            return date(year, month_of(typed["month"]), day)
        except ValueError:
            self.say(name, f"Write {label} as a real date, like 31 1 2027")
            return None

    def chosen(self, name: str, offered: Iterable[str], what_to_do: str) -> str:
        value = self.one(name)
        if value not in set(offered):
            self.say(name, what_to_do)
        return value

    @property
    def summary(self) -> list[dict[str, str]]:
        return [{"text": text, "href": f"#{name}"} for name, text in self.wrong.items()]


def figures(text: str) -> int:
    """Raises ValueError for anything but one to four figures: `int` alone takes '1_0' and signs."""
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise ValueError(text)
    return int(text)


def month_of(text: str) -> int:
    """'1', '01', 'Jan' or 'January'."""
    for number, name in enumerate(MONTHS, start=1):
        if len(text) >= 3 and name.startswith(text.casefold()):
            return number
    return figures(text)


def as_texts(value: object) -> list[str]:
    if isinstance(value, list | tuple | set | frozenset):
        return [str(one) for one in value]
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return [str(value)]
