"""Reads single values as people type them: '£12.71 an hour', '5 miles', 'over 21', 'drives'. What is unclear is refused."""
import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, NoReturn

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from services.registry.domain.consent import Facet
from services.registry.domain.values import AgeBand, Employment, State, Travel
from services.registry.usecases.days import NoSuchDay, day_from_words

TRAVEL = {
    Travel.WALK: "walk|walks|walking|on foot|foot|by foot",
    Travel.BUS: "bus|buses|by bus|public transport|train|train and bus|bus and train|tram|takes the bus|bus pass",
    Travel.CYCLE: "cycle|cycles|cycling|bike|bicycle|by bike|e bike|ebike",
    Travel.CAR: "car|cars|drive|drives|driver|driving|own car|by car|car driver|has a car|motorbike|moped|scooter|van",
}
STATES = {
    State.LOOKING: "looking|available|active|looking for work|yes|open",
    State.SOON: "soon|not now but soon|later|available soon|available from",
    State.PAUSED: "paused|pause|on hold|not looking|not now|unavailable|full|not available",
    State.GONE: "gone|left|deregistered|removed|leaver",
}
EMPLOYMENT = {
    Employment.EMPLOYED: "employed|employee|paye|employed only",
    Employment.SELF_EMPLOYED: "self employed|selfemployed|freelance|sole trader|self employed only",
    Employment.EITHER: "either|both|any|employed or self employed|no preference",
}
YES = frozenset({"yes", "y", "true", "1", "x", "✓", "✔", "ok", "agreed"})
NO = frozenset({"no", "n", "false", "0", "never"})
A_FIGURE = re.compile(r"£?\s*(\d{1,5}(?:\.\d{1,2})?)\s*(.*)")
KM_A_MILE = Decimal("1.609344")


def unclear(problem: str, remedy: str) -> NoReturn:
    """Both are shown to people. What was typed is not repeated."""
    raise PydanticCustomError("unclear", "{problem}", {"problem": problem, "remedy": remedy})


def plain(typed: str) -> str:
    return re.sub(r"[^\w✓✔+<>]+", " ", typed.lower()).strip()


def one_of(table: dict[Any, str], remedy: str) -> BeforeValidator:
    words = {word: value for value, several in table.items() for word in (plain(value.value), *several.split("|"))}

    def read(value: object) -> object:
        if not isinstance(value, str):
            return value
        found = words.get(plain(value))
        return found if found is not None else unclear("This could not be understood.", remedy)

    return BeforeValidator(read)


def yes_or_no(value: object) -> object:
    if not isinstance(value, str):
        return value
    word = plain(value)
    if word in YES or word in NO:
        return word in YES
    unclear("This is not a yes or a no.", "Write yes or no, or leave it empty.")


def money(value: object) -> object:
    units = ("", "per hour", "an hour", "hour", "hr", "per hr", "p h", "ph", "hourly")
    return figure(value, units, "Write pounds an hour, for example 12.71.")


def hours(value: object) -> object:
    units = ("", "h", "hr", "hrs", "hour", "hours", "hours a week", "hours per week", "hrs per week", "per week", "a week")
    return figure(value, units, "Write a number of hours, for example 16.")


def miles(value: object) -> object:
    if isinstance(value, str) and (found := re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*k(?:m|ms|ilomet\w+)\.?\s*", value.lower())):
        return round(Decimal(found[1]) / KM_A_MILE, 2)
    return figure(value, ("", "mile", "miles", "mi"), "Write a number of miles, for example 5.")


def figure(value: object, units: tuple[str, ...], remedy: str) -> object:
    if not isinstance(value, str):
        return value
    found = A_FIGURE.fullmatch(re.sub(r"(?<=\d),(?=\d{3}\b)", "", value.strip()))  # '1,50' is no 150
    if not found or plain(found[2]) not in units:
        unclear("This is not one clear number.", remedy)
    return Decimal(found[1])


AGES = (
    (re.compile(r"(?:over|at least)? ?21 ?(?:\+|plus|and over|or over|and above|_and_over)?|(?:over|>) ?20"), AgeBand.FROM_21),
    (re.compile(r"18 ?(?:to|_to_)? ?20"), AgeBand.FROM_18_TO_20),
    (re.compile(r"(?:under|<|below) ?_?18|under_18|16 ?(?:to)? ?17"), AgeBand.UNDER_18),
)


def age(value: object) -> object:
    """An age is only ever turned into its band; it is not kept."""
    if not isinstance(value, str):
        return value
    words = plain(value)
    if re.fullmatch(r"1[4-9]|[2-9]\d", words):
        return AgeBand.UNDER_18 if int(words) < 18 else AgeBand.FROM_18_TO_20 if int(words) < 21 else AgeBand.FROM_21
    for written, band in AGES:
        if written.fullmatch(words):
            return band
    unclear("This age band could not be understood.", "Write under 18, 18 to 20, or 21 and over.")


def day(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return day_from_words(value)
    except NoSuchDay:
        unclear("This day could not be read.", "Write it like 31/03/2027 or 2027-03-31.")


def facets(value: object) -> object:
    """'faith and sex'; 'none'."""
    if not isinstance(value, str):
        return value
    words = [plain(word) for word in re.split(r"[,;/&|]|\band\b", value.lower()) if plain(word)]
    words = [{"religion": "faith", "gender": "sex"}.get(word, word) for word in words if word not in ("none", "no")]
    if set(words) <= {facet.value for facet in Facet}:
        return words
    unclear("It is not clear what was agreed to.", "List what the PA agreed to: faith, culture, sex. Or write none.")


def spans(value: object) -> object:
    """'20/12/2026 to 3/1/2027; 14/2/2027'."""
    if not isinstance(value, str):
        return value
    found = []
    for piece in re.split(r"[;,\n]", value):
        if piece.strip():
            days = [day(part.strip()) for part in re.split(r"\s+(?:to|until|till)\s+|\s+[-–]\s+|–", piece.strip())]
            if len(days) > 2:
                unclear("The days away could not be read.", "Write them like 20/12/2026 to 03/01/2027.")
            found.append({"first": days[0], "last": days[-1]})
    return found


def readable(value: str) -> str:
    """PostgreSQL keeps no null characters, and no person types one."""
    if "\x00" in value:
        unclear("There is a character in it that cannot be kept.", "Type it again by hand.")
    return value


Readable = AfterValidator(readable)
YesNo = Annotated[bool, BeforeValidator(yes_or_no)]
Day = Annotated[date, BeforeValidator(day)]
