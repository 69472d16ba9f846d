"""Support plans from a spreadsheet saved as CSV: any order of columns, the headings people use, the encodings they come in."""

import csv
import io
from typing import Any

from services.portal.api import csv_cells as cells
from services.portal.api.csv_cells import NotRead
from services.portal.api.csv_columns import COLUMNS, NOT_PLAN_FIELDS, WishColumn, heading_of
from services.portal.api.taking_in import Candidate
from shared.runtime.http import FieldProblem

TOO_MANY_CELLS = FieldProblem(
    field="row",
    problem="This row has more cells than there are headings.",
    remedy="Put cells with commas in them in quotation marks.",
)


def decoded(body: bytes) -> str:
    """As spreadsheets save it: UTF-8 with or without its mark, UTF-16 with its mark, else the Windows code page."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", errors="replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")


def plans(body: bytes, *, upload_version: int) -> tuple[list[Candidate], list[str]]:
    """One candidate per row with anything in it, and the headings that mean nothing to us.

    `upload_version` is the version of rows that name none: each upload is newer than the one before.
    """
    rows = rows_of(decoded(body))
    at = next((at for at, row in enumerate(rows[:15]) if sum(heading_of(cell) is not None for cell in row) >= 3), None)
    if at is None:
        return [], []
    headings = [heading_of(cell) for cell in rows[at]]
    strange = [cell.strip() for cell, heading in zip(rows[at], headings, strict=True) if heading is None and cell.strip()]
    found = [candidate(headings, row, upload_version) for row in rows[at + 1 :] if any(cell.strip() for cell in row)]
    return found, strange


def rows_of(text: str) -> list[list[str]]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # also as old spreadsheets end their lines
    lines = text.split("\n")
    counts = {mark: sum(line.count(mark) for line in lines[:15]) for mark in (",", ";", "\t")}
    delimiter = max(counts, key=lambda mark: counts[mark])
    if counts[";"] and counts[","] and lines and any(line.count(";") > 3 > line.count(",") for line in lines[:15]):
        delimiter = ";"  # a semicolon file with commas inside its cells
    try:
        return list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error:
        return []  # not a spreadsheet at all: no headings will be found either


def candidate(headings: list[str | WishColumn | None], row: list[str], upload_version: int) -> Candidate:
    read: dict[str, Any] = {}
    wishes: list[dict[str, Any]] = []
    errors: list[FieldProblem] = []
    if any(cell.strip() for cell in row[len(headings) :]):
        return Candidate(None, errors=(TOO_MANY_CELLS,))  # which cell belongs to which heading is anybody's guess
    for heading, cell in zip(headings, row, strict=False):
        if heading is None or not cell.strip():
            continue
        try:
            if isinstance(heading, WishColumn):
                wishes.extend(wishes_in(heading, cell))
            else:
                read[heading] = COLUMNS[heading][0](cell.strip())
        except NotRead as problem:
            name = heading if isinstance(heading, str) else f"{heading.strength}_{heading.criterion}"
            errors.append(FieldProblem(field=name, problem="We could not read this cell.", remedy=str(problem)))
    return Candidate(put_together(read, wishes, upload_version), errors=tuple(errors))


def wishes_in(column: WishColumn, cell: str) -> list[dict[str, Any]]:
    asked = {"criterion": column.criterion, "strength": column.strength}
    if column.criterion == "language":
        return [{**asked, **cells.language(cell)}]
    return [{**asked, "value": one} for one in cells.listed(cell)]


def put_together(read: dict[str, Any], wishes: list[dict[str, Any]], upload_version: int) -> dict[str, Any]:
    plan = {name: value for name, value in read.items() if name not in NOT_PLAN_FIELDS}
    plan.setdefault("source", "csv")
    plan.setdefault("source_version", read.get("updated", upload_version))
    if "flexible_hours" in read or "flexible_window" in read:
        piece = {
            "hours": read.get("flexible_hours"),
            "window": read.get("flexible_window"),
            "at_least_hours": read.get("flexible_at_least"),
        }
        plan["flexible"] = [{name: value for name, value in piece.items() if value is not None}]
    plan["wishes"] = [*with_reason(wishes, read), *from_the_plan(read)]
    return plan


def with_reason(wishes: list[dict[str, Any]], read: dict[str, Any]) -> list[dict[str, Any]]:
    """The row's one lawful reason belongs to its musts about sex, faith and culture."""
    reason = {part: read[f"reason_{part}"] for part in ("why", "tasks", "until") if f"reason_{part}" in read}
    needs = [one for one in wishes if reason and one["strength"] == "must" and one["criterion"] in ("sex", "faith", "culture")]
    for one in needs:
        one["reason"] = reason
    return wishes


def from_the_plan(read: dict[str, Any]) -> list[dict[str, Any]]:
    """Wishes about the plan's own fields. What has a number but no strength is important."""
    asked: list[dict[str, Any]] = []
    if "times_strength" in read or "times_share" in read:
        asked.append(
            {"criterion": "times", "strength": read.get("times_strength", "important"), "share": read.get("times_share")}
        )
    if "place_strength" in read or "within_miles" in read:
        asked.append(
            {"criterion": "place", "strength": read.get("place_strength", "important"), "within_miles": read.get("within_miles")}
        )
    asked += [
        {"criterion": one, "strength": read[f"{one}_strength"]} for one in ("pay", "hours", "limit") if f"{one}_strength" in read
    ]
    return asked
