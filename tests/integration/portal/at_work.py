"""A portal at work on a real PostgreSQL, asked as from outside."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

from services.portal.store import Store
from services.portal.subscribers import HEARS
from shared.messaging.envelope import Arrival
from shared.messaging.hearing import Hearing
from shared.runtime.postgres import Database


@dataclass
class Portal:
    http: httpx.AsyncClient
    database: Database
    store: Store
    council: str

    async def post(self, path: str, body: Any, **more: Any) -> httpx.Response:
        return await self.http.post(f"/api/councils/{self.council}{path}", json=body, **more)

    async def get(self, path: str) -> httpx.Response:
        return await self.http.get(f"/api/councils/{self.council}{path}")

    async def told(self, topic: str) -> list[dict[str, Any]]:
        async with self.database.transaction() as connection:
            rows = await connection.fetch("SELECT body FROM outbox_log WHERE topic = $1 ORDER BY id", topic)
        return [json.loads(row["body"]) for row in rows]

    async def hears(self, event: Any, *, offset: int = 0) -> None:
        """As it comes from the broker, through the inbox."""
        body = event if isinstance(event, dict) else json.loads(event.model_dump_json())
        topic = "intake.support_plan.v1" if isinstance(event, dict) else event.topic
        headers = (("ce_id", str(uuid4()).encode()), ("ce_source", b"test"))
        hearing = Hearing(self.database, HEARS, self.store.on)
        await hearing.take([Arrival(topic, 0, offset, headers, json.dumps(body).encode())])

    async def set_aside(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.http.get("/parked")).json()
        return found
