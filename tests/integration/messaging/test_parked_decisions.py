"""What is set aside leaves only when it went in or when two people said so; who decided what is written down and stays."""
import asyncio
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from shared.contracts.notifier import ReplyReceived
from shared.contracts.portal import SupporterChanged
from shared.messaging import deciding, parking
from shared.messaging.dead_letters import dead_letters
from shared.messaging.envelope import Arrival
from shared.messaging.housekeeping import forget_old
from shared.runtime.http import explain_problems
from tests.conftest import MakeDatabase
from tests.integration.messaging.parts import Reader, arrival_of, reply, supporter

ADA, BEN = "Ada Okafor", "Ben Hughes"
REASON = "The sender cannot mend it"


@dataclass
class Desk:
    """A reader, and its events set aside as staff see them."""

    reader: Reader
    http: httpx.AsyncClient
    council: str

    async def listed(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = (await self.http.get("/parked")).json()
        return rows

    async def number_of(self, version: int = 1) -> int:
        return next(int(row["id"]) for row in await self.listed() if row["version"] == version)

    async def skip(self, number: int, who: str, why: str = REASON) -> httpx.Response:
        return await self.http.post(f"/parked/{self.council}/{number}/skip", json={"who": who, "why": why})

    async def decisions(self) -> list[tuple[str, str]]:
        async with self.reader.database.transaction() as connection:
            rows = await connection.fetch("SELECT what, who FROM parked_decision WHERE council = $1 ORDER BY id", self.council)
        return [(row["what"], row["who"]) for row in rows]

    async def drained(self, topic: str, key: str) -> None:
        while await parking.drain_one(self.reader.hearing, self.council, topic, key):
            pass


@pytest.fixture
async def desk(database_for: MakeDatabase, council: str) -> AsyncIterator[Desk]:
    reader = Reader(await database_for("bare"), council)
    app = FastAPI()
    explain_problems(app, {})
    app.include_router(dead_letters(reader.database, reader.hearing.hears))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app, raise_app_exceptions=False), base_url="http://s") as http:
        yield Desk(reader, http, council)


async def three_replies_of_which_the_second_fails(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> UUID:
    monkeypatch.setattr("shared.messaging.hearing.PATIENCE", ())
    reply_id = uuid4()
    await desk.reader.hearing.take([arrival_of(reply(desk.council, 1, reply_id))])
    desk.reader.failing[str(reply_id)] = ValueError("a bug")
    await desk.reader.hearing.take([arrival_of(reply(desk.council, revision, reply_id)) for revision in (2, 3)])
    desk.reader.failing.clear()
    return reply_id


async def test_one_person_cannot_leave_an_event_out_and_two_can(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    reply_id = await three_replies_of_which_the_second_fails(desk, monkeypatch)
    number = await desk.number_of(2)

    asked = await desk.skip(number, ADA)
    again = await desk.skip(number, "  ada   OKAFOR ")
    still_there = await desk.listed()
    agreed = await desk.skip(number, BEN)
    await desk.drained(ReplyReceived.topic, str(reply_id))

    assert (asked.status_code, asked.json()["status"]) == (200, "asked")
    assert again.status_code == 409
    assert [(fault["field"], bool(fault["remedy"])) for fault in again.json()["errors"]] == [("who", True)]
    assert len(still_there) == 2
    assert agreed.json()["status"] == "skipped"
    assert desk.reader.heard == [(str(reply_id), 1), (str(reply_id), 3)]  # what waited behind it went on
    assert await desk.listed() == []
    assert await desk.decisions() == [("asked to skip", ADA), ("skip refused", "ada   OKAFOR"), ("skipped", BEN)]


async def test_the_events_after_one_that_was_left_out_go_in_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    reply_id = await three_replies_of_which_the_second_fails(desk, monkeypatch)
    number = await desk.number_of(2)
    for who in (ADA, BEN):
        await desk.skip(number, who)
    await desk.drained(ReplyReceived.topic, str(reply_id))

    await desk.reader.hearing.take([arrival_of(reply(desk.council, 4, reply_id))])

    assert desk.reader.heard[-1] == (str(reply_id), 4)


async def test_what_is_left_out_is_kept_whole_and_stays_out_when_it_is_delivered_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply_id = await three_replies_of_which_the_second_fails(desk, monkeypatch)
    unreadable = Arrival(SupporterChanged.topic, 3, 77, (("ce_id", b"a"),), b"{")
    await desk.reader.hearing.take([unreadable])
    number, broken = await desk.number_of(2), await desk.number_of(0)
    for who in (ADA, BEN):
        await desk.skip(number, who)
        await desk.http.post(f"/parked/-/{broken}/skip", json={"who": who, "why": REASON})

    await desk.drained(ReplyReceived.topic, str(reply_id))
    await desk.reader.hearing.take([unreadable, arrival_of(reply(desk.council, 2, reply_id))])

    assert await desk.listed() == []
    assert (str(reply_id), 2) not in desk.reader.heard
    async with desk.reader.database.transaction() as connection:
        kept = await connection.fetch("SELECT key, body FROM skipped ORDER BY id")
    assert [row["key"] for row in kept] == [str(reply_id), "3/77"]
    assert str(reply_id).encode() in kept[0]["body"]


async def test_what_was_left_out_is_forgotten_after_90_days_and_the_decision_never(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await three_replies_of_which_the_second_fails(desk, monkeypatch)
    for who in (ADA, BEN):
        await desk.skip(await desk.number_of(2), who)
    left: list[int] = []
    for days in (89, 2):
        async with desk.reader.database.transaction() as connection:
            await connection.execute("UPDATE skipped SET skipped_at = skipped_at - make_interval(days => $1)", days)
        await forget_old(desk.reader.database)
        async with desk.reader.database.transaction() as connection:
            left.append(await connection.fetchval("SELECT count(*) FROM skipped"))

    assert left == [1, 0]
    assert len(await desk.decisions()) == 2
    for change in ("DELETE FROM parked_decision", "UPDATE parked_decision SET who = 'x'", "TRUNCATE parked_decision"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with desk.reader.database.transaction() as connection:
                await connection.execute(change)


async def test_an_ask_that_nobody_confirmed_is_over_after_a_day(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await three_replies_of_which_the_second_fails(desk, monkeypatch)
    number = await desk.number_of(2)
    monkeypatch.setattr(deciding, "ASK_STANDS", deciding.ASK_STANDS / 24 / 3600 / 4)  # a day of a quarter of a second
    await desk.skip(number, ADA)
    await asyncio.sleep(0.3)

    assert (await desk.skip(number, BEN)).json()["status"] == "asked"
    assert len(await desk.listed()) == 2


async def test_two_people_at_the_same_moment_are_one_who_asks_and_one_who_agrees(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await three_replies_of_which_the_second_fails(desk, monkeypatch)
    number = await desk.number_of(2)

    answers = await asyncio.gather(desk.skip(number, ADA), desk.skip(number, BEN))

    assert sorted(answer.json()["status"] for answer in answers) == ["asked", "skipped"]


async def test_an_event_behind_another_cannot_be_left_out_before_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await three_replies_of_which_the_second_fails(desk, monkeypatch)

    answer = await desk.skip(await desk.number_of(3), ADA)

    assert answer.status_code == 409
    assert answer.json()["errors"][0]["remedy"] == "Begin with the first of them."
    assert await desk.decisions() == []


async def test_a_mended_event_published_again_takes_the_place_of_the_one_left_out(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply_id = await three_replies_of_which_the_second_fails(desk, monkeypatch)
    number = await desk.number_of(2)
    taken = await desk.http.post("/parked/export", json={"who": ADA, "why": "To be mended", "number": number})
    [copy] = taken.json()
    mended = {name: value.encode() for name, value in copy["headers"].items()} | {"ce_id": str(uuid4()).encode()}
    body = copy["body"].replace('"answer":"yes"', '"answer":"no"').encode()

    await desk.reader.hearing.take([Arrival(copy["topic"], copy["partition"], 99, tuple(mended.items()), body)])
    for who in (ADA, BEN):
        await desk.skip(number, who)
    await desk.drained(ReplyReceived.topic, str(reply_id))

    assert desk.reader.heard == [(str(reply_id), revision) for revision in (1, 2, 3)]
    assert await desk.decisions() == [("exported", ADA), ("asked to skip", ADA), ("skipped", BEN)]


async def test_a_copy_says_nothing_of_the_content_unless_somebody_signs_for_the_whole(desk: Desk) -> None:
    body = supporter(desk.council).model_dump_json().encode()
    wrong = body.replace(b'"active"', b'"active","Margaret Ellis":{"phone":"07700900123"}')
    wrong = wrong.replace(b'"until":"', b'"until":"soon, ')
    await desk.reader.hearing.take([Arrival(SupporterChanged.topic, 3, 5, (("ce_id", b"Margaret"), ("Ellis", b"x")), wrong)])

    [shape] = (await desk.http.get("/parked/export")).json()
    unsigned = await desk.http.post("/parked/export", json={"why": "To be mended"})
    [whole] = (await desk.http.post("/parked/export", json={"who": ADA, "why": "To be mended"})).json()

    assert shape["body"]["state"] == "active"
    assert shape["body"]["until"] == "text, 16 long"
    assert shape["headers"] == {"ce_id": "text, 8 long"}
    assert not any(word in str(shape) for word in ("Margaret", "Ellis", "07700", "soon"))
    assert unsigned.status_code == 422 and unsigned.json()["errors"][0]["field"] == "who"
    assert "Margaret Ellis" in whole["body"] and whole["headers"]["Ellis"] == "x"


async def test_what_staff_type_is_kept_for_staff_and_never_logged(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    await three_replies_of_which_the_second_fails(desk, monkeypatch)
    number = await desk.number_of(2)

    await desk.skip(number, ADA, "Margaret rang about it")
    shown = (await desk.http.get(f"/parked/{desk.council}/{number}")).json()
    await desk.skip(number, BEN, "Margaret rang me too")

    assert (shown["behind"], shown["skip_asked"]["who"], shown["skip_asked"]["why"]) == (1, ADA, "Margaret rang about it")
    printed = "".join(capsys.readouterr()) + caplog.text
    assert "event left out" in printed
    assert "Margaret" not in printed and "Ada" not in printed


@pytest.mark.parametrize("said", [
    {}, {"who": ADA}, {"who": "A", "why": REASON}, {"who": ADA, "why": "x" * 501}, {"who": ADA, "why": "a\x00 reason"},
    {"who": "\ud800 Ada", "why": REASON}, {"who": ADA, "why": REASON, "more": 1}, [],
])
async def test_a_wish_without_a_name_or_a_reason_changes_nothing_and_says_which_is_wrong(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, said: Any
) -> None:
    await three_replies_of_which_the_second_fails(desk, monkeypatch)

    answer = await desk.http.post(f"/parked/{desk.council}/{await desk.number_of(2)}/skip", content=json.dumps(said))

    assert answer.status_code == 422
    assert all(fault["field"] and fault["remedy"] for fault in answer.json()["errors"])
    assert await desk.decisions() == []


@pytest.mark.parametrize("what", ["retry", "skip"])
@pytest.mark.parametrize("name", ["nobody/1", "-/99", "%00/1", "nobody/-1", f"nobody/{10**30}"])
async def test_what_is_not_there_is_said_to_be_not_there(desk: Desk, name: str, what: str) -> None:
    said = {"who": ADA} if what == "retry" else {"who": ADA, "why": REASON}

    answer = await desk.http.post(f"/parked/{name}/{what}", json=said)

    assert answer.status_code in (404, 422)
    assert answer.json()["errors"][0]["remedy"]
