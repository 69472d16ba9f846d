"""What was set aside of somebody who is erased says nothing any more, holds up nothing, and can be left out."""
import json
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI

from shared.messaging import parking
from shared.messaging.dead_letters import dead_letters
from shared.messaging.emptying import ERASED
from shared.messaging.erased import PostgresErased
from shared.runtime.http import explain_problems
from tests.conftest import MakeDatabase
from tests.integration.messaging.parts import Reader, arrival_of, supporter

PERSON = UUID("0190a000-0000-7000-8000-00000000abcd")
KNOWN_AS = ({"person_ref": "12", "source": "casework"}, {"person_ref": "Zoë/7", "source": "other"})


@pytest.fixture
async def reader(database_for: MakeDatabase, council: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Reader]:
    monkeypatch.setattr("shared.messaging.hearing.PATIENCE", ())
    yield Reader(await database_for("bare"), council)


async def put_aside(reader: Reader, council: str, body: bytes) -> None:
    async with reader.database.transaction() as connection:
        arrival = parking.Arrival("portal.supporter.v1", 0, 1, (("ce_source", b"/casework"),), body)
        place = (council, arrival.topic, str(uuid4()))
        await parking.keep(connection, arrival, uuid4(), place, 1, 1, "a reason", later=None, fields=("own_words",))


async def erase(reader: Reader, person: UUID = PERSON) -> None:
    async with reader.database.transaction() as connection:
        await PostgresErased(connection).begin(reader.council, person, KNOWN_AS)


async def left(reader: Reader, table: str = "parked") -> list[tuple[bytes | None, str]]:
    async with reader.database.transaction() as connection:
        rows = await connection.fetch(f"SELECT body, reason, headers, fields FROM {table} ORDER BY id")
    assert all((row["headers"], row["fields"]) == ({}, []) for row in rows if row["body"] is None)
    return [(row["body"], row["reason"]) for row in rows]


@pytest.mark.parametrize(("body", "theirs"), [
    (f'{{"person_id": "{PERSON}"}}', True), (f'{{"a": ["{str(PERSON).upper()}"]}}', True), (f'{{"cut off": "{PERSON}', True),
    ('{"source": "casework", "person_ref": "12", "own_words": "I like tea"}', True),
    ('{"data": [{"source": "other", "person_ref": "Zo\\u00eb/7"}]}', True), ('{"source": "other", "person_ref": "Zoë/7"}', True),
    ('{"person_ref": "12", "own_words": "cut o', True),
    ('{"source": "other", "person_ref": "12"}', False), ('{"source": "casework", "hours_per_week": "12"}', False),
    ('{"source": "casework", "person_ref": "123"}', False), ('{"own_words": "ring 12", "cut o', False),
])  # fmt: skip
async def test_what_names_them_is_empty_and_what_does_not_stays(reader: Reader, body: str, theirs: bool) -> None:
    for council in (reader.council, ""):  # of what nobody could read, the council is not known
        await put_aside(reader, council, body.encode())
    await put_aside(reader, "another council", body.encode())

    await erase(reader)

    ours = (None, ERASED) if theirs else (body.encode(), "a reason")
    assert await left(reader) == [ours, ours, (body.encode(), "a reason")]


async def test_it_cannot_be_tried_again_can_be_left_out_by_two_and_a_newer_state_goes_in(reader: Reader) -> None:
    event = supporter(reader.council, 1)
    reader.failing[event.key] = ValueError("a bug")
    for revision in (1, 2):
        await reader.hearing.take([arrival_of(event.model_copy(update={"revision": revision}))])
    reader.failing.clear()
    app = FastAPI()
    explain_problems(app, {})
    app.include_router(dead_letters(reader.database, reader.hearing.hears))

    await erase(reader, event.person_id)
    while await parking.drain_one(reader.hearing, reader.council, event.topic, event.key):
        pass
    await reader.hearing.take([arrival_of(event.model_copy(update={"revision": 3}))])

    assert reader.heard == [(event.key, 3)]
    assert [one["reason"] for one in await reader.set_aside()] == [ERASED, ERASED]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://s") as http:
        for one in await reader.set_aside():
            where = f"/parked/{reader.council}/{one['id']}"
            again = await http.post(f"{where}/retry", json={"who": "Ada Okafor"})
            assert (again.status_code, again.json()["title"]) == (409, "There is nothing left to try")
            for who in ("Ada Okafor", "Ben Hughes"):
                assert (await http.post(f"{where}/skip", json={"who": who, "why": "They are erased"})).status_code == 200
        assert json.loads((await http.get("/parked")).text) == []
    assert await left(reader, "skipped") == [(None, ERASED), (None, ERASED)]


async def test_what_was_left_out_before_is_empty_too(reader: Reader) -> None:
    await put_aside(reader, reader.council, f'"{PERSON}"'.encode())
    async with reader.database.transaction() as connection:
        columns = "council, id, topic, key, event_id, timeline, version, headers, body, reason, fields, part, off, first_seen"
        await connection.execute(f"INSERT INTO skipped ({columns}) SELECT {columns} FROM parked")

    await erase(reader)

    assert await left(reader, "skipped") == [(None, ERASED)]
