"""When a new list is told, and how an introduction moves from asking to its end."""
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from services.matcher.announcements import shortlist_changed
from services.matcher.domain.introduction import (
    ANSWER_WITHIN,
    AlreadyEnded,
    Answer,
    AskedBy,
    Introduction,
    IntroductionId,
    State,
    asked,
)
from services.matcher.domain.plan import Criterion, Plan, PlanState
from services.matcher.domain.profile import Claim, Profile
from services.matcher.domain.ranking import rank
from services.matcher.domain.record import for_the_record
from services.matcher.domain.rules import CURRENT, VERSION_1, VERSION_2, Rules
from services.matcher.domain.shortlist import Cause, Change, Shortlist, drawn_up, everybody, put_away
from tests.unit.matcher.a_match import DAY, LORE, a_pa, a_plan, must, nice

PLAN = a_plan(must(Criterion.SKILL, "first_aid"), nice(Criterion.INTEREST, "football"))


def draw(
    register: list[Profile], before: Shortlist | None = None, *, plan: Plan = PLAN, days_later: int = 0, rules: Rules = CURRENT
) -> Change:
    day = DAY + timedelta(days=days_later)
    listed = everybody(plan, register, day=day, lore=LORE, rules=rules)
    return drawn_up(plan, listed, before, day=day, cause=Cause.PROFILES, lore=LORE, rules=rules)


FIRST_AIDERS = [a_pa(skills=(Claim("first_aid"),)) for _ in range(6)]
OTHERS = [a_pa() for _ in range(6)]


def test_a_list_made_from_kept_places_is_the_list_made_anew() -> None:
    register = FIRST_AIDERS + OTHERS
    first = draw(register).now
    learnt = replace(OTHERS[0], revision=2, skills=(Claim("first_aid"),))
    changed = [*FIRST_AIDERS[1:], learnt, *OTHERS[1:]]

    for before in (first, draw(changed, first).now, draw(register, days_later=1).now, None):
        again = draw(changed, before).now.listed
        assert again == draw(changed).now.listed
        assert [(one.profile_id, one.score) for one in again] == [
            (one.profile_id, one.score) for one in rank(PLAN, changed, DAY, LORE).placements
        ]


def test_a_kept_place_is_of_this_plan_and_this_revision_only() -> None:
    before = draw(FIRST_AIDERS + OTHERS).now
    asks_more = replace(PLAN, revision=PLAN.revision + 1, wishes=(must(Criterion.SKILL, "epilepsy"),))

    after = draw(FIRST_AIDERS + OTHERS, before, plan=asks_more).now

    assert not any(one.group == "fitting" for one in after.listed)


def test_a_first_list_is_told() -> None:
    change = draw(FIRST_AIDERS + OTHERS)

    told = shortlist_changed(change, for_the_record(change.now, 1, NOW))
    assert change.told and told.revision == 1
    assert (len(told.fitting), len(told.near), told.others, told.in_scope, told.added) == (6, 6, 0, 12, 6)
    assert told.near[0].unmet == ("skill_unknown",)


def test_a_list_that_means_the_same_is_kept_and_not_told() -> None:
    first = draw(FIRST_AIDERS).now

    again = draw([replace(one, revision=2) for one in FIRST_AIDERS], first)

    assert not again.told and again.now.revision == 1
    assert {one.profile_revision for one in again.now.listed} == {2}


def test_taking_turns_on_a_new_day_is_kept_and_not_told() -> None:
    first = draw(FIRST_AIDERS).now

    tomorrow = draw(FIRST_AIDERS, first, days_later=1)

    assert [one.profile_id for one in tomorrow.now.listed] != [one.profile_id for one in first.listed]
    assert not tomorrow.told and (tomorrow.now.revision, tomorrow.now.day) == (1, DAY + timedelta(days=1))


def test_new_rules_that_put_nobody_elsewhere_but_equals_are_kept_and_not_told() -> None:
    first = draw(FIRST_AIDERS, rules=VERSION_1).now

    again = draw(FIRST_AIDERS, first, rules=VERSION_2)

    assert [one.profile_id for one in again.now.listed] != [one.profile_id for one in first.listed]
    assert not again.told and (again.now.revision, again.now.rules_version) == (1, 2)


@pytest.mark.parametrize("what", ["somebody came", "somebody left", "somebody lacks something", "somebody passed", "new plan"])
def test_a_list_that_means_something_new_is_told(what: str) -> None:
    first = draw(FIRST_AIDERS).now
    last = next(one for one in FIRST_AIDERS if one.profile_id == first.listed[-1].profile_id)
    rest = [one for one in FIRST_AIDERS if one is not last]
    register, plan = {
        "somebody came": ([*FIRST_AIDERS, OTHERS[0]], PLAN),
        "somebody left": (rest, PLAN),
        "somebody lacks something": ([replace(last, revision=2, skills=()), *rest], PLAN),
        "somebody passed": ([replace(last, revision=2, interests=(Claim("football"),)), *rest], PLAN),
        "new plan": (FIRST_AIDERS, replace(PLAN, revision=2)),
    }[what]

    change = draw(register, first, plan=plan)

    assert change.told and change.now.revision == 2


def test_a_list_says_how_many_fit_who_did_not_and_the_reverse() -> None:
    first = draw([*FIRST_AIDERS[:3], *OTHERS]).now

    change = draw([*FIRST_AIDERS[2:], *OTHERS], first)

    assert (change.added, change.lost) == (3, 2)


def test_a_closed_plan_puts_its_list_away_once() -> None:
    closed = replace(PLAN, state=PlanState.CLOSED, revision=2)
    first = draw(FIRST_AIDERS).now

    away = put_away(closed, first, day=DAY)

    assert away is not None and away.told
    told = shortlist_changed(away, for_the_record(away.now, 0, NOW))
    assert (told.open, told.revision, told.in_scope, told.fitting) == (False, 2, 0, ())
    assert put_away(closed, away.now, day=DAY) is None
    assert put_away(closed, None, day=DAY) is None
    assert draw(FIRST_AIDERS, away.now, plan=replace(PLAN, revision=3)).told


NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def an_introduction() -> Introduction:
    return asked(IntroductionId(uuid4()), PLAN, FIRST_AIDERS[0].profile_id, AskedBy.PERSON, NOW)


def test_a_pa_has_seven_days_to_answer() -> None:
    introduction = an_introduction()

    assert introduction.answer_by == NOW + timedelta(days=7)
    assert introduction.expired(introduction.answer_by - timedelta(seconds=1)) is introduction
    assert introduction.expired(introduction.answer_by).state is State.EXPIRED


@pytest.mark.parametrize(("given", "state"), [(Answer.YES, State.ACCEPTED), (Answer.NO, State.DECLINED)])
def test_an_answer_counts_once_and_the_same_again_changes_nothing(given: Answer, state: State) -> None:
    answered = an_introduction().answered(given, "text", NOW)

    assert (answered.state, answered.route, answered.revision) == (state, "text", 2)
    assert answered.answered(given, "page", NOW) is answered


def test_what_has_ended_takes_no_other_answer() -> None:
    late, accepted = NOW + ANSWER_WITHIN, an_introduction().answered(Answer.YES, "page", NOW)

    for ended in (accepted, an_introduction().withdrawn(), an_introduction().expired(late)):
        with pytest.raises(AlreadyEnded):
            ended.answered(Answer.NO, "page", NOW)
    with pytest.raises(AlreadyEnded):
        an_introduction().answered(Answer.YES, "page", late)
    with pytest.raises(AlreadyEnded):
        accepted.withdrawn()
    assert an_introduction().withdrawn().withdrawn().revision == 2
