"""People who share one job: each by their own say, told to all, gone from it the moment they leave."""
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.portal.domain.accounts import Role, Viewer
from services.portal.domain.plan import Plan, PlanRefused, PlanState
from services.portal.domain.pool import (
    HoursDoNotFit,
    InAPoolAlready,
    Member,
    NotInThePool,
    NotOpenToShare,
    Pool,
    PoolIsFull,
    PoolNotFound,
    State,
    ThePoolsOwn,
    clashes,
)
from services.portal.domain.supporting import NotLetIn, NotToldYet, Scope
from services.portal.usecases import looking, plans, pooling, supporters
from services.portal.usecases.erasing import erase_plans
from services.portal.usecases.hearing import note_message
from shared.contracts.portal import PoolChanged, SupportPlanChanged
from tests.unit.portal.memory import Memory
from tests.unit.portal.some import COUNCIL, NOW, message, plan, viewer

CODE = "BCDF2346"


async def somebody(memory: Memory, **changes: Any) -> tuple[Viewer, Plan]:
    person = viewer(Role.PERSON)
    await memory.work.accounts.put(person.account)
    given = plan(**{"source_id": str(uuid4()), "person_ref": str(person.account_id), **changes})
    taken = await plans.take_in_plan(COUNCIL, given, memory.work, now=NOW, fresh=uuid4)
    return person, taken.plan


async def begins(memory: Memory, one: tuple[Viewer, Plan], hours: float = 6) -> Pool:
    return await pooling.begin(
        COUNCIL, one[1].plan_id, int(hours * 4), memory.work, now=NOW, fresh=uuid4, code=CODE, evidence="said so", by=one[0]
    )


async def joins(memory: Memory, one: tuple[Viewer, Plan], hours: float = 4, code: str = CODE) -> Pool:
    return await pooling.join(
        COUNCIL, one[1].plan_id, int(hours * 4), code, memory.work, now=NOW, evidence="said so", by=one[0]
    )


async def leaves(memory: Memory, one: tuple[Viewer, Plan]) -> Pool:
    return await pooling.leave(COUNCIL, one[1].plan_id, memory.work, now=NOW, by=one[0])


def job(memory: Memory, pool: Pool) -> Plan:
    return memory.plans.kept[COUNCIL, pool.plan_id]


async def test_the_second_person_makes_it_a_job_with_everybodys_times_wishes_and_hours() -> None:
    memory = Memory()
    amina = await somebody(memory, times="Mon 8am-10am", budget_per_week=100, tasks=["cooking"],
                           wishes=[{"criterion": "language", "strength": "nice", "value": "Somali"}])
    tom = await somebody(memory, times="Tue 2pm-4pm", budget_per_week=200, tasks=["shopping"], most_rate="13.50",
                         wishes=[{"criterion": "language", "strength": "must", "value": "Somali"},
                                 {"criterion": "times", "strength": "must"}])

    alone = await begins(memory, amina)
    assert (alone.state, (COUNCIL, alone.plan_id) in memory.plans.kept) == (State.GATHERING, False)
    pool = await joins(memory, tom)

    told = memory.outbox.of(SupportPlanChanged)[-1]
    assert (told.plan_id, told.state, told.quarters, told.most_rate) == (pool.plan_id, "open", 40, 1350)
    assert int(told.fixed, 16) == int(amina[1].wants.fixed, 16) | int(tom[1].wants.fixed, 16)
    assert [(wish.criterion, wish.strength) for wish in told.wishes] == [("language", "must"), ("times", "must")]
    assert set(told.tasks) == {"cooking", "shopping"}
    assert [(one.quarters, one.budget) for one in told.shares] == [(24, 6000), (16, 8000)]  # of 10 hours each
    assert told.budget == 14000


async def test_leaving_is_at_once_told_to_all_and_makes_the_job_smaller() -> None:
    memory = Memory()
    amina, tom, kit = [await somebody(memory) for _ in range(3)]
    await begins(memory, amina)
    await joins(memory, tom)
    pool = await joins(memory, kit)

    await leaves(memory, amina)

    assert [one.person_id for one in memory.outbox.of(PoolChanged)[-1].members] == [tom[0].account_id, kit[0].account_id]
    told = memory.outbox.of(SupportPlanChanged)[-1]
    assert (told.plan_id, told.quarters, told.person_id) == (pool.plan_id, 32, tom[0].account_id)
    assert [one.plan_id for one in told.shares] == [tom[1].plan_id, kit[1].plan_id]
    left = memory.pools.kept[COUNCIL, pool.pool_id].members[0]
    assert (left.agreed_at, left.left_at) == (NOW, NOW)  # the record of both


@pytest.mark.parametrize("others", [0, 1, 2])
async def test_who_is_erased_leaves_it_and_it_goes_on_with_the_others_and_without_a_word_of_theirs(others: int) -> None:
    memory = Memory()
    wish = {"criterion": "practice", "strength": "must", "value": "cooks halal"}
    amina = await somebody(memory, tasks=["cooking"], wishes=[wish])
    pool = await begins(memory, amina)
    beside = [await somebody(memory, tasks=["shopping"]) for _ in range(others)]
    for one in beside:
        await joins(memory, one)

    await erase_plans(COUNCIL, amina[0].account_id, memory.work, now=NOW)

    assert [one.person_id for one in memory.outbox.of(PoolChanged)[-1].members] == [one[0].account_id for one in beside]
    mine = memory.plans.kept[COUNCIL, amina[1].plan_id]
    assert (mine.is_erased, mine.wants.state, mine.wants.wishes, mine.wants.tasks) == (True, PlanState.CLOSED, (), ())
    if others:
        shared = job(memory, pool)
        assert shared.person_id == beside[0][0].account_id
        assert not shared.wants.wishes and "cooking" not in shared.wants.tasks and "halal" not in shared.given
        assert (shared.wants.state is PlanState.OPEN) == (others > 1)


async def test_one_alone_has_no_job_and_nobody_ends_it() -> None:
    memory = Memory()
    amina, tom = await somebody(memory), await somebody(memory)
    await begins(memory, amina)
    pool = await joins(memory, tom)

    await leaves(memory, amina)
    assert job(memory, pool).wants.state is PlanState.PAUSED
    assert (await leaves(memory, tom)).state is State.ENDED
    assert job(memory, pool).wants.state is PlanState.CLOSED
    with pytest.raises(PoolNotFound):
        await joins(memory, amina)


async def test_a_change_in_ones_own_plan_is_followed_and_a_closed_plan_leaves() -> None:
    memory = Memory()
    amina, tom, kit = [await somebody(memory) for _ in range(3)]
    await begins(memory, amina)
    await joins(memory, tom)
    pool = await joins(memory, kit)

    wishes = plan(wishes=[{"criterion": "skill", "strength": "must", "value": "first aid"}]).wishes
    given = plan(person_ref=str(tom[0].account_id)).model_copy(update={"wishes": wishes})
    await plans.write_plan(tom[0], given, memory.work, now=NOW, fresh=uuid4, plan_id=tom[1].plan_id)
    assert [wish.criterion for wish in job(memory, pool).wants.wishes] == ["skill"]

    await plans.change_state(tom[0], tom[1].plan_id, PlanState.CLOSED, memory.work, now=NOW)
    assert [one.person_id for one in job(memory, pool).wants.shares] == [amina[0].account_id, kit[0].account_id]
    assert job(memory, pool).wants.wishes == ()


async def test_other_hours_are_shared_out_anew_and_the_same_are_no_news() -> None:
    memory = Memory()
    amina, tom = await somebody(memory), await somebody(memory)
    await begins(memory, amina)
    await joins(memory, tom)
    before = len(memory.outbox.told)

    await pooling.change_hours(COUNCIL, tom[1].plan_id, 16, memory.work, now=NOW, by=tom[0])
    assert len(memory.outbox.told) == before
    pool = await pooling.change_hours(COUNCIL, tom[1].plan_id, 20, memory.work, now=NOW, by=tom[0])

    assert [one.quarters for one in job(memory, pool).wants.shares] == [24, 20]


async def test_only_the_person_says_yes_or_no_for_themselves() -> None:
    memory = Memory()
    amina, tom = await somebody(memory), await somebody(memory)
    broker = viewer(Role.BROKER)

    with pytest.raises(NotLetIn):
        await begins(memory, (tom[0], amina[1]))
    await begins(memory, amina)
    with pytest.raises(NotLetIn):
        await leaves(memory, (broker, amina[1]))


async def test_what_cannot_join_is_told_why() -> None:
    memory = Memory()
    amina, tom, paused = await somebody(memory), await somebody(memory), await somebody(memory, state="paused")
    await begins(memory, amina)

    with pytest.raises(PoolNotFound):
        await joins(memory, tom, code="NOSUCH99")
    with pytest.raises(InAPoolAlready):
        await joins(memory, amina)
    with pytest.raises(HoursDoNotFit):
        await joins(memory, tom, hours=10.25)
    with pytest.raises(HoursDoNotFit):
        await joins(memory, tom, hours=0)
    with pytest.raises(NotOpenToShare):
        await joins(memory, paused)
    with pytest.raises(NotInThePool):
        await leaves(memory, tom)
    assert (await joins(memory, tom, code=" bcdf-2346 ")).state is State.OPEN


async def test_all_who_share_it_see_it_and_nobody_else_does() -> None:
    memory = Memory()
    amina, tom, stranger = [await somebody(memory) for _ in range(3)]
    await begins(memory, amina)
    pool = await joins(memory, tom)

    for one in (amina[0], tom[0]):
        assert (await looking.open_shortlist(one, pool.plan_id, memory.work, now=NOW)).mine
        assert pool.plan_id in {line.plan_id for line in await looking.plans_of(one, one.account_id, memory.work, now=NOW)}
    for other in (stranger[0], viewer(Role.BROKER)):
        with pytest.raises(NotLetIn):
            await looking.open_shortlist(other, pool.plan_id, memory.work, now=NOW)

    await leaves(memory, amina)
    with pytest.raises(NotLetIn):
        await looking.open_plan(amina[0], pool.plan_id, memory.work, now=NOW)


async def supported(memory: Memory, person: Viewer, *scopes: Scope) -> Viewer:
    broker = viewer(Role.BROKER)
    await memory.work.accounts.put(broker.account)
    await supporters.let_in(
        COUNCIL, person.account_id, broker.account_id, frozenset(scopes), date(2027, 5, 1), memory.work, now=NOW,
        delegation_id=uuid4(), evidence="said so",
    )  # fmt: skip
    return broker


async def told_of(memory: Memory, pool: Pool) -> None:
    await note_message(message(pool.plan_id, job(memory, pool).person_id, "handed_over"), memory.work)


async def test_a_supporter_of_one_who_shares_it_sees_its_list_as_far_as_they_were_let_in() -> None:
    memory = Memory()
    amina, tom = await somebody(memory), await somebody(memory)
    sees = await supported(memory, tom[0], Scope.SEE_SHORTLIST)
    asks = await supported(memory, tom[0], Scope.SEE_SHORTLIST, Scope.ASK_TO_MEET, Scope.EDIT_PLAN)
    edits = await supported(memory, tom[0], Scope.EDIT_PLAN)
    await begins(memory, amina)
    pool = await joins(memory, tom)
    with pytest.raises(NotToldYet):
        await looking.open_shortlist(sees, pool.plan_id, memory.work, now=NOW)

    await told_of(memory, pool)

    opened = await looking.open_shortlist(sees, pool.plan_id, memory.work, now=NOW)
    assert (opened.may, opened.mine, opened.person) == (frozenset({Scope.SEE_SHORTLIST}), False, None)
    assert {look.person_id for look in memory.looks.kept} == {amina[0].account_id, tom[0].account_id}
    assert Scope.ASK_TO_MEET in (await looking.may_ask_to_meet(asks, pool.plan_id, memory.work, now=NOW)).may
    with pytest.raises(NotLetIn):
        await looking.may_ask_to_meet(sees, pool.plan_id, memory.work, now=NOW)
    with pytest.raises(NotLetIn):
        await looking.open_plan(edits, pool.plan_id, memory.work, now=NOW)
    with pytest.raises(ThePoolsOwn):
        await plans.confirm_plan(asks, pool.plan_id, memory.work, now=NOW)
    for broker, there in ((sees, True), (edits, False)):
        lines = await looking.plans_of(broker, tom[0].account_id, memory.work, now=NOW)
        assert (pool.plan_id in {line.plan_id for line in lines}) is there


async def test_a_supporter_is_out_with_their_person_or_when_taken_off() -> None:
    memory = Memory()
    amina, tom, kit = [await somebody(memory) for _ in range(3)]
    toms, kits = await supported(memory, tom[0], Scope.SEE_SHORTLIST), await supported(memory, kit[0], Scope.SEE_SHORTLIST)
    await begins(memory, amina)
    await joins(memory, tom)
    pool = await joins(memory, kit, hours=2)
    await told_of(memory, pool)
    for broker in (toms, kits):
        await looking.open_shortlist(broker, pool.plan_id, memory.work, now=NOW)

    await leaves(memory, tom)
    (standing,) = await memory.work.supporters.standing(COUNCIL, kits.account_id, kit[0].account_id)
    await supporters.end_support(COUNCIL, standing.delegation_id, memory.work, now=NOW, by=kit[0])

    for broker in (toms, kits):
        with pytest.raises(NotLetIn):
            await looking.open_shortlist(broker, pool.plan_id, memory.work, now=NOW)


async def test_words_that_did_not_speak_of_supporters_open_nothing_to_them() -> None:
    memory = Memory()
    amina, tom = await somebody(memory), await somebody(memory)
    broker = await supported(memory, tom[0], Scope.SEE_SHORTLIST)
    await begins(memory, amina)
    pool = await joins(memory, tom)
    await told_of(memory, pool)

    earlier = tuple(replace(one, consent="pool-1") if one.plan_id == amina[1].plan_id else one for one in pool.members)
    await memory.work.pools.save(replace(pool, members=earlier))

    with pytest.raises(NotLetIn):
        await looking.open_shortlist(broker, pool.plan_id, memory.work, now=NOW)


async def test_a_plan_whose_hours_are_all_shared_waits_for_the_job_and_comes_back() -> None:
    memory = Memory()
    amina, tom = await somebody(memory), await somebody(memory)

    async def waits(one: tuple[Viewer, Plan]) -> UUID | None:
        return (await looking.open_plan(one[0], one[1].plan_id, memory.work, now=NOW)).waits_for

    await begins(memory, amina, hours=10)
    assert await waits(amina) is None
    pool = await joins(memory, tom, hours=4)
    assert (await waits(amina), await waits(tom)) == (pool.plan_id, None)

    await leaves(memory, tom)
    assert await waits(amina) is None


async def test_a_look_at_it_is_a_look_at_each_of_them() -> None:
    memory = Memory()
    amina, tom = await somebody(memory), await somebody(memory)
    await begins(memory, amina)
    pool = await joins(memory, tom)

    await looking.open_plan(viewer(Role.STAFF), pool.plan_id, memory.work, now=NOW)

    assert {look.person_id for look in memory.looks.kept} == {amina[0].account_id, tom[0].account_id}


async def test_nobody_writes_a_pools_plan_from_inside_or_from_outside() -> None:
    memory = Memory()
    amina, tom = await somebody(memory), await somebody(memory)
    await begins(memory, amina)
    pool = await joins(memory, tom)

    with pytest.raises(ThePoolsOwn):
        await plans.change_state(amina[0], pool.plan_id, PlanState.PAUSED, memory.work, now=NOW)
    with pytest.raises(ThePoolsOwn):
        await pooling.leave(COUNCIL, pool.plan_id, memory.work, now=NOW)
    with pytest.raises(PlanRefused, match="ours"):
        await plans.take_in_plan(COUNCIL, plan(source="pool", source_id=str(pool.pool_id)), memory.work, now=NOW, fresh=uuid4)


async def test_whom_one_never_meets_nobody_is_shown() -> None:
    memory = Memory()
    amina, tom, pa = await somebody(memory), await somebody(memory), uuid4()
    await begins(memory, amina)
    pool = await joins(memory, tom)

    await plans.block(tom[0], tom[1].plan_id, pa, memory.work, now=NOW)

    assert job(memory, pool).wants.blocked == (pa,)


async def test_the_code_and_the_words_are_in_no_event() -> None:
    memory = Memory()
    amina, tom = await somebody(memory), await somebody(memory)
    await begins(memory, amina)
    await joins(memory, tom)

    said = "".join(event.model_dump_json() for event in memory.outbox.told)
    assert CODE not in said and "said so" not in said


members = st.lists(st.integers(1, 100), max_size=14)


@given(members, st.data())
def test_a_pools_hours_are_those_of_who_shares_it(hours: list[int], data: st.DataObject) -> None:
    pool = Pool(COUNCIL, UUID(int=1), UUID(int=2), CODE, 0)
    sharing: dict[UUID, int] = {}
    for one in hours:
        leaver = data.draw(st.none() | st.sampled_from(sorted(sharing))) if sharing else None
        if leaver and len(sharing) > 1:
            pool = pool.left(leaver, NOW)
            del sharing[leaver]
        new = uuid4()
        try:
            pool = pool.joined(Member(new, new, one, NOW))
        except PoolIsFull:
            assert len(sharing) == 12 or sum(sharing.values()) + one > 672
        else:
            sharing[new] = one
        assert {member.plan_id: member.quarters for member in pool.sharing} == sharing
        assert pool.quarters == sum(sharing.values()) <= 672


def test_times_that_two_of_them_ask_for_are_seen() -> None:
    assert clashes([0b1100, 0b0110, 0b0001]) == 0b0100
    assert clashes([]) == 0
