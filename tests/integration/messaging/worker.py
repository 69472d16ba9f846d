"""A relay or a reader as a process of its own, to be killed: `python -m tests.integration.messaging.worker relay|reader …`."""
import asyncio
import sys

from shared.contracts.portal import SupporterChanged
from shared.messaging import parking
from shared.messaging.broker import connect, epoch_of
from shared.messaging.hearing import Hearing
from shared.messaging.living import patient, patiently
from shared.messaging.outbox import PostgresOutbox
from shared.messaging.relay import Relay
from shared.runtime.postgres import Database
from tests.integration.messaging.parts import Work


async def hear(event: SupporterChanged, work: Work) -> None:
    """What it did is one row: the reader's own outbox is its ledger."""
    await PostgresOutbox(work.connection).append(event)


async def main(role: str, name: str, url: str, servers: str, kind: str) -> None:
    database = Database(url, name=name)
    await database.open()
    epoch = await patiently(lambda: epoch_of(servers))
    if role == "relay":
        await Relay(database, servers, idempotent=kind == "apache", epoch=epoch).run()
    hearing = Hearing(database, {SupporterChanged: hear}, Work)
    broker = connect(name, servers, kind=kind, instance="1", epoch=epoch, hearing=hearing)
    await broker.start()
    await patient(lambda: parking.drain(hearing))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
