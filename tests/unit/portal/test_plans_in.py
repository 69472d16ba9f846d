"""Plans in, from anywhere: once each, newest wins, and what is not clear is asked about."""

import json
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.portal.domain.accounts import Account, Role
from services.portal.domain.plan import PlanRefused, Strength
from services.portal.domain.taken_in import Outcome
from services.portal.usecases.plans import take_in_plan
from shared.contracts.portal import SupportPlanChanged
from tests.unit.portal.memory import Memory
from tests.unit.portal.some import COUNCIL, NOW, plan

MUST_BE_A_WOMAN = {"criterion": "sex", "strength": "must", "value": "woman"}
REASON = {"why": "She was hurt by a man.", "tasks": ["personal care"], "until": "2027-05-01"}


async def take(memory: Memory, **changes: object):
    return await take_in_plan(COUNCIL, plan(**changes), memory.work, now=NOW, fresh=uuid4)


async def refusal(memory: Memory, **changes: object):
    with pytest.raises(PlanRefused) as refused:
        await take(memory, **changes)
    return refused.value.errors


async def test_a_new_plan_is_told_once_at_revision_one():
    memory = Memory()

    taken = await take(memory)

    (told,) = memory.outbox.of(SupportPlanChanged)
    assert taken.outcome is Outcome.CREATED
    assert (told.plan_id, told.revision, told.quarters, told.place.outcode) == (taken.plan.plan_id, 1, 40, "LE5")


async def test_the_same_version_again_changes_nothing_and_tells_nobody():
    memory = Memory()
    first = await take(memory)

    again = await take(memory, hours_per_week=12)

    assert (again.outcome, again.plan) == (Outcome.UNCHANGED, first.plan)
    assert len(memory.outbox.told) == 1


async def test_an_older_version_is_stale():
    memory = Memory()
    await take(memory, source_version=5)

    late = await take(memory, source_version=4, hours_per_week=12)

    assert late.outcome is Outcome.STALE
    assert late.plan.wants.quarters == 40


async def test_a_newer_version_that_says_the_same_is_remembered_but_not_told():
    memory = Memory()
    await take(memory)

    newer = await take(memory, source_version=2)

    assert newer.outcome is Outcome.UNCHANGED
    assert newer.plan.source.version == 2
    assert len(memory.outbox.told) == 1


async def test_own_words_stay_when_a_newer_version_brings_none():
    memory = Memory()
    await take_in_plan(COUNCIL, plan(), memory.work, now=NOW, fresh=uuid4, own_words="I like my garden.", title="Mornings")

    newer = await take(memory, source_version=2, hours_per_week=12)

    assert (newer.plan.own_words, newer.plan.title) == ("I like my garden.", "Mornings")


@settings(deadline=None)
@given(st.lists(st.integers(1, 6), min_size=1, max_size=12))
async def test_any_order_and_repetition_of_versions_ends_in_the_newest(versions):
    memory = Memory()

    for version in versions:
        taken = await take(memory, source_version=version, hours_per_week=10 + version)

    told = memory.outbox.of(SupportPlanChanged)
    assert taken.plan.source.version == max(versions)
    assert told[-1].quarters == (10 + max(versions)) * 4
    assert [event.revision for event in told] == list(range(1, len(told) + 1))


MARK = "zq7"
free_text = st.text("abcdefgh ,.!0123456789éß", max_size=30).map(lambda text: f"{MARK} {text}")


@settings(deadline=None)
@given(words=free_text, why=free_text, task=free_text, wish=free_text, times=free_text, title=free_text)
async def test_nothing_that_was_typed_freely_is_ever_told(words, why, task, wish, times, title):
    memory = Memory()
    typed = plan(
        person_ref=f"{MARK}-person",
        times=f"Mon 8am-10am, {times}",
        tasks=[task],
        wishes=[
            {**MUST_BE_A_WOMAN, "reason": {**REASON, "why": why}},
            {"criterion": "interest", "strength": "nice", "value": wish},
        ],
    )

    await take_in_plan(COUNCIL, typed, memory.work, now=NOW, fresh=uuid4, own_words=words, title=title)

    assert len(memory.outbox.told) == 1
    assert MARK not in "".join(event.model_dump_json() for event in memory.outbox.told)
    assert "LE5 3" not in memory.outbox.told[0].model_dump_json()


async def test_a_whole_postcode_is_cut_down_before_it_is_kept():
    memory = Memory()

    taken = await take(memory)

    assert "3PA" not in taken.plan.given
    assert json.loads(taken.plan.given)["postcode"] == "LE5 3"


async def test_an_unknown_word_is_asked_about_and_the_rest_is_kept():
    memory = Memory()

    taken = await take(
        memory, tasks=["shopping", "flumping"], wishes=[{"criterion": "language", "strength": "must", "value": "Blorpish"}]
    )

    assert taken.plan.wants.tasks == ("shopping",)
    assert {(one.field, one.typed) for one in taken.asked} == {("tasks[1]", "flumping"), ("wishes[0].value", "Blorpish")}
    assert taken.plan.wants.wishes == ()


async def test_a_likely_word_counts_as_not_yet_confirmed():
    memory = Memory()

    taken = await take(
        memory,
        wishes=[
            {"criterion": "language", "strength": "must", "value": "Gujaratti language"},
            {"criterion": "skill", "strength": "must", "value": "moving and handlin"},
        ],
    )

    (wish,) = [one for one in taken.plan.wants.wishes if one.criterion == "skill"]
    assert not wish.confirmed
    assert any(one.likely and one.suggestions[0].code == wish.values[0] for one in taken.asked)


async def test_an_area_nobody_knows_is_refused_with_what_to_do():
    (error,) = await refusal(Memory(), postcode="ZZ99 9ZZ")

    assert (error.field, error.code) == ("postcode", "unknown_area")
    assert "ZZ99" not in error.problem + error.remedy


async def test_everything_that_is_wrong_is_said_at_once():
    errors = await refusal(Memory(), postcode="ZZ99", most_rate="1.50", confirmed_on="2030-01-01", wishes=[MUST_BE_A_WOMAN])

    assert {error.code for error in errors} == {"unknown_area", "below_minimum_wage", "in_the_future", "no_lawful_reason"}


@pytest.mark.parametrize(
    ("criterion", "value", "practice"),
    [("sex", "woman", "knows_modest_care"), ("faith", "Muslim", "cooks_halal"), ("culture", "Caribbean", "cooks_caribbean")],
)
async def test_a_must_about_somebody_without_a_lawful_reason_is_refused_and_a_practice_named(criterion, value, practice):
    memory = Memory()

    (error,) = await refusal(memory, wishes=[{"criterion": criterion, "strength": "must", "value": value}])

    assert error.code == "no_lawful_reason"
    assert practice in error.remedy
    assert memory.plans.kept == {} and memory.outbox.told == []


async def test_with_a_lawful_reason_the_must_is_told_with_its_tasks_but_not_the_why():
    memory = Memory()

    await take(memory, tasks=["personal care"], wishes=[{**MUST_BE_A_WOMAN, "reason": REASON}])

    (told,) = memory.outbox.of(SupportPlanChanged)
    assert told.wishes[0].reason.tasks == ("personal_care",)
    assert "hurt" not in told.model_dump_json()


async def test_a_lawful_reason_that_is_over_or_names_no_known_task_is_refused():
    ended = {**REASON, "until": "2026-11-21"}
    over = await refusal(Memory(), tasks=["personal care"], wishes=[{**MUST_BE_A_WOMAN, "reason": ended}])
    vague = await refusal(Memory(), wishes=[{**MUST_BE_A_WOMAN, "reason": {**REASON, "tasks": ["flumping"]}}])

    assert [one.code for one in over] == ["reason_is_over"]
    assert [one.code for one in vague] == ["unknown_task"]


async def test_sex_faith_and_culture_may_be_important_without_a_reason():
    taken = await take(Memory(), wishes=[{**MUST_BE_A_WOMAN, "strength": "important"}])

    assert taken.plan.wants.wishes[0].strength is Strength.IMPORTANT


async def test_a_field_that_a_wish_cannot_use_is_not_silently_dropped():
    (error,) = await refusal(
        Memory(), wishes=[{"criterion": "skill", "strength": "nice", "value": "first aid", "within_miles": 3}]
    )

    assert (error.field, error.code) == ("wishes[0].within_miles", "not_for_this_wish")


async def test_a_source_may_use_its_own_number_for_a_person_and_means_the_same_one_each_time():
    memory = Memory()

    one = await take(memory)
    other = await take(memory, source_id="P-2")

    assert one.plan.person_id == other.plan.person_id
    assert memory.accounts.kept[COUNCIL, one.plan.person_id].chosen_name is None


async def test_our_own_number_of_a_person_is_used_as_it_is():
    memory, person_id = Memory(), uuid4()
    await memory.accounts.put(Account(COUNCIL, person_id, Role.PERSON, "Amina"))

    taken = await take(memory, person_ref=str(person_id))

    assert taken.plan.person_id == person_id
    assert memory.accounts.kept[COUNCIL, person_id].chosen_name == "Amina"


async def test_a_number_of_somebody_who_is_not_a_person_with_a_plan_is_refused():
    memory, profile_id = Memory(), uuid4()
    await memory.accounts.put(Account(COUNCIL, profile_id, Role.PA, "Bo"))

    (error,) = await refusal(memory, person_ref=str(profile_id))

    assert error.code == "not_a_person"


async def test_signing_is_understood_from_the_language():
    taken = await take(Memory(), wishes=[{"criterion": "language", "strength": "must", "value": "BSL"}])

    assert (taken.plan.wants.wishes[0].values, taken.plan.wants.wishes[0].mode) == (("bfi",), "signed")


async def test_impossible_times_are_refused():
    slots = [{"day": "mon", "from": "24:00", "to": "10:00"}]
    flexible = [{"hours": 100, "window": "Mon 8am-10am"}]

    errors = await refusal(Memory(), slots=slots, flexible=flexible)

    assert {one.code for one in errors} == {"no_such_time", "more_than_the_window"}
