"""`alongside parked`: events a service set aside because it could not take them in, why, and trying one again."""

import json
from typing import Annotated, Any

import httpx
import typer
from rich.table import Table

from deploy.cli.ending import Ending, err, out, plainly, stop
from deploy.cli.where import SERVICES, Where, find

parked = typer.Typer(help="Events that were set aside: list them, see why, try one again.", no_args_is_help=True)

Service = Annotated[str | None, typer.Option(help=f"Only this service: {', '.join(SERVICES)}.")]
Json = Annotated[bool, typer.Option("--json", help="As JSON.")]
Name = Annotated[str, typer.Argument(help="service/council/number, as the list shows it.", metavar="SERVICE/COUNCIL/NUMBER")]


@parked.command("list")
def list_parked(
    service: Service = None,
    most: Annotated[int, typer.Option(min=1, max=1000, help="The newest so many of each service.")] = 100,
    as_json: Json = False,
) -> None:
    """What each service set aside, newest first. Never what the events held: only which, and why.

    \b
    Examples:
      alongside parked list
      alongside parked list --service portal --json
    """
    where = find()
    found, silent = [], []
    for name in _chosen(service):
        try:
            found += _listed(where, name, most)
        except httpx.TransportError:
            silent.append(name)
    if as_json:
        out.print_json(json.dumps(found))
    elif found:
        out.print(_table(found))
        out.print("See one with [bold]alongside parked show NAME[/], try it again with [bold]alongside parked retry NAME[/].")
    elif not silent:
        out.print("[green]Nothing is set aside.[/]")
    if silent:
        err.print(f"[yellow]Not reached: {', '.join(silent)}. Is Alongside running?[/]")
        raise typer.Exit(Ending.NOT_REACHED)


@parked.command()
def show(name: Name, as_json: Json = False) -> None:
    """One of them: where it came from, what was wrong and when it is tried again.

    \b
    Example:
      alongside parked show portal/leicester/3
    """
    where = find()
    service, council, number = _parts(name)
    with plainly():
        found = next((one for one in _listed(where, service, 1000) if (one["council"], one["id"]) == (council, number)), None)
    if found is None:
        stop(Ending.USAGE, f"{name} is not set aside.", "It may have been applied since. See `alongside parked list`.")
    if as_json:
        out.print_json(json.dumps(found))
        return
    table = Table(show_header=False, title=name, title_justify="left")
    for field in ("reason", "fields", "topic", "key", "version", "event_id", "attempts", "first_seen", "next_try_at"):
        value = found[field]
        shown = ", ".join(value) if isinstance(value, list) else value
        table.add_row(
            field.replace("_", " "),
            "waits for somebody to mend it" if field == "next_try_at" and value is None else str(shown or "–"),
        )
    out.print(table)
    out.print(_what_to_do(found))


@parked.command()
def retry(name: Name) -> None:
    """Try one again now. Events of the same thing that wait behind it follow by themselves.

    \b
    Example:
      alongside parked retry portal/leicester/3
    """
    where = find()
    service, council, number = _parts(name)
    with plainly():
        answer = httpx.post(
            f"{where.urls[service]}/parked/{council or '-'}/{number}/retry", headers=where.authorization, timeout=10
        )
        if answer.status_code == 404:
            stop(Ending.USAGE, f"{name} is not set aside.", "It may have been applied since. See `alongside parked list`.")
        answer.raise_for_status()
    out.print(f"{name} will be tried again within a few seconds. See how it went with [bold]alongside parked list[/].")


def _chosen(service: str | None) -> list[str]:
    if service is None:
        return list(SERVICES)
    if service not in SERVICES:
        stop(Ending.USAGE, f"There is no service called {service}.", f"There are: {', '.join(SERVICES)}.")
    return [service]


def _parts(name: str) -> tuple[str, str, int]:
    match name.split("/"):
        case [service, council, number] if service in SERVICES and number.isdecimal():
            return service, "" if council == "-" else council, int(number)
    stop(
        Ending.USAGE,
        f"{name} is not the name of an event that was set aside.",
        "Names look like portal/leicester/3: see `alongside parked list`.",
    )


def _listed(where: Where, service: str, most: int) -> list[dict[str, Any]]:
    answer = httpx.get(f"{where.urls[service]}/parked", params={"most": most}, headers=where.authorization, timeout=10)
    with plainly():
        answer.raise_for_status()
    return [{"service": service, **one, "name": f"{service}/{one['council'] or '-'}/{one['id']}"} for one in answer.json()]


def _table(found: list[dict[str, Any]]) -> Table:
    table = Table("name", "topic", "why", "fields", "tries", "since", "next try", title="Set aside", title_justify="left")
    for one in found:
        table.add_row(
            one["name"],
            one["topic"],
            one["reason"],
            ", ".join(one["fields"]),
            str(one["attempts"]),
            one["first_seen"][:16].replace("T", " "),
            (one["next_try_at"] or "by hand")[:16].replace("T", " "),
        )
    return table


def _what_to_do(found: dict[str, Any]) -> str:
    if found["next_try_at"] is not None:
        return "It is tried again by itself. Nothing needs doing unless it goes on."
    return (
        "Whoever sends this must put right what is named above and send it again. If the reason was ours and is mended, retry it."
    )
