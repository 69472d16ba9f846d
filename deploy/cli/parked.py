"""`alongside parked`: events a service set aside because it could not take them in: why, and what people decide about them."""

import json
from collections.abc import Iterator
from typing import Annotated, Any

import httpx
import typer

from deploy.cli.ending import Ending, err, out, plainly, stop
from deploy.cli.parked_words import card_of, moment, table_of, what_to_do
from deploy.cli.where import SERVICES, Where, chosen, find

parked = typer.Typer(
    help="Events that were set aside: list them, see why, try one again, leave one out, take a copy.", no_args_is_help=True
)

Service = Annotated[str | None, typer.Option(help=f"Only this service: {', '.join(SERVICES)}.")]
Json = Annotated[bool, typer.Option("--json", help="As JSON.")]
Name = Annotated[str, typer.Argument(help="service/council/number, as the list shows it.", metavar="SERVICE/COUNCIL/NUMBER")]
WHO_HELP = "Your own name. It is written down with what you do. (Staff accounts are the portal's; the command takes your word.)"
Who = Annotated[str, typer.Option("--as", envvar="ALONGSIDE_AS", help=WHO_HELP)]
Reason = Annotated[str, typer.Option(help="Why, in your words. It is kept for good: no names or other personal details.")]


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
    for name in chosen(service):
        try:
            found += _named(name, _get(where, name, "/parked", most=most))
        except httpx.TransportError:
            silent.append(name)
    if as_json:
        out.print_json(json.dumps(found))
    elif found:
        out.print(table_of(found))
        out.print("See one, and what to do about it, with [bold]alongside parked show NAME[/].")
    elif not silent:
        out.print("[green]Nothing is set aside.[/]")
    if silent:
        err.print(f"[yellow]Not reached: {', '.join(silent)}. Is Alongside running?[/]")
        raise typer.Exit(Ending.NOT_REACHED)


@parked.command()
def show(name: Name, as_json: Json = False) -> None:
    """One of them: where it came from, what was wrong, what was decided about it, and what to do next.

    \b
    Example:
      alongside parked show portal/leicester/3
    """
    service, council, number = _parts(name)
    with plainly():
        found = _named(service, [_there(name, _ask(find(), service, f"/parked/{council}/{number}"))])[0]
    if as_json:
        out.print_json(json.dumps(found))
        return
    out.print(card_of(found))
    out.print(what_to_do(found))


@parked.command()
def retry(name: Name, who: Who) -> None:
    """Try one again now. Events of the same thing that wait behind it follow by themselves.

    If it waits because the one before it never came, this goes on without that one.

    \b
    Example:
      alongside parked retry portal/leicester/3 --as 'Ada Okafor'
    """
    service, council, number = _parts(name)
    with plainly():
        _there(name, _ask(find(), service, f"/parked/{council}/{number}/retry", {"who": who}))
    out.print(f"{name} will be tried again within a few seconds. See how it went with [bold]alongside parked list[/].")


@parked.command()
def skip(name: Name, who: Who, reason: Reason) -> None:
    """Leave one out for good, so that those behind it go on. It takes two people.

    The first asks; nothing changes until another person does the same within 24 hours.
    The event is kept for 90 days among the skipped ones; who asked, who agreed and why are kept for good.
    If a mended one shall take its place, publish that first, with a new ce_id: it waits behind this one and then goes in.

    \b
    Example:
      alongside parked skip matcher/leicester/3 --as 'Ada Okafor' --reason 'The sender cannot send it again'
    """
    service, council, number = _parts(name)
    with plainly():
        said = _there(name, _ask(find(), service, f"/parked/{council}/{number}/skip", {"who": who, "why": reason}))
    if said["status"] == "asked":
        until = moment(said["until"])
        out.print(f"Asked. Nothing has changed yet: a second person must do the same with their own name before {until}.")
    else:
        out.print(f"{name} is left out. What waits behind it goes on within a few seconds.")


@parked.command()
def export(
    service: Service = None,
    council: Annotated[str | None, typer.Option(help="Only this council.")] = None,
    key: Annotated[str | None, typer.Option(help="Only this key, as `show` names it.")] = None,
    whole: Annotated[
        bool, typer.Option("--whole", help="Headers and body as they are, to be mended and published. Needs --as and --reason.")
    ] = False,
    who: Annotated[str, typer.Option("--as", envvar="ALONGSIDE_AS", help=WHO_HELP)] = "",
    reason: Annotated[str, typer.Option(help="Why you need the whole of them. No personal details.")] = "",
) -> None:
    """Copies, one a line of JSON, on standard output. Without --whole only their structure: field names and kinds of values.

    With --whole a line has all that the topic had. Events hold ids instead of names, but what came from outside may hold
    anything: keep the file as you would keep the plans, and delete it afterwards. Who took it and why is written down.

    \b
    Examples:
      alongside parked export --service portal
      alongside parked export --service portal --whole --as 'Ada Okafor' --reason 'To be mended' > mend.jsonl
    """
    if whole and not (who and reason):
        stop(Ending.USAGE, "Who takes the whole of them, and why?", "Add --as 'Your name' and --reason 'why you need them'.")
    where = find()
    asked = {name: value for name, value in (("council", council), ("key", key)) if value is not None}
    for name in chosen(service):
        with plainly():
            for one in _pages(where, name, asked, {"who": who, "reason": reason} if whole else None):
                typer.echo(json.dumps(one, ensure_ascii=False))


def _pages(where: Where, service: str, asked: dict[str, Any], said: dict[str, str] | None) -> Iterator[dict[str, Any]]:
    after = 0
    while True:
        if said is None:
            page = _get(where, service, "/parked/export", **asked, after=after)
        else:
            answer = _ask(where, service, "/parked/export", {**asked, "after": after, "who": said["who"], "why": said["reason"]})
            page = answer.raise_for_status().json()
        if not page:
            return
        yield from _named(service, page)
        after = page[-1]["id"]


def _parts(name: str) -> tuple[str, str, int]:
    match name.split("/"):
        case [service, council, number] if service in SERVICES and number.isdecimal() and council:
            return service, council, int(number)
    stop(
        Ending.USAGE,
        f"{name} is not the name of an event that was set aside.",
        "Names look like portal/leicester/3: see `alongside parked list`.",
    )


def _ask(where: Where, service: str, path: str, said: dict[str, Any] | None = None) -> httpx.Response:
    """With something said it is a POST."""
    return httpx.request(
        "GET" if said is None else "POST", where.urls[service] + path, json=said, headers=where.authorization, timeout=30
    )


def _get(where: Where, service: str, path: str, **asked: Any) -> list[dict[str, Any]]:
    answer = httpx.get(where.urls[service] + path, params=asked, headers=where.authorization, timeout=30)
    with plainly():
        answer.raise_for_status()
    found: list[dict[str, Any]] = answer.json()
    return found


def _there(name: str, answer: httpx.Response) -> dict[str, Any]:
    if answer.status_code == 404:
        stop(Ending.USAGE, f"{name} is not set aside.", "It may have been applied since. See `alongside parked list`.")
    if answer.status_code in (409, 422):
        faults = [f"{one['problem']} {one['remedy']}" for one in answer.json()["errors"]]
        stop(Ending.USAGE, answer.json()["title"] + ".", "\n".join(faults))
    found: dict[str, Any] = answer.raise_for_status().json()
    return found


def _named(service: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """With the name that the other commands take."""
    return [{"service": service, **one, "name": f"{service}/{one['council'] or '-'}/{one['id']}"} for one in rows]
