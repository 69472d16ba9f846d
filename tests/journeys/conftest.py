"""The whole product, as `make run` starts it, for journeys from one end to the other."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID, uuid4

import httpx
import pytest

from deploy.embedded.ports import Ports
from deploy.embedded.stack import Stack
from tests.conftest import BROKER, Beside, state_folder

T = TypeVar("T")


@pytest.fixture(scope="package")
def whole(beside: Beside) -> Iterator[Stack]:
    """PostgreSQL, the broker and the four services, as processes of their own."""
    stack = Stack(state_folder(), Ports.free(), broker=BROKER, durable=False)  # type: ignore[arg-type]
    beside.run(stack.__aenter__())
    yield stack
    beside.run(stack.__aexit__(None, None, None))


async def until(ask: Callable[[], Awaitable[T]], within: float = 30) -> T:
    """The first answer that is not empty; fails when none comes in time."""
    deadline = time.monotonic() + within
    while True:
        answer = await ask()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {within} seconds for {getattr(ask, '__qualname__', 'an answer')}")
        await asyncio.sleep(0.1)


@dataclass
class Town:
    """One council's people and PAs, reached over HTTP like any council system would."""

    council: str
    stack: Stack
    client: httpx.AsyncClient

    async def call(
        self, method: str, service: str, path: str, body: Any = None, expect: int | tuple[int, ...] = (200, 201)
    ) -> Any:
        prefix = "/api" if service == "portal" else ""
        response = await self.client.request(
            method, f"{self.stack.url(service)}{prefix}/councils/{self.council}{path}", json=body
        )
        allowed = (expect,) if isinstance(expect, int) else expect
        assert response.status_code in allowed, (response.status_code, path, response.text)
        return response.json() if response.headers.get("content-type", "").endswith("json") else response.content

    async def pa(self, name: str = "Sam", **changes: Any) -> UUID:
        profile_id = uuid4()
        await self.call(
            "POST",
            "registry",
            "/profiles",
            {
                "profile_id": str(profile_id),
                "chosen_name": name,
                "postcode": "LE5 3",
                "travel": "car",
                "languages": "English (fluent)",
                "availability": "weekdays 8am-6pm",
                "rate": "14.00",
                "age_band": "21_and_over",
                "employment": "employed",
                "tasks": ["personal care", "cooking"],
                **changes,
            },
        )
        return profile_id

    async def known_pa(self, name: str = "Sam", **changes: Any) -> UUID:
        """A PA whom the matcher has heard of: the first list made from now on has them."""
        profile_id = await self.pa(name, **changes)
        where = f"{self.stack.url('matcher')}/councils/{self.council}/profiles/{profile_id}/standing"

        async def heard() -> bool:
            return (await self.client.get(where)).status_code == 200

        await until(heard)
        return profile_id

    async def person(self, *preferences: dict[str, Any], **changes: Any) -> UUID:
        person_id = uuid4()
        await self.reached(person_id, "person", *preferences, **changes)
        return person_id

    async def reached(self, party: UUID, kind: str, *preferences: dict[str, Any], **changes: Any) -> None:
        await self.call(
            "PUT",
            "notifier",
            f"/parties/{party}/contact",
            {
                "kind": kind,
                "address_as": "Alex",
                "preferences": list(preferences),
                "phone": "07700900123",
                "email": "alex@example.org",
                "postal_address": ["Alex Sample", "1 Example Street", "Leicester", "LE5 3AA"],
                "quiet_from": "00:00",  # equal times: no quiet hours, so that a test at night is a test by day
                "quiet_to": "00:00",
                "confirmed_on": "2026-11-01",
                **changes,
            },
        )

    async def plan(self, person: UUID, version: int = 1, source_id: str = "", **changes: Any) -> dict[str, Any]:
        return dict(await self.call("POST", "portal", "/plans", plan_in(person, version, source_id, **changes)))

    async def shortlist(self, plan_id: str, plan_revision: int = 1) -> dict[str, Any]:
        async def ask() -> dict[str, Any] | None:
            answer = await self.client.get(f"{self.stack.url('matcher')}/councils/{self.council}/plans/{plan_id}/shortlist")
            return answer.json() if answer.status_code == 200 and answer.json()["plan_revision"] >= plan_revision else None

        return await until(ask) or {}

    async def matches(self, plan_id: str, group: str = "all") -> list[dict[str, Any]]:
        """Who is on the list; nobody while there is none yet."""
        path = f"/plans/{plan_id}/matches?group={group}&size=100"
        return list((await self.call("GET", "matcher", path, expect=(200, 404))).get("items", []))

    async def messages(self, party: UUID, about: str = "", least: int = 1) -> list[dict[str, Any]]:
        """The messages to a party that were made, or handed to a team, once there are so many."""

        async def ask() -> list[dict[str, Any]]:
            found = (await self.call("GET", "notifier", f"/messages?party_id={party}&size=100"))["items"]
            made = [message for message in found if (not about or message["about"] == about)]
            made = [await self.call("GET", "notifier", f"/messages/{message['message_id']}") for message in made]
            made = [message for message in made if message["artefacts"] or message.get("task")]
            return made if len(made) >= least else []

        return await until(ask)


def plan_in(person: UUID, version: int = 1, source_id: str = "", **changes: Any) -> dict[str, Any]:
    return {
        "source": "casework",
        "source_id": source_id or f"plan-of-{person}",
        "source_version": version,
        "person_ref": str(person),
        "postcode": "LE5 3",
        "times": "Mon-Fri 9am-11am",
        "hours_per_week": "10",
        "most_rate": "15.00",
        "wishes": [{"criterion": "language", "value": "English", "strength": "must"}],
        **changes,
    }


@pytest.fixture
async def town(whole: Stack, council: str) -> AsyncIterator[Town]:
    headers = {"Authorization": f"Bearer {whole.service_key}"}
    async with httpx.AsyncClient(headers=headers, timeout=20) as client:
        yield Town(council, whole, client)
