"""`alongside reconciled`: whether what each service holds of the others' states is what they told."""

import json
from typing import Annotated, Any

import httpx
import typer
from rich.table import Table

from deploy.cli.ending import Ending, err, out, plainly
from deploy.cli.where import SERVICES, Where, chosen, find


def reconciled(
    service: Annotated[str | None, typer.Option(help=f"Only this service: {', '.join(SERVICES)}.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """How the last comparison of each service with what it was told went, and what was put right.

    Every five minutes each service compares what it holds with what its owner told. What is lost or old is told anew.

    \b
    Examples:
      alongside reconciled
      alongside reconciled --service matcher --json
    """
    where = find()
    found, silent = [], []
    for name in chosen(service):
        try:
            found += _of(where, name)
        except httpx.TransportError:
            silent.append(name)
    if as_json:
        out.print_json(json.dumps(found))
    elif found:
        out.print(_table(found))
        for one in found:
            for key in one["phantoms"]:
                out.print(f"[yellow]{one['service']} holds {key} of {one['topic']}, which its owner never told.[/]")
    elif not silent:
        out.print("Nothing was compared yet. The first comparison comes within five minutes of the first event.")
    if silent:
        err.print(f"[yellow]Not reached: {', '.join(silent)}. Is Alongside running?[/]")
        raise typer.Exit(Ending.NOT_REACHED)


def _of(where: Where, service: str) -> list[dict[str, Any]]:
    answer = httpx.get(f"{where.urls[service]}/reconciled", headers=where.authorization, timeout=10)
    with plainly():
        answer.raise_for_status()
    return [{"service": service, **one} for one in answer.json()]


def _table(found: list[dict[str, Any]]) -> Table:
    names = ("service", "council", "topic", "told", "held", "now", "put right", "compared")
    table = Table(*names, title="Held by each service, against what was told", title_justify="left")
    for one in found:
        table.add_row(
            one["service"],
            one["council"],
            one["topic"],
            str(one["keys_told"]),
            str(one["keys_held"]),
            _now(one),
            str(one["repaired"]),
            one["compared_at"][:16].replace("T", " "),
        )
    return table


def _now(one: dict[str, Any]) -> str:
    if one["phantoms"]:
        return "[red]more than told[/]"
    if one["adrift"]:
        return f"[yellow]{one['adrift']} to put right[/]"
    return "on its way" if one["unequal_shards"] else "[green]equal[/]"
