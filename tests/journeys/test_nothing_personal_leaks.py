"""A canary in every personal field of everybody, then each road once: no topic, log line, error or other database sings."""
import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition

from deploy.embedded.ports import Ports
from deploy.embedded.stack import SERVICES, Stack
from deploy.kafka import topics
from tests.conftest import BROKER, Beside, state_folder
from tests.journeys.canary import AT_HOME, INTAKE, Journey
from tests.journeys.conftest import Town

TOPICS = tuple(topic.name for topic in topics.written() if not topic.name.startswith(("intake.", "upkeep.")))
BUSY = '503 {"status"'
"""What `/ready` says on a busy machine."""
NOT_ON_THE_WAY = {"notifier.answer.v1"}
"""What is told only of a profile that nobody confirmed for half a year."""



@pytest.fixture(scope="module")
def lines() -> list[str]:
    """Everything that the four services, PostgreSQL and the broker say."""
    return []


@pytest.fixture(scope="module")
def whole(beside: Beside, lines: list[str]) -> Iterator[Stack]:
    """A product of our own, that says all it can."""
    stack = Stack(
        state_folder(), Ports.free(), broker=BROKER, durable=False, tell=lambda name, line: lines.append(f"{name} {line}"),  # type: ignore[arg-type]
        settings={"ALONGSIDE_LOG_LEVEL": "debug"},
    )  # fmt: skip
    beside.run(stack.__aenter__())
    yield stack
    beside.run(stack.__aexit__(None, None, None))


async def everything_on(topics: tuple[str, ...], servers: str) -> dict[str, list[bytes]]:
    """Every record from the first, raw: key, headers and body."""
    consumer = AIOKafkaConsumer(bootstrap_servers=servers, auto_offset_reset="earliest", enable_auto_commit=False)
    await consumer.start()
    places = [TopicPartition(topic, partition) for topic in topics for partition in range(12)]
    consumer.assign(places)
    ends = {place: end for place, end in (await consumer.end_offsets(places)).items() if end}
    found: dict[str, list[bytes]] = {topic: [] for topic in topics}
    await consumer.seek_to_beginning(*places)
    at: dict[TopicPartition, int] = {}
    async with asyncio.timeout(60):
        while any(at.get(place, 0) < end for place, end in ends.items()):
            for place, records in (await consumer.getmany(timeout_ms=500)).items():
                for one in records:
                    found[place.topic].append(repr((one.key, one.headers)).encode() + (one.value or b""))
                    at[place] = one.offset + 1
    await consumer.stop()
    return found


async def everything_kept(database_url: str) -> str:
    connection = await asyncpg.connect(database_url)
    try:
        tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        kept = []
        for (table,) in tables:
            for row in await connection.fetch(f'SELECT t.* FROM "{table}" AS t'):
                kept += [f"{table} {as_text(value)}".replace("\n", " ") for value in row.values()]
        return "\n".join(kept)
    finally:
        await connection.close()


def sent(outbox: Path) -> tuple[list[str], list[bytes], list[bytes]]:
    """The titles of all messages, the words of those that went as a text, and every address in any."""
    titles, texts, links = [], [], []
    for message in (one for one in outbox.iterdir() if not one.name.startswith(".")):
        ledger = json.loads((message / "delivery.json").read_text())
        titles.append(ledger["title"])
        for artefact in (one for one in message.iterdir() if one.suffix in (".txt", ".html")):
            body = artefact.read_bytes()
            links += re.findall(rb"https?://[^\s\"<>)]+", body)
            texts += [body] if ledger["method"] == "text" else []
    return titles, texts, links


def as_text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


async def test_nothing_personal_is_anywhere_but_at_home(town: Town, lines: list[str]) -> None:
    journey = Journey(town)
    await journey.everything()
    heard = journey.canaries.heard

    # The canaries do sing where they live: a test that puts none out would find none.
    kept = {service: await everything_kept(town.stack.database_url(service)) for service in SERVICES}
    lived = {kind for service in SERVICES for kind in journey.canaries.kinds(kept[service])}
    assert lived == {kind for kind, homes in AT_HOME.items() if homes}
    for service in SERVICES:
        strange = {one for one in heard(kept[service]) if service not in AT_HOME[one.partition(":")[0]]}
        assert not strange, (service, [line[:300] for line in kept[service].split("\n") if heard(line) & strange][:5])

    told = await everything_on(TOPICS, town.stack.kafka_servers)
    assert {topic for topic, records in told.items() if not records} <= NOT_ON_THE_WAY
    assert [record for records in told.values() for record in records if heard(record)] == []
    intake = (await everything_on((INTAKE,), town.stack.kafka_servers))[INTAKE]
    assert {kind for record in intake for kind in journey.canaries.kinds(record)} == {"on the topic"}

    assert len(lines) > 30
    assert [line for line in lines if heard(line)] == []
    assert len(journey.refusals) > 100
    # A refusal names the field and the remedy, never what was sent, but for the name of a field that the sender made up.
    assert [line for line in journey.refusals if journey.canaries.kinds(line) - {"wrong field"}] == []
    assert [line for line in journey.refusals if line.startswith("5") and not line.startswith(BUSY)] == []

    for service in SERVICES:
        set_aside = (await town.client.get(f"{town.stack.url(service)}/parked")).text
        assert heard(set_aside) == set(), service
    assert (await town.client.get(f"{town.stack.url('portal')}/parked")).json()

    titles, texts, links = sent(town.stack.state / "outbox" / town.council)
    assert [title for title in titles if heard(title)] == []  # others may see it over a shoulder
    assert texts and links
    assert [body for body in (*texts, *links) if heard(body)] == []
    assert all(str(party).encode() not in link for link in links for party in (journey.person, journey.pa))
