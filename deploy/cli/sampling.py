"""`alongside sample`: an invented council, shown, written to files or loaded."""

import asyncio
import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from deploy.cli.ending import Ending, out, plainly, stop
from deploy.cli.progress import bars
from deploy.cli.where import find
from deploy.sample.council import UnknownCouncil, council, councils
from deploy.sample.files import write
from deploy.sample.load import NotLoaded, load
from deploy.sample.sample import SAMPLE_DAY, Sample, fresh_day
from shared.vocabulary.terms import Kind, label


def sample(
    council: Annotated[str, typer.Option(help=f"Which council: {', '.join(councils())}.")] = "leicester",
    pas: Annotated[int, typer.Option(min=0, max=1_000_000, help="How many personal assistants.")] = 200,
    plans: Annotated[int, typer.Option(min=0, max=200_000, help="How many people, with a support plan each.")] = 40,
    seed: Annotated[int, typer.Option(help="Another number gives other people. The same number gives the same bytes.")] = 7,
    to: Annotated[
        Path | None, typer.Option("--out", help="Write profiles, plans, contacts, accounts and supporters as JSON lines here.")
    ] = None,
    into: Annotated[bool, typer.Option("--load", help="Put it into the running services.")] = False,
    spreadsheets: Annotated[
        bool, typer.Option("--csv", help="With --out: also register.csv and plans.csv, as councils keep them.")
    ] = False,
    messy: Annotated[bool, typer.Option("--messy", help="With --csv: typed in a hurry, with mistakes to be found.")] = False,
    day: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help=f"The day it is made for. Left out: {SAMPLE_DAY}, or with --load yesterday."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Say what there is as JSON.")] = False,
) -> None:
    """Invent a council: personal assistants, people with support plans, brokers, and how each wants to be told things.

    Everybody is made up. Telephone numbers are the ones kept for drama; nothing can reach a real person.

    \b
    Examples:
      alongside sample                                       what the usual sample holds
      alongside sample --pas 500 --plans 60 --out var/sample --csv
      alongside sample --council powys --pas 80 --plans 20 --load
    """
    if (spreadsheets or messy) and not to:
        stop(Ending.USAGE, "--csv and --messy need --out FOLDER.")
    made_for = day.date() if day else fresh_day() if into else SAMPLE_DAY
    wanted = Sample(council, pas, plans, seed, made_for)
    try:
        _ = wanted.facts
    except UnknownCouncil as unknown:
        stop(Ending.USAGE, str(unknown))
    written: list[Path] = []
    if to:
        with bars() as told:
            written = write(wanted, to, told, spreadsheets=spreadsheets or messy, messy=messy)
    if into:
        where = find()
        with plainly(), bars() as told:
            try:
                asyncio.run(load(where.urls, where.key, wanted, told))
            except NotLoaded as problem:
                stop(Ending.FAILED, str(problem))
    if as_json:
        out.print_json(
            json.dumps(
                {**wanted.counts(), "council": council, "seed": seed, "day": str(made_for), "files": list(map(str, written))}
            )
        )
    else:
        _show(wanted, written, into)


def _show(wanted: Sample, written: list[Path], loaded: bool) -> None:
    facts = council(wanted.council)
    languages = Counter(one["tag"] for pa in wanted.profiles() for one in pa["languages"])
    ways = Counter(
        f"{one['preferences'][0]['method']}, {one['preferences'][0]['format'].replace('_', ' ')}"
        for one in (person.contact for person in wanted.each_person())
    )
    table = Table(
        title=f"{facts.title}, invented with seed {wanted.seed} for {wanted.day:%-d %B %Y}",
        show_header=False,
        title_justify="left",
    )
    for what, count in wanted.counts().items():
        table.add_row(what, f"{count:,}")
    table.add_row(
        "languages of PAs", ", ".join(f"{label(Kind.LANGUAGE, tag)} {count}" for tag, count in languages.most_common(12))
    )
    table.add_row("people are told by", ", ".join(f"{way} {count}" for way, count in ways.most_common(8)))
    table.add_row(
        "first people", ", ".join(person.chosen_name for person, _ in zip(wanted.each_person(), range(5), strict=False))
    )
    table.add_row("first PAs", ", ".join(pa.chosen_name for pa, _ in zip(wanted.each_pa(), range(5), strict=False)))
    out.print(table)
    for file in written:
        out.print(f"  {file}  [dim]{file.stat().st_size / 1000:,.0f} kB[/]")
    if not written and not loaded:
        out.print("[dim]Nothing was kept. Add --out FOLDER to write it, or --load to put it into the running services.[/]")
