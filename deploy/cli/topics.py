"""`alongside topics`: which topics there are, who tells and hears each, and making the ones that are missing."""

import asyncio
import json
import logging
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Annotated, Any

import typer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from rich.table import Column, Table

from deploy.cli.ending import Ending, err, out, stop
from deploy.cli.where import find
from deploy.kafka.topics import NotCreated, create, written
from shared.contracts.upkeep import UPKEEP
from shared.messaging.access import access_of
from shared.runtime.environment import KafkaAccess, read

topics = typer.Typer(help="The Kafka topics: show them, or create the ones that are missing.", no_args_is_help=True)

Servers = Annotated[
    str | None, typer.Option(help="host:port of the broker. Left out: the running stack's, or ALONGSIDE_KAFKA_SERVERS.")
]
OUTSIDE = "systems outside"
EVERYBODY = "every service"
SERVICES = ("registry", "portal", "matcher", "notifier")


@topics.command()
def show(servers: Servers = None, as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
    """Each topic: how many partitions, how long it is kept, who tells it and who hears it.

    \b
    Examples:
      alongside topics show
      alongside topics show --servers localhost:9092 --json
    """
    at = servers or find(key_needed=False).kafka
    there = _on_the_broker(at)
    told, heard = tells(), hears()
    rows = [
        {
            "topic": topic.name,
            "partitions": topic.partitions,
            "on_the_broker": there.get(topic.name) if there is not None else None,
            "cleanup": topic.settings["cleanup.policy"],
            "told_by": told.get(topic.name, OUTSIDE),
            "heard_by": heard.get(topic.name, []),
        }
        for topic in written()
    ]
    if as_json:
        out.print_json(json.dumps(rows))
    else:
        _table(rows, at, there)
    if there is None:
        raise typer.Exit(Ending.NOT_REACHED)


@topics.command("create")
def make(
    servers: Servers = None,
    replication: Annotated[int, typer.Option(min=1, help="Copies of each partition. One broker can keep one.")] = 1,
) -> None:
    """Create the topics that are missing. What is there already is left as it is.

    \b
    Example:
      alongside topics create --servers kafka-1:9092,kafka-2:9092,kafka-3:9092 --replication 3
    """
    at = servers or find(key_needed=False).kafka
    _hush()
    try:
        made = asyncio.run(create(at, replication=replication, within=5, access=access_of(read(KafkaAccess))))
    except (KafkaError, OSError, TimeoutError) as problem:
        stop(Ending.NOT_REACHED, f"The broker at {at} was not reached.", type(problem).__name__)
    except NotCreated as problem:
        stop(Ending.FAILED, f"A topic could not be made: {problem}")
    out.print(f"{len(made)} topics made: {', '.join(made)}" if made else "All topics are there already.")


def tells() -> dict[str, str]:
    """Topic -> the one service that tells it, or `EVERYBODY`."""
    of_one = {event.topic: service for service in SERVICES for event in import_module(f"services.{service}.announcements").TELLS}
    return of_one | {event.topic: EVERYBODY for event in UPKEEP}


def hears() -> dict[str, list[str]]:
    """Topic -> the services that hear it."""
    heard: dict[str, list[str]] = {event.topic: [EVERYBODY] for event in UPKEEP}
    for service in SERVICES:
        for event in import_module(f"services.{service}.subscribers").HEARS:
            heard.setdefault(event.topic, []).append(service)
    return heard


def _on_the_broker(servers: str) -> dict[str, int] | None:
    """Topic -> partitions. None: the broker was not reached."""
    _hush()
    try:
        return asyncio.run(asyncio.wait_for(_described(servers), 10))
    except (KafkaError, OSError, TimeoutError):
        return None


async def _described(servers: str) -> dict[str, int]:
    access = access_of(read(KafkaAccess)).for_clients()
    admin = AIOKafkaAdminClient(bootstrap_servers=servers, client_id="alongside-topics", request_timeout_ms=5_000, **access)
    await admin.start()
    try:
        described: Iterable[Mapping[str, Any]] = await admin.describe_topics()
        return {topic["topic"]: len(topic["partitions"]) for topic in described}
    finally:
        await admin.close()


def _hush() -> None:
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # we say in words what it would log


def _table(rows: list[dict[str, Any]], servers: str, there: dict[str, int] | None) -> None:
    title = f"{rows[0]['partitions']} partitions each, at {servers}"
    table = Table(Column("topic", no_wrap=True), "told by", "heard by", "kept", "", title=title, title_justify="left")
    for row in rows:
        kept = "newest of each" if row["cleanup"] == "compact" else "for a time"
        match row["on_the_broker"]:
            case None:
                state = "[dim]?[/]" if there is None else "[yellow]missing[/]"
            case count:
                state = "[green]there[/]" if count == row["partitions"] else f"[red]{count} partitions[/]"
        table.add_row(row["topic"], row["told_by"], ", ".join(row["heard_by"]) or "–", kept, state)
    out.print(table)
    if there is None:
        err.print(f"[yellow]The broker at {servers} was not reached, so what it holds is not shown.[/]")
    elif any(row["on_the_broker"] is None for row in rows):
        out.print("Make the missing ones with [bold]alongside topics create[/].")
