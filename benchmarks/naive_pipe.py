"""What one would write first: from a plan's event to its list, one message, one transaction and one answer awaited at a time.

It ranks with our kernel from an index that it is given, keeps the same list, finds the same changes and tells the same event;
the rest is plain: pydantic, a thing for each PA, jsonb, an outbox that is looked through every so often. It is what
`benchmarks.whole_path` measures ours against, as a process of its own.
"""
import asyncio
import json
import sys
from typing import Any

import asyncpg
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from pydantic import TypeAdapter

from benchmarks.ranking.registers import Register
from services.matcher.domain.kernel.index import Index
from services.matcher.domain.kernel.listing import everybody
from services.matcher.domain.places import Listed
from services.matcher.domain.placing import Group
from services.matcher.subscribers import known, plan_from, today
from shared.contracts.matcher import MOST_TOLD, Cause, Placing, ShortlistChanged
from shared.contracts.portal import SupportPlanChanged
from shared.messaging.partitions import partition_of
from tests.unit.matcher import one_by_one

LISTED = TypeAdapter(tuple[Listed, ...])
LOOK_EVERY = 0.05  # seconds
TABLES = """
CREATE TABLE heard (event_id text PRIMARY KEY);
CREATE TABLE plan (plan_id uuid PRIMARY KEY, revision int, said jsonb);
CREATE TABLE list (plan_id uuid PRIMARY KEY, revision int, said jsonb);
CREATE TABLE outbox (id bigserial PRIMARY KEY, key text, body jsonb, sent boolean NOT NULL DEFAULT false);
"""


async def apply(connection: "asyncpg.Connection[Any]", index: Index, event_id: str, event: SupportPlanChanged) -> None:
    async with connection.transaction():
        if not await connection.fetchval("INSERT INTO heard VALUES ($1) ON CONFLICT DO NOTHING RETURNING 1", event_id):
            return
        await connection.execute(
            "INSERT INTO plan VALUES ($1, $2, $3) ON CONFLICT (plan_id) DO UPDATE SET revision = $2, said = $3 "
            "WHERE plan.revision < $2", event.plan_id, event.revision, event.model_dump_json(),
        )  # fmt: skip
        row = await connection.fetchrow("SELECT revision, said FROM list WHERE plan_id = $1", event.plan_id)
        before = LISTED.validate_json(row["said"]) if row else ()
        plan, day = plan_from(event), today()
        now = tuple(everybody(index.rank(plan, day)))
        changes = [what.value for what, _, _ in one_by_one.found(before, now)] if row else []
        revision = row["revision"] + 1 if row else 1
        await connection.execute(
            "INSERT INTO list VALUES ($1, $2, $3) ON CONFLICT (plan_id) DO UPDATE SET revision = $2, said = $3",
            event.plan_id, revision, LISTED.dump_json(now).decode(),
        )  # fmt: skip
        groups = {group: [one for one in now if one.group is group] for group in Group}
        told = ShortlistChanged(
            council=event.council, revision=revision, plan_id=event.plan_id, person_id=event.person_id,
            plan_revision=event.revision, rules_version=1, day=day, cause=Cause.PLAN, fitting=told_of(groups[Group.FITTING]),
            near=told_of(groups[Group.NEAR]), fitting_count=len(groups[Group.FITTING]), near_count=len(groups[Group.NEAR]),
            others=len(groups[Group.OTHERS]), in_scope=len(now), added=changes.count("added"), lost=changes.count("lost"),
        )  # fmt: skip
        await connection.execute("INSERT INTO outbox (key, body) VALUES ($1, $2)", told.key, told.model_dump_json())


def told_of(listed: list[Listed]) -> tuple[Placing, ...]:
    return tuple(
        Placing(profile_id=one.profile_id, profile_revision=one.profile_revision, score=one.score, unmet=one.codes)
        for one in listed[:MOST_TOLD]
    )


async def relay(database_url: str, servers: str, partition: int) -> None:
    connection = await asyncpg.connect(database_url)
    producer = AIOKafkaProducer(bootstrap_servers=servers, acks="all")
    await producer.start()
    while True:
        for row in await connection.fetch("SELECT id, key, body FROM outbox WHERE NOT sent ORDER BY id LIMIT 100"):
            body = row["body"].encode()
            await producer.send_and_wait(ShortlistChanged.topic, body, key=row["key"].encode(), partition=partition)
            await connection.execute("UPDATE outbox SET sent = true WHERE id = $1", row["id"])
        await asyncio.sleep(LOOK_EVERY)


async def run(database_url: str, servers: str, setting: str, pas: int) -> None:
    register = Register(setting, pas)
    index = Index(setting, known(), register.profiles(), room=pas)
    connection = await asyncpg.connect(database_url)
    await connection.execute(TABLES)
    place = TopicPartition(SupportPlanChanged.topic, partition_of(setting))
    consumer = AIOKafkaConsumer(
        bootstrap_servers=servers, group_id="naive", enable_auto_commit=False, auto_offset_reset="earliest", fetch_max_wait_ms=20
    )
    await consumer.start()
    consumer.assign([place])
    relaying = asyncio.create_task(relay(database_url, servers, place.partition))
    print(json.dumps({"ready": len(index)}), flush=True)
    async for record in consumer:
        headers = dict(record.headers)
        event = SupportPlanChanged.model_validate_json(record.value)
        await apply(connection, index, headers["ce_id"].decode(), event)
        await consumer.commit({place: record.offset + 1})
        if relaying.done():
            await relaying


if __name__ == "__main__":
    _, url, brokers, of, size = sys.argv
    asyncio.run(run(url, brokers, of, int(size)))
