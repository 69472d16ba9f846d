"""The registry's app on a real PostgreSQL, without a broker: what it tells waits in the outbox, where we look at it."""
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from services.registry.app import build
from services.registry.settings import Settings
from shared.contracts.registry import ProfileChanged
from shared.runtime.postgres import Database

KEY = "a-key-that-only-tests-know"
AMRIT: dict[str, Any] = {
    "ref": "PA-0042",
    "chosen_name": "Amrit K",
    "about_me": "I like gardens.",
    "postcode": "LE5 3PA",
    "travel": "bus",
    "languages": "Panjabi (fluent), English (fluent)",
    "practices": ["cooks_vegetarian"],
    "tasks": "cooking",
    "faith": "Sikh",
    "sex": "woman",
    "consents": ["faith"],
    "availability": "Mon-Fri mornings, not Weds",
    "rate": "15.00",
    "age_band": "21_and_over",
    "confirmed_on": "2026-06-01",
}


@dataclass
class Registry:
    http: httpx.AsyncClient
    database: Database
    council: str

    async def ask(self, method: str, path: str, body: Any = None, **more: Any) -> httpx.Response:
        return await self.http.request(method, f"/councils/{self.council}{path}", json=body, **more)

    async def register(self, **said: Any) -> Any:
        """Amrit, with what is said; the answer's JSON."""
        answer = await self.ask("POST", "/profiles", {**AMRIT, **said})
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    async def see(self, profile_id: str) -> Any:
        return (await self.ask("GET", f"/profiles/{profile_id}")).json()

    async def send_csv(self, text: str | bytes) -> httpx.Response:
        body = text.encode() if isinstance(text, str) else text
        path = f"/councils/{self.council}/profiles/csv"
        return await self.http.post(path, content=body, headers={"Content-Type": "text/csv"})

    async def told(self) -> list[ProfileChanged]:
        """Everything told of this council, in the order it was committed."""
        async with self.database.transaction() as connection:
            rows = await connection.fetch("SELECT body FROM outbox_log WHERE council = $1 ORDER BY id", self.council)
        return [ProfileChanged.model_validate(json.loads(row["body"])) for row in rows]


@pytest.fixture
async def registry(database_url_for: Callable[[str], Awaitable[str]], council: str) -> AsyncIterator[Registry]:
    settings = Settings(
        database_url=await database_url_for("registry"), kafka_servers="127.0.0.1:1", service_key=KEY, port=8001
    )  # type: ignore[arg-type]
    app = build(settings)
    await app.state.database.open()
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://registry", headers={"Authorization": f"Bearer {KEY}"}
    ) as http:
        yield Registry(http, app.state.database, council)
    await app.state.database.close()
