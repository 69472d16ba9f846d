"""Turns on a first page, and what is told of them: equal people are due the same, and small numbers are not told."""
from datetime import date, timedelta
from uuid import UUID

from services.matcher.domain.fairness.report import Cut, Seen, report, tellable
from services.matcher.domain.fairness.turns import turns
from services.matcher.domain.places import Listed
from services.matcher.domain.placing import Group
from services.matcher.domain.profile import ProfileId

UNTIL = date(2026, 11, 23)


def listed(*standings: int, group: Group = Group.FITTING) -> list[Listed]:
    return [
        Listed(ProfileId(UUID(int=nth)), 1, 0, (), 0, None, (0, standing), group) for nth, standing in enumerate(standings)
    ]


def test_whoever_stands_alone_on_the_first_page_has_a_whole_turn() -> None:
    assert [(one.shown, one.due) for one in turns(listed(-9, -8, -7), page=10)] == [(True, 1_000_000)] * 3


def test_equal_people_share_the_places_that_are_left_for_them() -> None:
    found = turns(listed(-9, -5, -5, -5, -5, -1), page=3)

    assert [(one.shown, one.due) for one in found] == [
        (True, 1_000_000), (True, 500_000), (True, 500_000), (False, 500_000), (False, 500_000),
    ]  # fmt: skip


def test_where_nobody_fits_the_first_page_is_of_those_who_nearly_do() -> None:
    assert len(turns(listed(-1, group=Group.NEAR))) == 1
    assert turns(listed(-1, group=Group.OTHERS)) == []
    assert len(turns([*listed(-3), *listed(-1, group=Group.NEAR)])) == 1


def seen(days: int | None, most: int | None = None, shown: int = 0, due: int = 0, asked: int = 0) -> Seen:
    return Seen(None if days is None else UNTIL - timedelta(days=days), most, shown, due, asked)


def test_new_is_less_than_thirteen_weeks_and_who_was_here_before_we_counted_is_settled() -> None:
    rows = report([seen(5)] * 6 + [seen(90)] * 6 + [seen(91)] * 7 + [seen(None)] * 8, UNTIL)

    assert {row.group: row.pas for row in rows if row.cut is Cut.EXPERIENCE} == {"new": 12, "settled": 15}


def test_a_group_s_turns_are_told_beside_how_often_it_was_shown() -> None:
    rows = report([seen(5, 20, shown=2, due=4_000_000, asked=1)] * 10 + [seen(None, 100, shown=6, due=4_000_000)] * 10, UNTIL)

    told = {row.group: row for row in rows}
    assert (told["new"].shown, told["new"].asked, told["new"].shown_of_due) == (20, 10, 500_000)
    assert told["settled"].shown_of_due == 1_500_000
    assert told["up_to_10"].pas == told["more"].pas == 10
    assert told["all"].shown_of_due == 1_000_000


def test_small_groups_and_small_counts_are_not_told_and_cannot_be_worked_out() -> None:
    rows = report([seen(5, shown=1)] * 3 + [seen(None, 30)] * 20 + [seen(None, 60)] * 6 + [seen(None, 100)] * 2, UNTIL)

    told = {(row.cut, row.group): row for row in rows}
    assert told[Cut.EXPERIENCE, "new"].pas is None and told[Cut.EXPERIENCE, "settled"].pas is None
    assert told[Cut.HOURS, "not_said"].pas is None and told[Cut.HOURS, "more"].pas is None
    assert told[Cut.HOURS, "up_to_10"].pas == 20
    assert told[Cut.EVERYBODY, "all"].seen is None, "three were shown"


def test_what_is_left_out_is_always_five_or_more() -> None:
    assert tellable({"a": 3, "b": 40, "c": 9}) == {"b"}
    assert tellable({"a": 3, "b": 4, "c": 9}) == {"c"}
    assert tellable({"a": 0, "b": 9}) == {"a", "b"}
    assert tellable({"a": 2, "b": 0}) == set()
