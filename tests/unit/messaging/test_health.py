"""Alive and ready: the reasons why not, by name."""
import asyncio
import time

import httpx
from fastapi import FastAPI

from shared.messaging.health import BEAT, LATEST, Pulse, health, not_alive, not_ready
from shared.runtime.postgres import Database


def well() -> Pulse:
    pulse = Pulse()
    pulse.epoch, pulse.listening, pulse.partitions = "a-broker", True, lambda: 12
    return pulse


def test_a_service_that_has_all_it_needs_is_alive_and_ready() -> None:
    pulse = well()

    assert not_alive(pulse, pulse.beat) == []
    assert not_ready(pulse, database=True) == []


def test_each_thing_that_is_away_is_named() -> None:
    pulse = Pulse()
    pulse.partitions = lambda: 0

    assert not_ready(pulse, database=False) == [
        "the database does not answer", "the broker has not answered", "it does not listen",
    ]


def test_without_partitions_only_a_declared_standby_is_ready() -> None:
    pulse = well()
    pulse.partitions = lambda: 0

    assert not_ready(pulse, database=True) == ["it has no partitions"]
    pulse.standby = True
    assert not_ready(pulse, database=True) == []


def test_who_hears_nothing_needs_no_partitions() -> None:
    pulse = well()
    pulse.partitions = None

    assert not_ready(pulse, database=True) == []


def test_what_has_failed_is_neither_alive_nor_ready() -> None:
    pulse = well()
    pulse.failed = "KeyError"

    assert not_alive(pulse, pulse.beat) == not_ready(pulse, database=True) == ["a part of it has failed"]


async def test_it_is_not_alive_when_a_chore_has_ended() -> None:
    pulse = well()
    pulse.chores.append(asyncio.ensure_future(asyncio.sleep(0)))
    assert not_alive(pulse, pulse.beat) == []

    await pulse.chores[0]

    assert not_alive(pulse, pulse.beat) == ["one of its chores has ended"]


def test_a_beat_that_does_not_come_is_lateness_too() -> None:
    pulse = well()

    assert not_alive(pulse, pulse.beat + BEAT + LATEST - 0.1) == []
    assert not_alive(pulse, pulse.beat + BEAT + LATEST + 0.1) == ["it is too busy to answer in time"]


async def test_an_event_loop_that_was_blocked_is_remembered_for_a_few_beats() -> None:
    pulse = well()
    beating = asyncio.ensure_future(pulse.beats())
    await asyncio.sleep(0.01)

    time.sleep(BEAT + 0.4)  # noqa: ASYNC251 - it is what we test
    await asyncio.sleep(0.01)

    assert 0.3 < pulse.latest(time.monotonic()) < 1
    beating.cancel()


async def test_the_answers_say_why_and_a_database_that_is_not_there_is_found_in_half_a_second() -> None:
    app, database = FastAPI(), Database("postgresql://nobody@127.0.0.1:1/nothing", name="test")
    await database.open()
    app.include_router(health(well(), database))

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        live, ready = await client.get("/live"), await client.get("/ready")

    assert (live.status_code, live.json()) == (200, {"status": "alive", "reasons": []})
    assert (ready.status_code, ready.json()) == (503, {"status": "not ready", "reasons": ["the database does not answer"]})
    assert ready.elapsed.total_seconds() < 1
    await database.close()
