"""A service that takes its time over each event, as a process (`python -m …slow_service`) to be stopped."""
import asyncio
import os
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

from fastapi import FastAPI

from shared.contracts.portal import SupporterChanged
from shared.messaging.outbox import PostgresOutbox
from shared.messaging.service import main, service_app
from shared.runtime.environment import Settings
from shared.runtime.postgres import Connection, Database
from tests.integration.messaging.parts import Work, reply


class Store:
    def __init__(self, database: Database) -> None:
        self.database = database

    def on(self, connection: Connection) -> Work:
        return Work(connection)


async def hear(event: SupporterChanged, work: Work) -> None:
    """What it did is one row of its own outbox, about a reply that nobody waits for."""
    if event.council == os.environ["COUNCIL"]:
        done = uuid5(NAMESPACE_OID, f"{event.key}/{event.revision}")
        await PostgresOutbox(work.connection).append(reply(event.council, 1, done))
        print("in hand", flush=True)
        await asyncio.sleep(float(os.environ["HANDLING"]))


def build(settings: Settings) -> FastAPI:
    return service_app(
        os.environ["NAME"], settings, hears={SupporterChanged: hear}, tells=(), store=Store, routers=lambda _: []
    )


if __name__ == "__main__":
    main(os.environ["NAME"], build, Settings, Path("no-migrations-of-its-own"))
