"""A sample as files: one JSON body a line, and spreadsheets as councils keep them. Never more than one party in memory."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

from deploy.sample.dice import Dice
from deploy.sample.mess import messy_plan, messy_register
from deploy.sample.plan_rows import PLAN_HEADINGS, plan_row
from deploy.sample.register_rows import REGISTER_HEADINGS, register_row
from deploy.sample.sample import Body, Sample

Progress = Callable[[str, int, int], None]
TELL_EVERY = 500

JSON_FILES = ("profiles.jsonl", "plans.jsonl", "contacts.jsonl", "accounts.jsonl", "supporters.jsonl")
CSV_FILES = ("register.csv", "plans.csv")


def write(sample: Sample, folder: Path, progress: Progress, *, spreadsheets: bool = False, messy: bool = False) -> list[Path]:
    """The files written. `messy`: the spreadsheets as typed in a hurry; the JSON stays clean."""
    folder.mkdir(parents=True, exist_ok=True)
    names = JSON_FILES + (CSV_FILES if spreadsheets else ())
    with ExitStack() as open_files:
        files = {name: open_files.enter_context((folder / name).open("w", encoding="utf-8", newline="")) for name in names}
        register = csv.writer(files["register.csv"]) if spreadsheets else None
        plans = csv.writer(files["plans.csv"]) if spreadsheets else None
        if register and plans:
            register.writerow(REGISTER_HEADINGS)
            plans.writerow(PLAN_HEADINGS)
        for number, pa in enumerate(told(sample.each_pa(), "PAs", sample.pas, progress)):
            _line(files["profiles.jsonl"], pa.profile)
            _line(files["contacts.jsonl"], pa.contact)
            _line(files["accounts.jsonl"], pa.account)
            if register:
                row = register_row(pa)
                register.writerow(messy_register(_mess(sample, "register", number), row) if messy else row)
        for number, person in enumerate(told(sample.each_person(), "people", sample.plans, progress)):
            _line(files["plans.jsonl"], person.plan)
            _line(files["contacts.jsonl"], person.contact)
            _line(files["accounts.jsonl"], person.account)
            if plans:
                row = plan_row(person.plan)
                plans.writerow(messy_plan(_mess(sample, "plans", number), row) if messy else row)
        for helper in sample.helpers():
            _line(files["contacts.jsonl"], helper.contact)
            _line(files["accounts.jsonl"], helper.account)
        for delegation in sample.supporters():
            _line(files["supporters.jsonl"], delegation)
    return [folder / name for name in names]


def told(parties: Iterable[Any], what: str, of: int, progress: Progress) -> Iterator[Any]:
    for done, party in enumerate(parties, start=1):
        yield party
        if done % TELL_EVERY == 0 or done == of:
            progress(what, done, of)


def _line(file: TextIO, body: Body) -> None:
    file.write(json.dumps(body, ensure_ascii=False, separators=(",", ":")) + "\n")


def _mess(sample: Sample, kind: str, number: int) -> Dice:
    return Dice(sample.council, sample.seed, f"mess/{kind}", number)
