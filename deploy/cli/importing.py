"""`alongside import FILE`: plans or a PA register into the running services; bad rows come back with the reason."""

from pathlib import Path
from typing import Annotated

import httpx
import typer

from deploy.cli.ending import Ending, err, out, plainly, stop
from deploy.cli.import_files import Batch, Kind, NotUnderstood, Source, source
from deploy.cli.import_report import Report, as_json, keep_refused, show
from deploy.cli.progress import bars
from deploy.cli.where import Where, find

PATIENCE = 300.0
"""Seconds for one batch: a FHIR bundle goes as one."""


def import_file(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="A spreadsheet saved as .csv, or .json, .jsonl, FHIR .json.")
    ],
    kind: Annotated[Kind | None, typer.Option(help="What it holds. Left out: guessed from its headings or fields.")] = None,
    council: Annotated[str, typer.Option(envvar="ALONGSIDE_COUNCIL", help="Whose it is.")] = "leicester",
    json_wanted: Annotated[bool, typer.Option("--json", help="The report as JSON.")] = False,
) -> None:
    """Bring in support plans, or a register of personal assistants.

    Good rows go in. Bad rows come out in FILE.refused.csv (or .jsonl) with the reason:
    mend them there and import that file. Importing a file again changes nothing.
    Words we do not know are asked about, never guessed.

    \b
    Plans     .csv, .json, .jsonl, FHIR R4 CarePlan or Bundle (docs/how-to/support-plans.md)
    Register  .csv as councils keep it, .json, .jsonl

    \b
    Examples:
      alongside import plans.csv
      alongside import bundle.json --council powys
      alongside import "PA register March.csv" --kind register

    Exit codes: 0 all good, 3 some rows were refused, 2 the file is not right, 4 a service was not reached.
    """
    try:
        held = source(file, kind)
    except NotUnderstood as problem:
        stop(Ending.USAGE, str(problem), "Say what it is with --kind plans or --kind register, or look at its first row.")
    report = Report()
    with plainly():
        try:
            _send_all(held, council, find(), report)
        except httpx.HTTPError:
            done = sum(report.counts.values())
            if done:
                err.print(
                    f"[yellow]{done:,} of {len(held):,} rows were dealt with. Import the file again: nothing goes in twice.[/]"
                )
            raise
    kept = keep_refused(held, report)
    if json_wanted:
        out.print_json(as_json(held, report, kept))
    else:
        show(held, report, kept)
    if report.refused:
        raise typer.Exit(Ending.SOME_REFUSED)


def _send_all(held: Source, council: str, where: Where, report: Report) -> None:
    base = f"{where.urls['portal']}/api" if held.kind is Kind.PLANS else where.urls["registry"]
    done = 0
    with httpx.Client(headers=where.authorization, timeout=PATIENCE) as client, bars() as told:
        told(held.kind.value, 0, len(held))
        for batch in held.batches():
            report.add(batch, _send(client, f"{base}/councils/{council}/{batch.path}", batch))
            done += len(batch.rows)
            told(held.kind.value, done, len(held))


def _send(client: httpx.Client, url: str, batch: Batch) -> dict[str, object]:
    answer = client.post(url, content=batch.body, headers={"Content-Type": batch.media_type})
    answer.raise_for_status()
    report: dict[str, object] = answer.json()
    return report
