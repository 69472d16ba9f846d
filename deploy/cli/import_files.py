"""What a file holds and how its rows are sent: spreadsheets, JSON, and FHIR, for plans and for the register of PAs."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from deploy.cli.plan_files import NotAPlanFile, objects_in
from services.portal.api.csv_columns import heading_of as plan_heading
from services.portal.api.csv_in import decoded, rows_of
from services.registry.api.headings import field_of as register_heading

LOOK_FOR_HEADINGS = 15
"""Spreadsheets often begin with a title and a date: the headings are in one of the first rows."""
ROWS_AT_ONCE = 100


class Kind(StrEnum):
    PLANS = "plans"
    REGISTER = "register"


class NotUnderstood(ValueError):
    """We cannot tell what the file holds, or it holds nothing. The message says what would help."""


Row = tuple[int, Any]
"""Its number, as a spreadsheet counts (the headings are usually row 1) or from 1 for JSON; and its cells, or its object."""


@dataclass(frozen=True)
class Batch:
    """Some rows of a file as one request."""

    rows: Sequence[Row]
    body: bytes
    media_type: str
    path: str
    """Below /councils/{council}."""


@dataclass(frozen=True)
class Source:
    file: Path
    kind: Kind
    headings: Sequence[str]
    """Of a spreadsheet; empty for JSON."""
    rows: Sequence[Row]
    fhir: Any = None

    def __len__(self) -> int:
        return len(self.rows)

    def batches(self) -> Iterator[Batch]:
        if self.fhir is not None:
            yield Batch(self.rows, json.dumps(self.fhir).encode(), "application/fhir+json", "plans/fhir")
            return
        for start in range(0, len(self.rows), ROWS_AT_ONCE):
            rows = self.rows[start : start + ROWS_AT_ONCE]
            given = [one for _, one in rows]
            what = "plans" if self.kind is Kind.PLANS else "profiles"
            if self.headings:
                yield Batch(rows, as_csv([self.headings, *given]), "text/csv; charset=utf-8", f"{what}/csv")
            else:
                yield Batch(rows, json.dumps(given).encode(), "application/json", f"{what}/bulk")


def source(file: Path, kind: Kind | None) -> Source:
    """Reads the file. `kind` None: guessed from what is in it."""
    if file.suffix.lower() in (".json", ".jsonl", ".ndjson"):
        return _json(file, kind)
    return _spreadsheet(file, kind)


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _json(file: Path, kind: Kind | None) -> Source:
    try:
        objects = objects_in(file)
    except NotAPlanFile as problem:
        raise NotUnderstood(str(problem)) from None
    objects = [one["given"] if set(one) == {"row", "given", "errors"} else one for one in objects]  # what was refused, mended
    if not objects:
        raise NotUnderstood(f"{file.name} is empty.")
    if "resourceType" in objects[0]:
        return _fhir(file, objects)
    looks_like = Kind.REGISTER if {"chosen_name", "travel", "availability"} & set(objects[0]) else Kind.PLANS
    return Source(file, kind or looks_like, (), list(enumerate(objects, start=1)))


def _fhir(file: Path, objects: list[dict[str, Any]]) -> Source:
    """One bundle or CarePlan as it is; several, one a line, as one bundle."""
    body: dict[str, Any] = objects[0]
    if len(objects) > 1:
        body = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in objects]}
    is_bundle = body.get("resourceType") == "Bundle"
    resources: list[Any] = [entry.get("resource") for entry in body.get("entry", ())] if is_bundle else [body]
    plans = [one for one in resources if isinstance(one, dict) and one.get("resourceType") == "CarePlan"]
    if not plans:
        raise NotUnderstood(f"There is no CarePlan in {file.name}.")
    return Source(file, Kind.PLANS, (), list(enumerate(plans, start=1)), fhir=body)


def _spreadsheet(file: Path, kind: Kind | None) -> Source:
    rows = rows_of(decoded(file.read_bytes()))
    plans_at, plans_known = _headings(rows, plan_heading)
    register_at, register_known = _headings(rows, register_heading)
    if max(plans_known, register_known) < 3:
        raise NotUnderstood(f"{file.name} does not look like a spreadsheet of plans or PAs: we know none of its headings.")
    kind = kind or (Kind.PLANS if plans_known > register_known else Kind.REGISTER)
    at = plans_at if kind is Kind.PLANS else register_at
    below = [(number, row) for number, row in enumerate(rows[at + 1 :], start=at + 2) if any(cell.strip() for cell in row)]
    if not below:
        raise NotUnderstood(f"{file.name} has headings, but no rows below them.")
    return Source(file, kind, rows[at], below)


def _headings(rows: Sequence[Sequence[str]], knows: Any) -> tuple[int, int]:
    """Which of the first rows has the most headings we know, and how many those are."""
    counts = [sum(knows(cell) is not None for cell in row) for row in rows[:LOOK_FOR_HEADINGS]]
    return (counts.index(max(counts)), max(counts)) if counts else (0, 0)
