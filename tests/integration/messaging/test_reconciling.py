"""What a service holds of others' states is compared with what they told; what is lost or old is told anew, and nothing else."""
import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI

from deploy.embedded.stack import Stack
from services.matcher.app import Ranker
from services.matcher.store import Store
from shared.contracts.matcher import GapChanged, IntroductionChanged, JourneyChanged, ShortlistChanged
from shared.contracts.notifier import MessageChanged
from shared.contracts.portal import PoolChanged, SupporterChanged, SupportPlanChanged
from shared.contracts.registry import ProfileChanged
from shared.contracts.upkeep import DigestTold, ListingTold, ListingWanted, StatesWanted
from shared.messaging import deciding, digests, reconciling
from shared.messaging.comparisons import comparisons
from tests.integration.messaging.four import AT_ONCE, WHAT_WAS_TOLD, Four, Service, example, four, on_the_broker

__all__ = ["four"]

Table = tuple[str, str, str, str]
TABLES: list[Table] = [
    ("matcher", "profile", "profile_id", "registry.profile.v1"),
    ("matcher", "plan", "plan_id", "portal.support_plan.v1"),
    ("notifier", "plan_copy", "plan_id", "portal.support_plan.v1"),
    ("notifier", "supporting_copy", "delegation_id", "portal.supporter.v1"),
    ("notifier", "gap_copy", "gap_id", "matcher.gap.v1"),
    ("notifier", "pool_copy", "pool_id", "portal.pool.v1"),
    ("notifier", "pa_copy", "profile_id", "registry.profile.v1"),
    ("portal", "shortlist_copy", "plan_id", "matcher.shortlist.v1"),
    ("portal", "introduction_copy", "introduction_id", "matcher.introduction.v1"),
    ("portal", "message_copy", "message_id", "notifier.message.v1"),
]
"""Where others' states are held: the service, its table, the column of the key, and the topic."""
BY_INBOX_ALONE = [
    ("notifier", "matcher.shortlist.v1"), ("notifier", "matcher.introduction.v1"), ("notifier", "matcher.journey.v1"),
    ("registry", "notifier.message.v1"),
]


async def told(four: Four, council: str, *, plans: int = 3) -> list[UUID]:
    """Everybody told something, and everybody heard it. The ids of the plans."""
    ids = [uuid4() for _ in range(plans)]
    await four.registry.tell([example(ProfileChanged, council, profile_id=uuid4(), revision=3) for _ in ids])
    await four.portal.tell([example(SupportPlanChanged, council, plan_id=number, revision=2) for number in ids])
    await four.portal.tell([example(SupporterChanged, council, delegation_id=uuid4()) for _ in ids])
    await four.portal.tell([example(PoolChanged, council, pool_id=uuid4(), plan_id=uuid4()) for _ in ids])
    await four.matcher.tell([example(ShortlistChanged, council, plan_id=number, revision=4) for number in ids])
    await four.matcher.tell([
        example(IntroductionChanged, council, introduction_id=uuid4(), plan_id=number, state=state, revision=2)
        for number, state in zip(ids, ("accepted", "expired", "declined", "withdrawn", "asked"), strict=False)
    ])
    await four.matcher.tell([example(JourneyChanged, council, introduction_id=uuid4()) for _ in ids])
    await four.matcher.tell([example(GapChanged, council, gap_id=uuid4(), revision=2) for _ in ids])
    await four.notifier.tell([example(MessageChanged, council, message_id=uuid4(), revision=2) for _ in ids])
    await four.carry()
    return ids


async def held(four: Four) -> list[Any]:
    return [await service.held() for service in four.all]


async def messages(four: Four) -> Any:
    return await four.notifier.rows("SELECT message_id, about, state, revision, asked_at FROM message ORDER BY message_id")


async def contents(service: Service, table: str) -> set[str]:
    return {row["content"] for row in await service.rows(f"SELECT ({WHAT_WAS_TOLD})::text AS content FROM {table} AS t")}


async def test_where_all_is_equal_nothing_is_asked(four: Four, council: str) -> None:
    await told(four, council)

    await four.round()

    assert four.told(ListingWanted) == four.told(StatesWanted) == []
    compared = {(service.name, topic): row for service in four.all for topic, row in (await service.reconciled()).items()}
    assert set(compared) == {*((service, topic) for service, *_, topic in TABLES), *BY_INBOX_ALONE}
    assert all((row["unequal_shards"], row["adrift"], row["repaired"]) == (0, 0, 0) for row in compared.values())
    assert all(row["keys_told"] == row["keys_held"] == 3 for row in compared.values())


@pytest.mark.parametrize("damage", ["DELETE FROM {table}", "UPDATE {table} SET revision = revision - 1"])
async def test_a_row_lost_or_old_is_back_within_one_round_and_nobody_is_sent_anything(
    four: Four, council: str, damage: str
) -> None:
    await told(four, council)
    whole, sent = await held(four), await messages(four)
    had = {(name, table): await contents(four.named(name), table) for name, table, *_ in TABLES}
    chosen = []
    for name, table, column, topic in TABLES:
        row = (await four.named(name).rows(f"SELECT {column}::text AS id FROM {table} ORDER BY {column}"))[0]
        await four.named(name).rows(f"{damage.format(table=table)} WHERE {column}::text = $1", row["id"])
        chosen.append((topic, row["id"]))
    assert all(before != after for before, after in zip(whole[1:], (await held(four))[1:], strict=True))

    await four.round()
    await ranked(four)

    assert await held(four) == whole
    assert {(name, table): await contents(four.named(name), table) for name, table, *_ in TABLES} == had
    assert await messages(four) == sent
    last = {(service.name, topic): row for service in four.all for topic, row in (await service.reconciled()).items()}
    for name, _, _, topic in TABLES:
        assert (last[name, topic]["repaired"], last[name, topic]["adrift"], last[name, topic]["phantoms"]) == (1, 0, [])
    assert sorted((one.of_topic, key) for one in four.told(StatesWanted) for key in one.of_keys) == sorted(chosen)


async def ranked(four: Four) -> None:
    """What the matcher makes of what was told anew reaches the others."""
    await four.matcher.rows("UPDATE due_ranking SET due_at = now()")
    ranker = Ranker(Store(four.matcher.database))
    while await ranker.rank_next():
        pass
    await four.carry()


DAMAGES = (
    "DELETE FROM key_state WHERE topic = $1 AND key = $2",
    "UPDATE key_state SET version = version - 1 WHERE topic = $1 AND key = $2",
    "UPDATE key_state SET version = 999 WHERE topic = $1 AND key = $2",
    "UPDATE key_state SET timeline = 7 WHERE topic = $1 AND key = $2",
)


async def test_what_the_inbox_believes_is_put_right_too_and_nobody_is_sent_anything(four: Four, council: str) -> None:
    await told(four, council, plans=5)
    whole, sent = await held(four), await messages(four)
    places = [("matcher", "registry.profile.v1"), ("portal", "notifier.message.v1"), *BY_INBOX_ALONE]
    for name, topic in places:
        keys = sorted(key for its_topic, key, *_ in await four.named(name).held() if its_topic == topic)
        for damage, key in zip(DAMAGES, keys, strict=False):
            await four.named(name).rows(damage, topic, key)

    await four.round()

    assert await held(four) == whole
    assert await messages(four) == sent
    assert {(await four.named(name).reconciled())[topic]["repaired"] for name, topic in places} == {4}
    gathered = await four.notifier.rows("SELECT added, lost FROM told_list WHERE added > 0 OR lost > 0")
    assert not gathered  # a list that comes again does not count its changes again


async def test_what_is_on_its_way_is_not_asked_for(four: Four, council: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconciling, "GRACE", timedelta(seconds=30))
    [plan, *_] = await told(four, council)
    four.kept_back = {SupportPlanChanged.topic}
    await four.portal.tell([
        example(SupportPlanChanged, council, plan_id=number, revision=3) for number in (plan, uuid4())
    ])

    await four.round()
    behind = (await four.matcher.reconciled())[SupportPlanChanged.topic]
    four.kept_back = set()
    await four.carry()
    for service in four.all:
        await service.rows("UPDATE adrift SET look_at = now()")  # the grace is over
    await four.round()

    assert (behind["unequal_shards"] > 0, behind["adrift"]) == (True, 2)
    assert four.told(ListingWanted) and four.told(StatesWanted) == []
    after = (await four.matcher.reconciled())[SupportPlanChanged.topic]
    assert (after["unequal_shards"], after["adrift"], after["repaired"], after["phantoms"]) == (0, 0, 0, [])


async def test_what_is_newer_than_the_listing_is_neither_asked_for_nor_reported(four: Four, council: str) -> None:
    [plan, *_] = await told(four, council)
    four.kept_back = {ListingTold.topic}
    await four.matcher.rows("DELETE FROM plan WHERE plan_id = $1", plan)
    await four.round()
    await four.portal.tell([  # these arrive before the listing that knows nothing of them
        example(SupportPlanChanged, council, plan_id=number, revision=3) for number in (plan, *(uuid4() for _ in range(200)))
    ])
    await four.carry()

    four.kept_back = set()
    await four.carry()
    await four.round()

    assert len(four.told(ListingWanted)) >= 2  # the second to be sure
    assert four.told(StatesWanted) == []
    assert (await four.matcher.reconciled())[SupportPlanChanged.topic]["phantoms"] == []


async def test_what_its_owner_never_told_is_reported_and_left_alone(four: Four, council: str) -> None:
    await told(four, council)
    phantom = str(uuid4())
    await four.notifier.rows(
        "INSERT INTO plan_copy SELECT council, $1::uuid, person_id, open, quarters, outcode, tasks, 1 FROM plan_copy LIMIT 1",
        phantom,
    )

    await four.round()
    await four.round()

    last = (await four.notifier.reconciled())[SupportPlanChanged.topic]
    assert (last["phantoms"], last["repaired"], last["adrift"]) == ([phantom], 0, 0)
    assert (last["keys_told"], last["keys_held"]) == (3, 4)
    assert four.told(StatesWanted) == []
    assert len(await four.notifier.rows("SELECT FROM plan_copy WHERE plan_id::text = $1", phantom)) == 1

    await four.notifier.rows("DELETE FROM plan_copy WHERE plan_id::text = $1", phantom)
    await four.round()
    assert (await four.notifier.reconciled())[SupportPlanChanged.topic]["phantoms"] == []


@pytest.mark.parametrize("left_out", [False, True])
async def test_what_is_set_aside_or_left_out_is_known_and_not_asked_for(four: Four, council: str, left_out: bool) -> None:
    [plan, *_] = await told(four, council)
    wrong = example(SupportPlanChanged, council, plan_id=plan, revision=3).model_dump(mode="json")
    wrong["wishes"] = [{"criterion": "language", "strength": "must", "values": []}]
    await four.portal.tell([SupportPlanChanged.model_validate(wrong)])
    await four.carry()
    if left_out:
        [letter] = await four.matcher.rows("SELECT council, id FROM parked")
        for who in ("Ada", "Grace"):
            await deciding.skip(four.matcher.database, letter["council"], letter["id"], who, "sent anew by its source")
        assert await four.matcher.rows("SELECT FROM parked") == []

    await four.round()

    last = (await four.matcher.reconciled())[SupportPlanChanged.topic]
    assert (last["adrift"], last["repaired"]) == (1, 0)
    assert four.told(StatesWanted) == []


async def test_somebody_who_has_gone_is_not_taken_for_lost(four: Four, council: str) -> None:
    profile = example(ProfileChanged, council, profile_id=uuid4(), revision=1, state="gone")
    await four.registry.tell([profile])
    await four.carry()

    await four.round()

    assert (await four.matcher.reconciled())[ProfileChanged.topic]["keys_held"] == 1
    assert four.told(ListingWanted) == []


async def test_a_restored_owner_is_believed_though_its_versions_are_older(four: Four, council: str) -> None:
    plans = await told(four, council)
    await four.portal.rows("UPDATE timeline SET timeline = 2")
    await four.portal.tell([example(SupportPlanChanged, council, plan_id=plan, revision=1) for plan in plans])
    await four.portal.rows("DELETE FROM outbox_pending")  # and what it told after that was lost on its way

    await four.round()

    restored = {(SupportPlanChanged.topic, str(plan), 2, 1) for plan in plans}
    for service in (four.matcher, four.notifier):
        assert {row for row in await service.held() if row[0] == SupportPlanChanged.topic} == restored


async def test_how_it_went_can_be_asked_for(four: Four, council: str) -> None:
    [plan, *_] = await told(four, council)
    await four.matcher.rows("DELETE FROM plan WHERE plan_id = $1", plan)
    await four.round()
    app = FastAPI()
    app.include_router(comparisons(four.matcher.database))

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://matcher") as http:
        answer = (await http.get("/reconciled")).json()

    assert [(one["council"], one["topic"], one["keys_told"], one["keys_held"], one["repaired"]) for one in answer] == [
        (council, "portal.support_plan.v1", 3, 2, 1), (council, "registry.profile.v1", 3, 3, 0),
    ]


async def test_one_process_of_several_tells_a_round(four: Four, council: str) -> None:
    await told(four, council)
    await four.portal.rows("UPDATE digest_round SET begun_at = now() - interval '6 minutes'")

    await asyncio.gather(*(digests.tell_round(four.portal.database, digests.EVERY) for _ in range(3)))
    await four.carry()

    assert sorted(one.of_topic for one in four.told(DigestTold)) == [
        "portal.pool.v1", "portal.support_plan.v1", "portal.supporter.v1"
    ]  # fmt: skip


async def test_over_the_broker_a_lost_row_comes_back_by_itself(
    four: Four, council: str, infrastructure: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "EVERY", AT_ONCE)
    monkeypatch.setattr(digests, "LOOK_EVERY", 0.5)
    monkeypatch.setattr(reconciling, "LOOK_EVERY", 0.2)
    [plan, *_] = await told(four, council)
    whole, sent = await four.notifier.held(), await messages(four)
    await four.notifier.rows("DELETE FROM plan_copy WHERE plan_id = $1", plan)

    async def put_right() -> bool:
        last = (await four.notifier.reconciled()).get(SupportPlanChanged.topic, {})
        return await four.notifier.held() == whole and last.get("repaired") == 1

    async with on_the_broker(four, infrastructure), asyncio.TaskGroup() as chores:
        running = [
            chores.create_task(chore(service.database))
            for service in four.all for chore in (digests.tell_digests, reconciling.mend)
        ]
        while not await put_right():  # noqa: ASYNC110 - it comes from a broker
            await asyncio.sleep(0.1)
        for chore in running:
            chore.cancel()

    assert await messages(four) == sent
