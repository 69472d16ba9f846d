"""A thousand rows damaged by a seeded hand, where others' states are held: each is put right, and no other is touched."""
import random
from collections import Counter
from typing import Any

from shared.contracts.matcher import ShortlistChanged
from shared.contracts.notifier import MessageChanged
from shared.contracts.portal import SupporterChanged, SupportPlanChanged
from shared.contracts.registry import ProfileChanged
from shared.contracts.upkeep import StatesWanted
from tests.integration.messaging.four import WHAT_WAS_TOLD, Four, Service, example, four, some_id

__all__ = ["four"]

MANY = 330
CORRUPTIONS = 1_000
SEED = 20_261_127
HELD = {
    ("matcher", ProfileChanged.topic): ("profile", "profile_id"),
    ("matcher", SupportPlanChanged.topic): ("plan", "plan_id"),
    ("notifier", SupportPlanChanged.topic): ("plan_copy", "plan_id"),
    ("notifier", SupporterChanged.topic): ("supporting_copy", "delegation_id"),
    ("portal", ShortlistChanged.topic): ("shortlist_copy", "plan_id"),
    ("portal", MessageChanged.topic): ("message_copy", "message_id"),
}
OF_A_TABLE = (
    "DELETE FROM {table} WHERE {column}::text = $2 AND $1::text IS NOT NULL",
    "UPDATE {table} SET revision = revision - 1 WHERE {column}::text = $2 AND $1::text IS NOT NULL",
    "UPDATE {table} SET revision = revision + 5 WHERE {column}::text = $2 AND $1::text IS NOT NULL",
)
OF_THE_INBOX = (
    "DELETE FROM key_state WHERE topic = $1 AND key = $2",
    "UPDATE key_state SET version = version - 1 WHERE topic = $1 AND key = $2",
    "UPDATE key_state SET version = version + 5 WHERE topic = $1 AND key = $2",
    "UPDATE key_state SET timeline = timeline + 1 WHERE topic = $1 AND key = $2",
    "UPDATE key_state SET timeline = timeline - 1 WHERE topic = $1 AND key = $2",
)


async def test_a_thousand_seeded_corruptions_are_all_put_right_and_nothing_else_is_touched(four: Four, council: str) -> None:
    dice = random.Random(SEED)
    await tell_much(four, council, dice)
    whole = [await service.held() for service in four.all]
    rows = {of: await contents(four.named(of[0]), *table) for of, table in HELD.items()}
    messages = await four.notifier.rows("SELECT message_id, state, revision FROM message ORDER BY message_id")
    damaged = await damage(four, dice)

    await four.round()

    assert [await service.held() for service in four.all] == whole
    wanted = Counter((one.of_topic, key) for one in four.told(StatesWanted) for key in one.of_keys)
    assert wanted == Counter((topic, key) for _, topic, key in damaged)
    for of, table in HELD.items():
        after = await contents(four.named(of[0]), *table)
        assert {key: content for key, (content, _) in after.items()} == {key: content for key, (content, _) in rows[of].items()}
        rewritten = {key for key, (_, written) in after.items() if written != rows[of][key][1]}
        assert rewritten == {key for name, topic, key in damaged if (name, topic) == of}, of
    put_right = {(service.name, topic): row for service in four.all for topic, row in (await service.reconciled()).items()}
    assert {of: row["repaired"] for of, row in put_right.items() if row["repaired"]} == Counter(damage[:2] for damage in damaged)
    assert not [row for row in put_right.values() if row["adrift"] or row["phantoms"]]
    assert await four.notifier.rows("SELECT message_id, state, revision FROM message ORDER BY message_id") == messages

    await four.round()
    assert not [row for service in four.all for row in (await service.reconciled()).values() if row["unequal_shards"]]
    assert sum(len(one.of_keys) for one in four.told(StatesWanted)) == CORRUPTIONS


async def tell_much(four: Four, council: str, dice: random.Random) -> None:
    plans = [some_id(dice) for _ in range(MANY)]
    await four.registry.tell([
        example(ProfileChanged, council, profile_id=some_id(dice), revision=dice.randint(2, 9)) for _ in plans
    ])
    await four.portal.tell([example(SupportPlanChanged, council, plan_id=plan, revision=dice.randint(2, 9)) for plan in plans])
    await four.portal.tell([example(SupporterChanged, council, delegation_id=some_id(dice), revision=2) for _ in plans])
    await four.matcher.tell([example(ShortlistChanged, council, plan_id=plan, revision=dice.randint(2, 9)) for plan in plans])
    await four.notifier.tell([
        example(MessageChanged, council, message_id=some_id(dice), revision=dice.randint(2, 9)) for _ in plans
    ])
    await four.carry()


async def contents(service: Service, table: str, column: str) -> dict[str, tuple[str, str]]:
    """Of each key the row, and which transaction wrote it."""
    found = await service.rows(
        f"SELECT {column}::text AS key, ({WHAT_WAS_TOLD})::text AS content, xmin::text AS written FROM {table} AS t"
    )
    return {row["key"]: (row["content"], row["written"]) for row in found}


async def damage(four: Four, dice: random.Random) -> list[tuple[str, str, str]]:
    """Service, topic and key of each that was damaged."""
    keys = [(service.name, topic, key) for service in four.all for topic, key, *_ in sorted(await service.held())]
    chosen = dice.sample(keys, CORRUPTIONS)
    for name, topic, key in chosen:
        table, column = HELD.get((name, topic), ("", ""))
        how: Any = dice.choice((*OF_A_TABLE, *OF_THE_INBOX) if table else OF_THE_INBOX)
        await four.named(name).rows(how.format(table=table, column=column), topic, key)
    return chosen
