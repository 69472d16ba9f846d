"""`alongside list`: the lists a plan was told, and one of them made again from what it names."""

import json
from typing import Annotated, Any
from uuid import UUID

import httpx
import typer
from rich.table import Table

from deploy.cli.ending import Ending, err, out, plainly, stop
from deploy.cli.where import find

lists = typer.Typer(help="See which lists were told, and make one of long ago again.", no_args_is_help=True)

Council = Annotated[str, typer.Option(envvar="ALONGSIDE_COUNCIL", help="The council's short name.")]
OfPlan = Annotated[UUID, typer.Option("--plan", help="The plan's id.")]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]
ENDINGS = {"equal": Ending.GOOD, "unequal": Ending.FAILED, "not_whole": Ending.SOME_REFUSED}


@lists.command()
def told(council: Council, plan: OfPlan, as_json: AsJson = False) -> None:
    """The lists that were told of a plan, newest first, with what each was made from.

    \b
    Example:
      alongside list told --council leicester --plan 0190a000-0000-7000-8000-000000000201
    """
    found = _asked(f"/councils/{council}/plans/{plan}/lists")
    if as_json:
        out.print_json(json.dumps(found))
        return
    table = Table("list", "told", "day", "plan", "register at", "rules", "tables", "digest", title_justify="left")
    for one in found:
        number = str(one["revision"]) if one["open"] else f"{one['revision']} (put away)"
        table.add_row(
            number, one["told_at"][:16].replace("T", " "), one["day"], str(one["plan_revision"]), str(one["register_moment"]),
            str(one["rules_version"]), one["lore_version"], one["digest"][:12],
        )
    out.print(table if found else "No list was told of this plan, or it is too long ago.")


@lists.command()
def rebuild(
    council: Council,
    plan: OfPlan,
    revision: Annotated[int, typer.Option(min=1, help="The number of the list. `told` shows them all.")],
    as_json: AsJson = False,
    lines: Annotated[bool, typer.Option("--lines", help="Only the list as it is written down, byte for byte.")] = False,
) -> None:
    """Make a list of long ago again, from the plan, profiles, rules and day it names, and say whether it is the same.

    \b
    Exit codes: 0 equal · 1 unequal · 3 some places cannot be made again (somebody left, or took back what they shared)
    \b
    Example:
      alongside list rebuild --council leicester --plan 0190a000-0000-7000-8000-000000000201 --revision 4
    """
    found = _asked(f"/councils/{council}/plans/{plan}/lists/{revision}")
    if as_json:
        out.print_json(json.dumps(found))
    elif lines:
        typer.echo(found["written_down"], nl=False)
        err.print(found["text"])
    else:
        _show(found)
    raise typer.Exit(ENDINGS[found["outcome"]])


def _show(found: dict[str, Any]) -> None:
    made = found["told"]
    colour = {"equal": "green", "unequal": "red", "not_whole": "yellow"}[found["outcome"]]
    out.print(f"[{colour}]{found['text']}[/]")
    out.print(
        f"List {made['revision']}, told {made['told_at'][:10]} for {made['day']}, from plan revision {made['plan_revision']}, "
        f"the register at {made['register_moment']}, rules {made['rules_version']} and tables {made['lore_version']}."
    )
    out.print(f"then {made['digest']}\nnow  {found['digest_now']}")
    for one in found["missing"]:
        out.print(f"[yellow]{one['profile_id']} revision {one['profile_revision']}: {one['text']}[/]")
    table = Table("rank", "PA", "revision", "group", "score", "what they lack")
    for one in found["places"]:
        lacks = "; ".join(reason["text"] for reason in one["unmet"])
        table.add_row(
            str(one["rank"]), one["profile_id"], str(one["profile_revision"]), one["group"], f"{one['score'] / 10_000:.1f}", lacks
        )
    out.print(table)


def _asked(path: str) -> Any:
    where = find()
    with plainly():
        answer = httpx.get(f"{where.urls['matcher']}{path}", headers=where.authorization, timeout=60)
        if answer.status_code in (404, 409, 410):
            stop(Ending.USAGE, answer.json()["title"])
        answer.raise_for_status()
        return answer.json()
