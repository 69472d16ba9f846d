"""Creates the topics of topics.yaml that are missing: `python -m deploy.kafka.topics` (servers from ALONGSIDE_KAFKA_SERVERS)."""
import asyncio
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code

from shared.messaging.access import OPEN, Access, access_of
from shared.runtime.environment import KafkaAccess, read

FILE = Path(__file__).with_name("topics.yaml")
WRONG_SETTINGS, NOT_NOW = 78, 75


@dataclass(frozen=True, slots=True)
class Topic:
    name: str
    partitions: int
    settings: dict[str, str]


class NotCreated(Exception):
    """The broker would not make a topic."""


def written(file: Path = FILE) -> tuple[Topic, ...]:
    """The topics as the file says."""
    text = yaml.safe_load(file.read_text())
    kinds = {kind: {name: str(value) for name, value in settings.items()} for kind, settings in text["kinds"].items()}
    return tuple(Topic(name, text["partitions"], kinds[kind]) for name, kind in text["topics"].items())


async def create(
    servers: str, *, replication: int = 1, topics: Sequence[Topic] | None = None, within: float = 60, access: Access = OPEN
) -> list[str]:
    """Make what is missing, waiting up to `within` seconds for the broker; the names of those made."""
    wanted = written() if topics is None else topics
    deadline = asyncio.get_running_loop().time() + within
    while True:
        try:
            await asyncio.wait_for(until_one_listens(servers), 5)
            return await asyncio.wait_for(create_missing(servers, replication, wanted, access), 20)
        except (KafkaError, OSError, TimeoutError):
            if asyncio.get_running_loop().time() > deadline:
                raise
            await asyncio.sleep(0.2)


async def until_one_listens(servers: str) -> None:
    """The client library complains aloud for every try at a closed port, so knock first."""
    host, _, port = servers.split(",")[0].rpartition(":")
    _, writer = await asyncio.open_connection(host, int(port))
    writer.close()


async def create_missing(servers: str, replication: int, wanted: Sequence[Topic], access: Access) -> list[str]:
    admin = AIOKafkaAdminClient(
        bootstrap_servers=servers, client_id="alongside-topics", request_timeout_ms=10_000, **access.for_clients()
    )
    await admin.start()
    try:
        there = set(await admin.list_topics())
        missing = [topic for topic in wanted if topic.name not in there]
        if missing:
            answer = await admin.create_topics(
                [NewTopic(topic.name, topic.partitions, replication, topic_configs=topic.settings) for topic in missing]
            )
            for name, code, *_ in answer.topic_errors:
                if code and for_code(code) is not TopicAlreadyExistsError:
                    raise NotCreated(f"{name}: {for_code(code).__name__}")
        return [topic.name for topic in missing]
    finally:
        await admin.close()


def main() -> int:
    servers = os.environ.get("ALONGSIDE_KAFKA_SERVERS")
    if not servers:
        print("ALONGSIDE_KAFKA_SERVERS is missing. Set it to host:port of the broker and start again.", file=sys.stderr)
        return WRONG_SETTINGS
    access, replication = access_of(read(KafkaAccess)), int(os.environ.get("ALONGSIDE_KAFKA_REPLICATION", "1"))
    try:
        made = asyncio.run(create(servers, replication=replication, access=access))
    except (KafkaError, OSError, TimeoutError, NotCreated) as problem:
        print(f"The topics could not be made: {problem or type(problem).__name__}", file=sys.stderr)
        return NOT_NOW
    print(f"{len(made)} topics made: {', '.join(made)}" if made else "All topics are there already.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
