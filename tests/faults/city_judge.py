"""Reads the ledgers of a city when all troubles are over: the services', the databases' own, and the provider's."""
import asyncio
import time
from collections import Counter, defaultdict
from typing import Any

import asyncpg

from deploy.embedded.stack import SERVICES
from tests.faults.city import AWAY, City, hears
from tests.faults.world import open_to

TOLD = """
SELECT topic, key, timeline, version, event_id, occurrence,
       version = max(version) OVER (PARTITION BY council, topic, key) AS newest
  FROM outbox_log WHERE topic NOT LIKE 'upkeep.%'"""
HELD = "SELECT topic, key, timeline, version, parked FROM key_state"
SEEN = "SELECT event_id FROM inbox UNION SELECT event_id FROM parked"
ASIDE = "SELECT topic, key, version, reason, next_try_at FROM parked"
STEPS = "SELECT topic, key, before, after FROM fault_version WHERE NOT (after > before)"
PENDING = "SELECT count(*) FROM outbox_pending"
UNFINISHED = """
SELECT m.state, c.stage, count(*) FROM message m LEFT JOIN contact c USING (council, message_id)
 WHERE (m.state = 'waiting' AND (m.not_before IS NULL OR m.not_before < now() + interval '1 hour'))
    OR (m.state = 'written' AND c.stage IN ('planned', 'permitted', 'sending') AND c.due_at < now() + interval '1 minute')
 GROUP BY 1, 2"""
REFERENCES = "SELECT attempt_ref::text, message_id::text, position FROM fault_reference"
SAYS_EVERY = 20.0  # seconds
SENT = "SELECT message_id::text FROM contact WHERE stage = 'sent'"


async def complaints(city: City) -> list[str]:
    """What the ledgers say against us; nothing is what we want."""
    opened = {service: await asyncpg.connect(city.superuser(service)) for service in SERVICES}
    try:
        against = [what for service in SERVICES for what in await of_service(service, opened)]
        return [*against, *await contacts_against(opened["notifier"], city.accepted())]
    finally:
        for connection in opened.values():
            connection.terminate()


async def of_service(reader: str, opened: dict[str, asyncpg.Connection]) -> list[str]:
    """I2 to I5 and I13 between one reader and everybody it hears."""
    own = opened[reader]
    steps = await own.fetch(STEPS)
    against = [f"{reader} went from {row['before']} to {row['after']} of {row['topic']} {row['key']}" for row in steps]
    against += [f"{reader} has {count} events not told"] if (count := await own.fetchval(PENDING)) else []
    seen = {row["event_id"] for row in await own.fetch(SEEN)}
    held = {(row["topic"], row["key"]): row for row in await own.fetch(HELD)}
    waits = {(row["topic"], row["key"]) for row in await own.fetch(ASIDE)}
    for kind in hears()[reader]:
        owner = kind.topic.split(".")[0]
        if owner not in opened:
            continue
        for row in await opened[owner].fetch(TOLD + " AND topic = $1", kind.topic):
            place = (row["topic"], row["key"])
            has = held.get(place)
            if row["occurrence"] and row["event_id"] not in seen:
                against.append(f"{reader} never had {place} {row['version']}")
            if row["newest"] and place not in waits and (has is None or has["version"] != row["version"]):
                against.append(f"{reader} has {has and has['version']} of {place}, its owner {row['version']}")
    return against


async def contacts_against(notifier: asyncpg.Connection, accepted: list[dict[str, Any]]) -> list[str]:
    """By the provider's own ledger: each message at most once each way, and nothing that we do not know of."""
    known = {row["attempt_ref"]: (row["message_id"], row["position"]) for row in await notifier.fetch(REFERENCES)}
    against = [f"accepted, but never ours: {one['reference']}" for one in accepted if one["reference"] not in known]
    times = Counter(known[one["reference"]] for one in accepted if one["reference"] in known)
    against += [f"message {message} was told {count} times" for (message, _), count in times.items() if count > 1]
    told = {message for message, _ in times}
    against += [f"message {row['message_id']} is said to be sent, and nobody accepted it"
                for row in await notifier.fetch(SENT) if row["message_id"] not in told]
    return against


async def unfinished(city: City) -> list[str]:
    """What is still on its way: events, and messages to be made or handed over."""
    on_its_way: list[str] = []
    for service in SERVICES:
        async with open_to(city.superuser(service)) as connection:
            if count := await connection.fetchval(PENDING):
                on_its_way.append(f"{service}: {count} events to tell")
            due = [row for row in await connection.fetch(ASIDE) if row["next_try_at"]]
            on_its_way += [f"{service}: {row['topic']} {row['key']} {row['version']} {row['reason']}" for row in due[:3]]
            if service == "notifier":
                on_its_way += [f"messages: {tuple(row)}" for row in await connection.fetch(UNFINISHED)]
    return on_its_way


async def settled(city: City, within: float) -> tuple[float, list[str]]:
    """Seconds until nothing was on its way and all ledgers agreed, and what is said against us then (or at the end)."""
    began = said = time.monotonic()
    while True:
        try:
            against = [*await unfinished(city), *await complaints(city)]
        except AWAY as trouble:
            against = [f"a database is away: {type(trouble).__name__}"]
        took = time.monotonic() - began
        if not against or took > within:
            return took, against
        if time.monotonic() - said > SAYS_EVERY:
            said = time.monotonic()
            print(f"after {took:.0f} s {len(against)} left, for example {against[:3]}", flush=True)
        await asyncio.sleep(0.5)


async def summary(city: City) -> dict[str, Any]:
    """How much there was of everything."""
    found: dict[str, Any] = defaultdict(int)
    for service in SERVICES:
        async with open_to(city.superuser(service)) as connection:
            found[f"{service} told"] = await connection.fetchval("SELECT count(*) FROM outbox_log")
            found[f"{service} set aside"] = await connection.fetchval("SELECT count(*) FROM parked")
    found["contacts accepted"] = len(city.accepted())
    found["starts"] = {service: kept.starts for service, kept in city.running.items()}
    return dict(found)
