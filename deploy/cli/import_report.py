"""What became of each row of a file: counted, shown, and what was refused kept in a file beside it with its reason."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.table import Table

from deploy.cli.ending import out
from deploy.cli.import_files import Batch, Row, Source, as_csv

SHOWN = 10
"""Rows shown on the screen; the file has them all."""
WHY, REMEDY = "Why it was refused", "What to do"


@dataclass(frozen=True)
class RefusedRow:
    row: int
    given: Any
    errors: Sequence[dict[str, Any]]


@dataclass
class Report:
    counts: Counter[str] = field(default_factory=Counter)
    refused: list[RefusedRow] = field(default_factory=list)
    asked: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """(field, what was typed) -> what may have been meant."""
    headings_not_understood: list[str] = field(default_factory=list)

    def add(self, batch: Batch, answer: dict[str, Any]) -> None:
        """One answer of a service: row by row, or with the refused rows apart."""
        if "rows" in answer:
            for given, row in zip(batch.rows, answer["rows"], strict=True):
                self._row(given, row["outcome"], row.get("errors") or row.get("refused", ()), row.get("asked", ()))
            strange = answer.get("not_understood") or answer.get("columns_not_used") or []
            self.headings_not_understood = [one for one in strange if one not in (WHY, REMEDY)]
            return
        for outcome in ("added", "changed", "unchanged"):
            self.counts[outcome] += answer[outcome]
        for one in answer["refused"]:
            self._row(batch.rows[one["index"]], "refused", one["errors"], ())

    def _row(self, row: Row, outcome: str, errors: Sequence[dict[str, Any]], asked: Sequence[dict[str, Any]]) -> None:
        self.counts[outcome] += 1
        if outcome == "refused":
            self.refused.append(RefusedRow(*row, errors))
        for question in asked:
            near = tuple(one["label"] for one in question.get("suggestions", ()))
            self.asked.setdefault((question["field"].split("[")[0], question["typed"]), near)


def keep_refused(source: Source, report: Report) -> Path | None:
    """FILE.refused.csv or .jsonl: mend it there and import that file. An older one is taken away when nothing is refused."""
    file = source.file.with_name(f"{source.file.stem}.refused.{'csv' if source.headings else 'jsonl'}")
    if not report.refused:
        if file != source.file:
            file.unlink(missing_ok=True)
        return None
    if source.headings:
        width = len(source.headings)
        rows = [[*one.given[:width], *[""] * (width - len(one.given)), _problems(one), _remedies(one)] for one in report.refused]
        file.write_bytes(as_csv([[*source.headings, WHY, REMEDY], *rows]))
    else:
        lines = (
            json.dumps({"row": one.row, "given": one.given, "errors": one.errors}, ensure_ascii=False) for one in report.refused
        )
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return file


def as_json(source: Source, report: Report, kept: Path | None) -> str:
    return json.dumps({
        "file": str(source.file),
        "kind": source.kind.value,
        "counts": dict(report.counts),
        "refused": [{"row": one.row, "errors": one.errors} for one in report.refused],
        "asked": [{"field": where, "typed": typed, "suggestions": near} for (where, typed), near in report.asked.items()],
        "headings_not_understood": report.headings_not_understood,
        "refused_file": str(kept) if kept else None,
    })  # fmt: skip


def show(source: Source, report: Report, kept: Path | None) -> None:
    colours = {"refused": "red", "unchanged": "dim", "stale": "yellow"}
    counted = " · ".join(f"[{colours.get(what, 'green')}]{count:,} {what}[/]" for what, count in report.counts.items() if count)
    out.print(f"[bold]{source.file.name}[/]: {counted}")
    if report.headings_not_understood:
        strange = ", ".join(report.headings_not_understood)
        out.print(f"[yellow]Columns we have no place for:[/] {strange}")
    if report.refused:
        out.print(_refused_table(report))
    if report.asked:
        out.print(_asked_table(report))
    if kept:
        out.print(f"The refused rows are in [bold]{kept}[/] with the reasons.", soft_wrap=True)
        out.print("Mend them there and import that file.")


def _refused_table(report: Report) -> Table:
    table = Table("row", "field", "problem", "what to do", title="Refused", title_justify="left")
    for one in report.refused[:SHOWN]:
        for number, error in enumerate(one.errors):
            table.add_row("" if number else str(one.row), error["field"], error["problem"], error.get("remedy", ""))
    if len(report.refused) > SHOWN:
        table.caption = f"and {len(report.refused) - SHOWN:,} more rows"
    return table


def _asked_table(report: Report) -> Table:
    """Words that went in as questions: nothing was guessed, nothing was dropped."""
    table = Table("field", "typed", "did you mean", title="Words to ask about", title_justify="left")
    for (where, typed), near in list(report.asked.items())[:SHOWN]:
        table.add_row(where, typed, " or ".join(near) or "[dim]we know nothing like it[/]")
    if len(report.asked) > SHOWN:
        table.caption = f"and {len(report.asked) - SHOWN:,} more"
    return table


def _problems(one: RefusedRow) -> str:
    return " ".join(f"{error['field']}: {error['problem']}" for error in one.errors)


def _remedies(one: RefusedRow) -> str:
    return " ".join(error.get("remedy", "") for error in one.errors)
