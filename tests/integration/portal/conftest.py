"""A portal for each test, with a fresh database."""

from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest

from services.portal.app import build
from services.portal.settings import Settings
from tests.integration.portal.at_work import Portal

KEY = "a-key-that-only-tests-know"


@pytest.fixture
async def portal(database_url_for: Callable[[str], Awaitable[str]], council: str) -> AsyncIterator[Portal]:
    settings = Settings(database_url=await database_url_for("portal"), kafka_servers="127.0.0.1:1", service_key=KEY)
    app = build(settings)
    await app.state.database.open()  # no broker: what is told waits in the outbox, where we look at it
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://portal", headers={"Authorization": f"Bearer {KEY}"}
    ) as http:
        yield Portal(http, app.state.database, app.state.store, council)
    await app.state.database.close()
