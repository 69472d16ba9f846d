"""`alongside publish-plan`: puts plans straight onto the intake topic, as a council's own system would."""

import asyncio
import json
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import NAMESPACE_URL, UUID, uuid5

import typer
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from pydantic import ValidationError

from deploy.cli.ending import Ending, err, out, stop
from deploy.cli.plan_files import NotAPlanFile, plans_in
from deploy.cli.where import find
from shared.contracts.intake import SupportPlanReceived
from shared.messaging.access import access_of
from shared.messaging.envelope import headers_for
from shared.messaging.partitions import partition_of
from shared.runtime.environment import KafkaAccess, read

KEPT_OFF_TOPICS = ("own_words", "title")
"""A person's words never go onto a topic; over HTTP they may."""


def publish_plan(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="One plan (.json), a list of them, or one a line (.jsonl).")
    ],
    council: Annotated[str, typer.Option(envvar="ALONGSIDE_COUNCIL", help="Whose plans they are.")] = "leicester",
    version: Annotated[
        int | None, typer.Option(min=1, help="Say that it is this version: a higher one than last time is a change.")
    ] = None,
    servers: Annotated[str | None, typer.Option(help="host:port of the broker. Left out: the running stack's.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show the key, the headers and the body that would be sent.")
    ] = False,
) -> None:
    """Put support plans on the topic intake.support_plan.v1, with the CloudEvents headers they need.

    The portal hears them, reads them and tells the matcher. What cannot be read is set aside: see `alongside parked list`.

    \b
    Examples:
      alongside publish-plan plan.json
      alongside publish-plan plan.json --version 2
      alongside publish-plan plan.json --dry-run
    """
    try:
        events = [_event(plan, council, version) for plan in plans_in(file)]
    except NotAPlanFile as problem:
        stop(Ending.USAGE, str(problem))
    except ValidationError as invalid:
        faults = "\n".join(f"  {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in invalid.errors(include_input=False))
        stop(Ending.USAGE, "This is not a support plan as the topic takes it:", faults)
    if dry_run:
        for event in events:
            out.print_json(
                json.dumps(
                    {
                        "topic": event.topic,
                        "key": event.key,
                        "partition": partition_of(council),
                        "headers": _headers(event),
                        "body": json.loads(_body(event)),
                    }
                )
            )
        return
    at = servers or find(key_needed=False).kafka
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    try:
        asyncio.run(asyncio.wait_for(_send(at, council, events), 30))
    except (KafkaError, OSError, TimeoutError) as problem:
        stop(Ending.NOT_REACHED, f"The broker at {at} did not take it.", type(problem).__name__)
    err.print(
        f"[green]{len(events)} sent[/] to {SupportPlanReceived.topic} at {at}: {', '.join(event.key for event in events[:5])}"
    )


def _event(plan: dict[str, Any], council: str, version: int | None) -> SupportPlanReceived:
    told = {name: value for name, value in plan.items() if name not in KEPT_OFF_TOPICS}
    number = version or told.get("source_version", 1)
    return SupportPlanReceived.model_validate({**told, "source_version": number, "council": council, "revision": number})


def _headers(event: SupportPlanReceived) -> dict[str, str]:
    return headers_for(event, _event_id(event), told_at=datetime.now(UTC)) | {"ce_source": f"/{event.source}"}


def _event_id(event: SupportPlanReceived) -> UUID:
    """The same plan in the same version is the same event, so sending it twice counts once."""
    return uuid5(NAMESPACE_URL, f"{event.council}/{event.key}/{event.revision}")


def _body(event: SupportPlanReceived) -> bytes:
    return event.model_dump_json(by_alias=True, exclude_none=True).encode()


async def _send(servers: str, council: str, events: list[SupportPlanReceived]) -> None:
    access = access_of(read(KafkaAccess)).for_clients()
    producer = AIOKafkaProducer(bootstrap_servers=servers, client_id="alongside-cli", acks="all", **access)
    await producer.start()
    try:
        for event in events:
            headers = [(name, value.encode()) for name, value in _headers(event).items()]
            await producer.send_and_wait(
                event.topic, _body(event), key=event.key.encode(), partition=partition_of(council), headers=headers
            )
    finally:
        await producer.stop()
