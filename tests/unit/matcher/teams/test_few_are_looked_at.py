"""Teams and stand-ins are sought among those the columns leave over: the same come out as among everybody."""
from dataclasses import replace
from datetime import timedelta

import pytest

from services.matcher.domain.kernel.index import Index
from services.matcher.domain.kernel.ranked import Ranked
from services.matcher.domain.ranking import rank
from services.matcher.domain.rules import CURRENT
from services.matcher.domain.teams.asked import TEAMS_1
from services.matcher.domain.teams.candidates import may_lack
from services.matcher.domain.teams.proposing import propose
from services.matcher.domain.teams.stand_ins import stand_ins
from services.matcher.usecases.wondering import Question
from tests.machines.any_council import Council
from tests.unit.matcher.a_match import LORE


def compare(seed: int) -> int:
    """How many were not looked at."""
    council = Council(seed)
    register = council.register(14)
    plan = replace(council.plan(register), wishes=council.some(council.wish, 3))
    day, later = council.day, council.day + timedelta(days=3)
    asked = Question(plan, register, Index("leicester", LORE, register).now())

    may = may_lack(plan, plan.begins(day))
    few, then = asked.lacking_only(may, day), asked.lacking_only(may_lack(plan, plan.begins(later)), later)

    placed = rank(plan, register, day, LORE).placements
    assert {one.profile_id for one in few} == {
        one.profile_id for one in placed if {reason.criterion for reason in one.unmet} <= may
    }
    found = propose(plan, few, day, LORE, CURRENT, largest=4, count=5)
    assert found == propose(plan, register, day, LORE, CURRENT, largest=4, count=5)
    for away in register[:2]:
        standing_in = stand_ins(plan, away, later, later + timedelta(days=9), then, day, LORE, CURRENT, TEAMS_1)
        assert standing_in == stand_ins(plan, away, later, later + timedelta(days=9), register, day, LORE, CURRENT, TEAMS_1)
    return len(register) - len(few)


def test_the_same_teams_and_stand_ins_come_out() -> None:
    assert sum(compare(seed) for seed in range(150)) > 300


def test_leaving_out_one_too_many_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Ranked.lacking_only
    monkeypatch.setattr(Ranked, "lacking_only", lambda self, criteria: set(sorted(whole(self, criteria))[1:]))

    with pytest.raises(AssertionError):
        for seed in range(150):
            compare(seed)
