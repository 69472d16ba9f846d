"""Who may see and do what beside whom; and that taking somebody off counts at once."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from services.portal.domain.accounts import Role
from services.portal.domain.copies import Looked, ShortlistCopy
from services.portal.domain.plan import PlanNotFound
from services.portal.domain.supporting import NothingToDo, NotLetIn, NotToldYet, Scope, TooLong
from services.portal.usecases import looking, plans, supporters
from services.portal.usecases.hearing import note_message, note_shortlist
from services.portal.usecases.rights import may
from shared.contracts.portal import SupporterChanged, SupportPlanChanged
from tests.unit.portal.memory import Memory
from tests.unit.portal.some import COUNCIL, NOW, message, plan, viewer

EVERYTHING = frozenset(Scope)
UNTIL = date(2027, 5, 1)


class Scene:
    """A person with a plan, and a broker they let in."""

    def __init__(self) -> None:
        self.memory = Memory()
        self.work = self.memory.work
        self.person, self.broker, self.staff = viewer(Role.PERSON), viewer(Role.BROKER), viewer(Role.STAFF)

    async def begin(self, scopes=EVERYTHING) -> "Scene":
        for one in (self.person, self.broker, self.staff):
            await self.work.accounts.put(one.account)
        taken = await plans.take_in_plan(COUNCIL, plan(person_ref=str(self.person.account_id)), self.work, now=NOW, fresh=uuid4)
        self.plan_id = taken.plan.plan_id
        self.delegation = await self.let_in(scopes)
        return self

    async def let_in(self, scopes=EVERYTHING, until=UNTIL, delegation_id=None):
        return await supporters.let_in(
            COUNCIL, self.person.account_id, self.broker.account_id, scopes, until, self.work,
            now=NOW, delegation_id=delegation_id or uuid4(), evidence="said so",
        )  # fmt: skip

    async def told(self, state="handed_over"):
        await note_message(message(self.plan_id, self.person.account_id, state), self.work)


async def test_a_supporter_sees_the_list_once_the_person_was_told():
    scene = await Scene().begin()
    with pytest.raises(NotToldYet):
        await looking.open_shortlist(scene.broker, scene.plan_id, scene.work, now=NOW)

    await scene.told()

    assert (await looking.open_shortlist(scene.broker, scene.plan_id, scene.work, now=NOW)).told_at == NOW


@pytest.mark.parametrize("state", ["written", "task", "dropped"])
async def test_written_or_waiting_is_not_told(state):
    scene = await Scene().begin()
    await scene.told(state)

    with pytest.raises(NotToldYet):
        await looking.open_shortlist(scene.broker, scene.plan_id, scene.work, now=NOW)


async def test_reached_by_a_human_is_told():
    scene = await Scene().begin()

    await scene.told("done_by_task")

    assert await looking.open_shortlist(scene.broker, scene.plan_id, scene.work, now=NOW)


async def test_a_message_to_somebody_else_about_the_plan_does_not_tell_the_person():
    scene = await Scene().begin()

    await note_message(message(scene.plan_id, scene.broker.account_id, "handed_over"), scene.work)

    with pytest.raises(NotToldYet):
        await looking.open_shortlist(scene.broker, scene.plan_id, scene.work, now=NOW)


async def test_a_recorded_reason_opens_the_list_and_the_person_can_read_it():
    scene = await Scene().begin()

    await looking.open_shortlist(scene.staff, scene.plan_id, scene.work, now=NOW, reason="They rang and asked me to.")

    (seen,) = await looking.who_looked(scene.person, scene.work)
    assert (seen.look.what, seen.look.reason) == (Looked.SHORTLIST, "They rang and asked me to.")


async def test_the_next_call_after_taking_somebody_off_is_refused():
    scene = await Scene().begin()
    await scene.told()
    await looking.open_shortlist(scene.broker, scene.plan_id, scene.work, now=NOW)

    await supporters.end_support(COUNCIL, scene.delegation.delegation_id, scene.work, now=NOW, by=scene.person)

    for attempt in (looking.open_shortlist, looking.open_plan, looking.ask_for_shortlist, looking.may_ask_to_meet):
        with pytest.raises(NotLetIn):
            await attempt(scene.broker, scene.plan_id, scene.work, now=NOW)


async def test_ending_is_told_once_however_often_it_is_asked():
    scene = await Scene().begin()

    for _ in range(3):
        await supporters.end_support(COUNCIL, scene.delegation.delegation_id, scene.work, now=NOW, by=scene.person)

    states = [event.state for event in scene.memory.outbox.of(SupporterChanged)]
    assert states == ["active", "ended"]


async def test_letting_in_again_does_not_bring_back_what_the_person_ended():
    scene = await Scene().begin()
    await supporters.end_support(COUNCIL, scene.delegation.delegation_id, scene.work, now=NOW, by=scene.person)

    again = await scene.let_in(delegation_id=scene.delegation.delegation_id)

    assert again.revoked_at == NOW
    assert not await may(scene.broker.account, scene.person.account_id, Scope.SEE_SHORTLIST, scene.work, now=NOW)


async def test_nobody_else_can_take_a_supporter_off():
    scene = await Scene().begin()

    with pytest.raises(NotLetIn):
        await supporters.end_support(COUNCIL, scene.delegation.delegation_id, scene.work, now=NOW, by=viewer(Role.PERSON))


async def test_a_right_ends_after_its_last_day():
    scene = await Scene().begin()
    person = scene.person.account_id
    last = NOW.replace(year=2027, month=5, day=1)

    assert await may(scene.broker.account, person, Scope.SEE_SHORTLIST, scene.work, now=last)
    assert not await may(scene.broker.account, person, Scope.SEE_SHORTLIST, scene.work, now=last + timedelta(days=1))


async def test_a_scope_not_given_is_refused():
    scene = await Scene().begin(frozenset({Scope.SEE_SHORTLIST}))
    await scene.told()

    with pytest.raises(NotLetIn):
        await looking.may_ask_to_meet(scene.broker, scene.plan_id, scene.work, now=NOW)
    with pytest.raises(NotLetIn):
        await plans.write_plan(scene.broker, plan(), scene.work, now=NOW, fresh=uuid4, plan_id=scene.plan_id)


async def test_nobody_is_let_in_for_longer_than_twelve_months_or_for_nothing():
    scene = await Scene().begin()

    with pytest.raises(TooLong):
        await scene.let_in(until=date(2027, 12, 1))
    with pytest.raises(NothingToDo):
        await scene.let_in(scopes=frozenset())


async def test_a_supporter_of_somebody_else_sees_nothing():
    scene = await Scene().begin()
    stranger = viewer(Role.BROKER)

    with pytest.raises(NotLetIn):
        await looking.open_plan(stranger, scene.plan_id, scene.work, now=NOW)
    with pytest.raises(PlanNotFound):
        await looking.open_plan(scene.broker, uuid4(), scene.work, now=NOW)


async def test_a_pa_sees_no_plans_and_staff_do_not_ask_to_meet_for_anybody():
    scene = await Scene().begin()
    await scene.told()

    with pytest.raises(NotLetIn):
        await looking.open_plan(viewer(Role.PA), scene.plan_id, scene.work, now=NOW)
    with pytest.raises(NotLetIn):
        await looking.may_ask_to_meet(scene.staff, scene.plan_id, scene.work, now=NOW)


async def test_every_look_by_somebody_else_is_written_down_and_ones_own_is_not():
    scene = await Scene().begin()

    await looking.open_plan(scene.broker, scene.plan_id, scene.work, now=NOW)
    await looking.ask_for_shortlist(scene.broker, scene.plan_id, scene.work, now=NOW)
    await looking.open_plan(scene.staff, scene.plan_id, scene.work, now=NOW)
    await looking.open_shortlist(scene.person, scene.plan_id, scene.work, now=NOW)

    seen = [(one.look.by_role, one.look.what) for one in await looking.who_looked(scene.person, scene.work)]
    assert seen == [("staff", Looked.PLAN), ("broker", Looked.ASKED_FOR_LIST), ("broker", Looked.PLAN)]


async def test_a_list_of_plans_shows_a_supporter_no_numbers_before_the_person_was_told():
    scene = await Scene().begin()
    await note_shortlist(
        ShortlistCopy(COUNCIL, scene.plan_id, scene.person.account_id, 1, 1, 1, 3, 2, 5, 10, True, NOW), scene.work
    )

    (before,) = await looking.plans_of(scene.broker, scene.person.account_id, scene.work, now=NOW)
    await scene.told()
    (after,) = await looking.plans_of(scene.broker, scene.person.account_id, scene.work, now=NOW)

    assert before.shortlist is None
    assert after.shortlist is not None and after.shortlist.fitting == 3


async def test_only_the_person_blocks_and_it_is_told():
    scene = await Scene().begin()
    profile_id = uuid4()

    with pytest.raises(NotLetIn):
        await plans.block(scene.broker, scene.plan_id, profile_id, scene.work, now=NOW)
    await plans.block(scene.person, scene.plan_id, profile_id, scene.work, now=NOW)
    await plans.block(scene.person, scene.plan_id, profile_id, scene.work, now=NOW)

    assert [event.blocked for event in scene.memory.outbox.of(SupportPlanChanged)] == [(), (profile_id,)]


async def test_an_answer_to_a_question_counts_and_is_not_asked_again():
    scene = await Scene().begin()
    person = str(scene.person.account_id)
    await plans.take_in_plan(
        COUNCIL, plan(person_ref=person, source_version=2, tasks=["flumping"]), scene.work, now=NOW, fresh=uuid4
    )

    answered = await plans.answer_question(scene.person, scene.plan_id, "tasks[0]", "shopping", scene.work, now=NOW)
    newer = await plans.take_in_plan(
        COUNCIL, plan(person_ref=person, source_version=3, tasks=["flumping"]), scene.work, now=NOW, fresh=uuid4
    )

    assert (answered.plan.wants.tasks, answered.asked) == (("shopping",), ())
    assert (newer.plan.wants.tasks, newer.asked, newer.outcome) == (("shopping",), (), "unchanged")


async def test_a_change_over_somebody_elses_change_is_not_made():
    scene = await Scene().begin()
    await plans.write_plan(
        scene.person, plan(hours_per_week=12), scene.work, now=NOW, fresh=uuid4, plan_id=scene.plan_id, seen_revision=1
    )

    with pytest.raises(plans.PlanChangedMeanwhile):
        await plans.write_plan(
            scene.broker, plan(hours_per_week=14), scene.work, now=NOW, fresh=uuid4, plan_id=scene.plan_id, seen_revision=1
        )


async def test_a_plan_written_on_a_page_stays_its_sources_and_the_next_version_from_there_counts():
    scene = await Scene().begin()
    person = str(scene.person.account_id)
    await plans.write_plan(scene.person, plan(hours_per_week=12), scene.work, now=NOW, fresh=uuid4, plan_id=scene.plan_id)

    newer = await plans.take_in_plan(
        COUNCIL, plan(person_ref=person, source_version=2, hours_per_week=14), scene.work, now=NOW, fresh=uuid4
    )

    assert newer.plan.plan_id == scene.plan_id
    assert (newer.plan.wants.quarters, newer.plan.revision) == (56, 3)


async def test_a_person_may_begin_a_plan_of_their_own_and_nobody_elses():
    scene = await Scene().begin()

    taken = await plans.write_plan(
        scene.person, plan(person_ref=str(scene.person.account_id)), scene.work, now=NOW, fresh=uuid4, own_words="Hello"
    )

    assert (taken.plan.source.source, taken.plan.person_id) == ("portal", scene.person.account_id)
    with pytest.raises(NotLetIn):
        await plans.write_plan(scene.person, plan(person_ref=str(uuid4())), scene.work, now=NOW, fresh=uuid4)


async def test_messages_of_a_person_are_theirs_and_a_pa_has_only_their_own():
    scene = await Scene().begin()
    await scene.told()
    pa = viewer(Role.PA)

    assert len(await looking.messages_of(scene.person, scene.person.account_id, scene.work, now=NOW)) == 1
    assert await looking.messages_of(pa, pa.account_id, scene.work, now=NOW) == []
    with pytest.raises(NotLetIn):
        await looking.messages_of(pa, scene.person.account_id, scene.work, now=NOW)


async def test_a_supporter_does_not_read_a_persons_messages():
    scene = await Scene().begin()

    with pytest.raises(NotLetIn):
        await looking.messages_of(scene.broker, scene.person.account_id, scene.work, now=NOW)
