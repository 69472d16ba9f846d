"""A PA register as councils keep it: a spreadsheet saved as CSV, in whatever encoding, with whatever headings it has."""
import codecs
import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from services.registry.api import headings
from services.registry.domain.values import Refusal

LOOK_FOR_HEADINGS_IN = 10  # rows: some sheets begin with a title
DELIMITERS = ",;\t"

Row = tuple[int, dict[str, Any], tuple[Refusal, ...]]
"""The row's number in the sheet, what it says by field, and what of it could not be taken apart."""


class NotARegister(ValueError):
    """This could not be read as a register of PAs. The text says what to do."""


@dataclass
class Sheet:
    lines: list[list[str]]
    heading_at: int
    columns: list[str | None]
    """The field of each column; None: not read."""
    used: list[str] = field(default_factory=list)
    not_used: list[str] = field(default_factory=list)

    def rows(self) -> Iterator[Row]:
        for index, cells in enumerate(self.lines[self.heading_at + 1 :], start=self.heading_at + 2):
            if any(cell.strip() for cell in cells):
                yield index, *said_in_row(self.columns, cells)


def read_sheet(body: bytes) -> Sheet:
    """Raises NotARegister."""
    try:
        lines = list(lines_of(text_of(body)))
    except csv.Error:
        raise NotARegister("The file could not be taken apart. Save it as 'CSV UTF-8' and send it again.") from None
    for index, cells in enumerate(lines[:LOOK_FOR_HEADINGS_IN]):
        columns = [headings.field_of(cell) for cell in cells]
        found = {column for column in columns if column}
        if len(found) >= 2 and found & {"chosen_name", "ref"}:
            return sheet(lines, index, columns)
    raise NotARegister("The first row must name the columns, for example: Ref, Name, Postcode, Travel, Languages.")


def sheet(lines: list[list[str]], index: int, columns: list[str | None]) -> Sheet:
    missing = [needed for needed in ("chosen_name", "postcode", "travel") if needed not in columns]
    if missing and "ref" not in columns:  # with the council's numbers a file may say only what is new
        raise NotARegister(f"There is no column for {', '.join(missing)}. Add it and send the file again.")
    seen: set[str] = set()
    for place, column in enumerate(columns):
        if column in seen and column not in headings.LISTS:
            columns[place] = None  # the first column of a name counts; the report names the others
        elif column:
            seen.add(column)
    named = list(zip(lines[index], columns, strict=True))
    used = [heading.strip() for heading, column in named if column]
    return Sheet(lines, index, columns, used, [heading.strip() for heading, column in named if not column and heading.strip()])


def text_of(body: bytes) -> str:
    """UTF-8, UTF-16 where it says so, else Windows-1252, as older spreadsheets save it."""
    try:
        if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return body.decode("utf-16")
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return body.decode("cp1252")
    except UnicodeDecodeError:
        raise NotARegister("The file's letters could not be read. Save it as 'CSV UTF-8' and send it again.") from None


def lines_of(text: str) -> Iterator[list[str]]:
    first, _, rest = text.partition("\n")
    if told := re.fullmatch(r'"?sep=(.)"?\s*', first):
        return csv.reader(rest.splitlines(keepends=True), delimiter=told[1])
    return csv.reader(text.splitlines(keepends=True), delimiter=delimiter_of(text))


def delimiter_of(text: str) -> str:
    """The one that parts most headings we know."""
    top = text.splitlines(keepends=True)[:LOOK_FOR_HEADINGS_IN]

    def known(mark: str) -> int:
        rows = csv.reader(top, delimiter=mark)
        return max((sum(headings.field_of(cell) is not None for cell in row) for row in rows), default=0)

    return max(DELIMITERS, key=known)


def said_in_row(columns: list[str | None], cells: list[str]) -> tuple[dict[str, Any], tuple[Refusal, ...]]:
    """An empty cell says nothing."""
    said: dict[str, Any] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column and (words := cell.strip()):
            said[column] = f"{said[column]}; {words}" if column in said else words
    refusals = [*hours_wanted(said), *consents(said)]
    return said, tuple(refusals)


def hours_wanted(said: dict[str, Any]) -> Iterator[Refusal]:
    """One column for both: '10-20', 'up to 20', '10+'. A single figure is the most they want."""
    words = said.pop("hours", None)
    if words is None:
        return
    figures = re.sub(r"\s*(hours|hour|hrs|hr|h|a week|per week|pw|/week|/wk)\b\.?", "", words.lower()).strip()
    if found := re.fullmatch(r"([\d.]+)\s*(?:-|–|to)\s*([\d.]+)", figures):
        said.setdefault("hours_least", found[1])
        said.setdefault("hours_most", found[2])
    elif found := re.fullmatch(r"(?:at least |min(?:imum)? )?([\d.]+)\s*(?:\+|or more)?", figures):
        more = figures != found[1]
        said.setdefault("hours_least" if more else "hours_most", found[1])
    elif found := re.fullmatch(r"(?:up to|max(?:imum)?|<)\s*([\d.]+)", figures):
        said.setdefault("hours_most", found[1])
    else:
        yield Refusal("hours", "The hours are not clear.", "Write them like 10-20, or up to 20.", words)


AGREED = frozenset({"yes", "y", "true", "1", "x", "✓", "agreed", "given"})
NOT_AGREED = frozenset({"no", "n", "false", "0", "none", "not given"})


def consents(said: dict[str, Any]) -> Iterator[Refusal]:
    """One column for each facet, or one that lists them. Nothing but a plain yes is a consent."""
    columns: Mapping[str, str] = {name: said.pop(name) for name in list(said) if name.startswith("consent_")}
    if not columns:
        return
    listed = [said["consents"]] if "consents" in said else []
    for name, words in columns.items():
        facet = name.removeprefix("consent_")
        if words.lower() in AGREED:
            listed.append(facet)
        elif words.lower() not in NOT_AGREED:
            yield Refusal("consents", f"It is not clear whether the PA agreed to share {facet}.", "Write yes or no.", words)
    said["consents"] = ", ".join(listed) or "none"
