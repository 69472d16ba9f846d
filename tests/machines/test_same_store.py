"""What the notifier keeps, in memory and in PostgreSQL: the same answers to the same questions, so the double can be believed."""
import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from services.notifier.domain.contact import Method, PartyId, PartyKind
from services.notifier.domain.delivery import Delivery, Stage
from services.notifier.domain.message import About, BusinessKey, Message, State
from services.notifier.domain.task import Task, TaskState
from services.notifier.ports import Begin, MessageUnknown, Work
from services.notifier.store import Store
from tests.conftest import MakeDatabase
from tests.machines.notifier_in_memory import Memory
from tests.machines.racing import PARTY, record

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(params=["memory", "postgresql"])
async def begin(request: pytest.FixtureRequest, database_for: MakeDatabase) -> Begin:
    if request.param == "memory":
        return Memory(gives_way=True).begin
    return Store(await database_for("notifier")).begin


def message(council: str, *, asked: datetime = NOW, **changes: object) -> Message:
    key = BusinessKey(PARTY, "news", uuid4(), "once")
    return replace(
        Message(council, uuid4(), key, "list_changed", PartyKind.PERSON, {}, About(), asked), **changes  # type: ignore[arg-type]
    )


def contact(of: Message, *, due: datetime = NOW) -> Delivery:
    return Delivery(of.council, of.message_id, f"{of.key.subject}", 0, Method.TEXT, due)


async def kept(begin: Begin, *messages: Message, stage: Stage | None = None) -> None:
    """Each with a contact at this stage; None: with none."""
    async with begin() as work:
        for one in messages:
            assert await work.messages.add(replace(one, state=State.WAITING))
            await work.messages.save(one)
            if stage:
                await work.deliveries.plan(contact(one))
                await work.deliveries.save(at_stage(contact(one), stage))


def at_stage(delivery: Delivery, stage: Stage) -> Delivery:
    return replace(delivery, stage=stage, attempt_ref=uuid4(), leased_until=NOW + 3 * MINUTE)


async def test_what_is_not_committed_was_never_so(begin: Begin, council: str) -> None:
    one = message(council)

    with pytest.raises(RuntimeError):
        async with begin() as work:
            await work.messages.add(one)
            raise RuntimeError

    async with begin() as work:
        with pytest.raises(MessageUnknown):
            await work.messages.of(council, one.message_id)


async def test_a_business_key_is_asked_for_once_whatever_its_id(begin: Begin, council: str) -> None:
    one = message(council)

    async with begin() as work:
        said = [await work.messages.add(one), await work.messages.add(one)]
        said.append(await work.messages.add(replace(one, message_id=uuid4())))

    assert said == [True, False, False]


async def test_who_waits_longest_is_written_first_and_two_writers_never_take_the_same(begin: Begin, council: str) -> None:
    late, early, not_yet = message(council), message(council, asked=NOW - MINUTE), message(council, not_before=NOW + MINUTE)
    await kept(begin, late, early, not_yet)

    async with begin() as one, begin() as other, begin() as third:
        taken = [await work.messages.next_to_write(NOW) for work in (one, other, third)]

    assert taken == [early, late, None]


async def test_of_parties_that_are_busy_nothing_is_taken(begin: Begin, council: str) -> None:
    busy, free = message(council, asked=NOW - MINUTE), message(council)
    free = replace(free, key=replace(free.key, party_id=PartyId(uuid4())))
    await kept(begin, busy, free)

    async with begin() as work:
        written_next = await work.messages.next_to_write(NOW, {busy.party_id})
    for one in (busy, free):
        async with begin() as work:
            await work.messages.save(replace(one, state=State.WRITTEN))
            await work.deliveries.plan(contact(one, due=one.asked_at))
    async with begin() as work:
        sent_next = await work.deliveries.next_due(NOW, {busy.party_id})

    assert written_next == free
    assert sent_next is not None and sent_next.message_id == free.message_id


async def test_a_contact_is_planned_anew_after_it_failed_and_never_once_it_may_have_left(begin: Begin, council: str) -> None:
    stages = {}
    for stage in Stage:
        one = message(council)
        await kept(begin, one, stage=stage)
        async with begin() as work:
            await work.deliveries.plan(replace(contact(one), position=1, method=Method.EMAIL))
            now = await work.deliveries.of(council, one.message_id)
        assert now is not None
        stages[stage] = (now.stage, now.method)

    anew, as_before = (Stage.PLANNED, Method.EMAIL), Method.TEXT
    assert stages == {
        stage: anew if stage in (Stage.PLANNED, Stage.FAILED) else (stage, as_before) for stage in Stage
    }


async def test_what_is_due_goes_in_its_order_and_only_what_is_written(begin: Begin, council: str) -> None:
    first, second, waiting, later = (
        message(council, state=State.WRITTEN), message(council, state=State.WRITTEN), message(council),
        message(council, state=State.WRITTEN),
    )
    await kept(begin, first, second, waiting, later)
    async with begin() as work:
        for one, due in ((second, NOW), (first, NOW - MINUTE), (waiting, NOW - 2 * MINUTE), (later, NOW + MINUTE)):
            await work.deliveries.plan(contact(one, due=due))

    async with begin() as one_work, begin() as other, begin() as third:
        taken = [await work.deliveries.next_due(NOW) for work in (one_work, other, third)]

    assert [delivery and delivery.message_id for delivery in taken] == [first.message_id, second.message_id, None]


@pytest.mark.parametrize("stage", Stage)
async def test_only_what_a_sender_left_lying_is_in_doubt_and_only_after_its_lease(
    begin: Begin, council: str, stage: Stage
) -> None:
    one = message(council, state=State.WRITTEN)
    await kept(begin, one, stage=stage)

    async with begin() as work:
        before = await work.deliveries.in_doubt(NOW + 2 * MINUTE)
        after = await work.deliveries.in_doubt(NOW + 3 * MINUTE)
        in_hand = await work.deliveries.in_hand(council, PARTY)

    left_lying = stage in (Stage.PERMITTED, Stage.SENDING)
    assert (before, after is not None, in_hand) == (None, left_lying, int(left_lying))


async def test_what_can_still_be_dropped_is_what_nobody_has(begin: Begin, council: str) -> None:
    can = []
    for state in State:
        here, elsewhere = f"{council}-{state}", f"{council}-{state}-x"
        await kept(begin, message(here, state=state), message(elsewhere, state=state))
        async with begin() as work:
            can += [m.state for m in await work.messages.not_yet_sent(here, party_id=PARTY)]
            assert not await work.messages.not_yet_sent(here, party_id=UUID(int=1))

    assert can == [State.WAITING, State.WRITTEN, State.TASK]


async def test_a_drop_waits_for_whoever_holds_the_message_and_sees_it_as_it_is_then(begin: Begin, council: str) -> None:
    going, staying = message(council, state=State.WRITTEN), message(council, asked=NOW + MINUTE, state=State.WRITTEN)
    await kept(begin, going, staying)
    holds, seen = asyncio.Event(), []

    async def hand_over(work: Work) -> None:
        held = await work.messages.hold(council, going.message_id)
        holds.set()
        await asyncio.sleep(0.05)
        assert not seen
        await work.messages.save(replace(held, state=State.HANDED_OVER))

    async def look() -> None:
        await holds.wait()
        async with begin() as work:
            seen.extend(await work.messages.not_yet_sent(council, party_id=PARTY))

    async def hand_over_whole() -> None:
        async with begin() as work:
            await hand_over(work)

    await asyncio.gather(hand_over_whole(), look())

    assert [m.message_id for m in seen] == [staying.message_id]


async def test_two_changes_of_one_record_follow_each_other(begin: Begin, council: str) -> None:
    async with begin() as work:
        await work.contacts.save(record(council=council), NOW)

    async def change() -> None:
        async with begin() as work:
            held = await work.contacts.hold(council, PartyId(PARTY))
            assert held is not None
            await asyncio.sleep(0)
            await work.contacts.save(replace(held, version=held.version + 1), NOW)

    await asyncio.gather(*(change() for _ in range(5)))

    async with begin() as work:
        now = await work.contacts.of(council, PartyId(PARTY))
    assert now is not None and now.version == 6


async def test_a_task_is_one_per_message_and_keeps_its_number(begin: Begin, council: str) -> None:
    one = message(council, state=State.TASK)
    await kept(begin, one)
    first = Task(council, uuid4(), one.message_id, PARTY, "why", "say this", "contact team", NOW)

    async with begin() as work:
        await work.tasks.save(first)
        await work.tasks.save(replace(first, task_id=uuid4(), why="another", state=TaskState.DONE))

    async with begin() as work:
        assert await work.tasks.of_message(council, one.message_id) == replace(first, why="another", state=TaskState.DONE)
        assert await work.tasks.all(council, TaskState.OPEN) == []
