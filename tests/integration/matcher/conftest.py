"""A matcher on a real database: what it hears is handed over as the inbox would, and the ranker runs when a test says so."""
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from services.matcher.api import PROBLEMS
from services.matcher.app import Ranker, routers
from services.matcher.store import Store
from services.matcher.subscribers import HEARS
from shared.contracts import Event
from shared.runtime.http import explain_problems
from shared.runtime.postgres import Database
from tests.conftest import MakeDatabase
from tests.integration.matcher.told import MORNINGS, plan, profile
from tests.integration.matcher.wire import wire

__all__ = ["MORNINGS", "Matcher", "matcher", "plan", "profile", "wire"]


@dataclass
class Matcher:
    store: Store
    database: Database
    http: httpx.AsyncClient

    async def hear(self, *events: Event) -> None:
        for event in events:
            async with self.store.begin() as work:
                await HEARS[type(event)](event, work)

    async def rank(self) -> int:
        """Everything that is due, without waiting for profiles to settle. How many plans were ranked."""
        async with self.database.transaction() as connection:
            await connection.execute("UPDATE due_ranking SET due_at = now()")
        ranker, ranked = Ranker(self.store), 0
        while await ranker.rank_next():
            ranked += 1
        return ranked

    async def told(self, topic: str) -> list[dict[str, Any]]:
        """Every event of one topic, in the order told."""
        async with self.database.transaction() as connection:
            rows = await connection.fetch("SELECT body FROM outbox_log WHERE topic = $1 ORDER BY id", topic)
        return [json.loads(row["body"]) for row in rows]

    async def lists(self) -> list[dict[str, Any]]:
        return await self.told("matcher.shortlist.v1")

    async def introductions(self) -> list[dict[str, Any]]:
        return await self.told("matcher.introduction.v1")

    async def due(self) -> set[UUID]:
        async with self.database.transaction() as connection:
            return {row["plan_id"] for row in await connection.fetch("SELECT plan_id FROM due_ranking")}

    async def get(self, path: str, *, status: int = 200, **params: Any) -> Any:
        response = await self.http.get(path, params=params)
        assert response.status_code == status, response.text
        return response.json()

    async def post(self, path: str, body: dict[str, Any], status: int = 200) -> Any:
        response = await self.http.post(path, json=body)
        assert response.status_code == status, response.text
        return response.json()


@pytest.fixture
async def matcher(database_for: MakeDatabase) -> AsyncIterator[Matcher]:
    database = await database_for("matcher")
    store = Store(database)
    app = FastAPI()
    explain_problems(app, PROBLEMS)
    for router in routers(store):
        app.include_router(router)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://matcher") as http:
        yield Matcher(store, database, http)
