from typing import Any
from uuid import uuid4

import pytest

from services.portal.domain.plan import Answer, Plan, Source
from services.portal.pages import flexible
from services.portal.pages.plan import as_typed, changed, field_of, not_counted
from services.portal.pages.typed import Typed
from services.portal.usecases.understanding import kept, read
from tests.unit.portal.some import COUNCIL, NOW, plan

PIECE = {"hours": 3, "window": "weekday afternoons", "at_least_hours": 1}


def held(answers: tuple[Answer, ...] = (), **given: Any) -> Plan:
    said = plan(**given)
    begun = Plan(COUNCIL, uuid4(), uuid4(), 1, Source("casework", "P-1", 1), read(said, NOW.date(), None).wants, kept(said))
    reading = read(said, NOW.date(), Plan(**{**fields(begun), "answers": answers}))
    return Plan(**{**fields(begun), "answers": answers, "wants": reading.wants, "questions": reading.asked})


def fields(one: Plan) -> dict[str, Any]:
    return {name: getattr(one, name) for name in Plan.__dataclass_fields__}


def rows(*written: tuple[str, str, str]) -> Typed:
    return Typed({f"flexible_{part}-{row}": [text] for row, one in enumerate(written)
                  for part, text in zip(flexible.PARTS, one, strict=True)})  # fmt: skip


def test_a_plan_shown_and_saved_as_it_was_is_the_same_plan() -> None:
    before = held(flexible=[PIECE, {"hours": 1.5, "window": "Saturday"}], start_on="2027-01-12")

    given = changed(before, as_typed(before))

    assert given is not None
    assert read(plan(**given), NOW.date(), before).wants == before.wants


def test_one_empty_row_is_offered_after_what_there_is() -> None:
    assert flexible.rows_shown(Typed()) == [0]
    assert flexible.rows_shown(as_typed(held(flexible=[PIECE]))) == [0, 1]


def test_an_emptied_row_is_taken_off_and_the_others_close_up() -> None:
    typed = rows(("", "", ""), ("2", "Saturday", ""))

    assert flexible.flexible_typed(typed) == [{"hours": "2", "window": "Saturday"}]
    assert typed.one("flexible_hours-0") == "2"
    assert flexible.rows_shown(typed) == [0, 1]


@pytest.mark.parametrize(("row", "field"), [
    (("", "Saturday", ""), "flexible_hours-0"), (("2", "", ""), "flexible_window-0"),
    (("2.1", "Saturday", ""), "flexible_hours-0"), (("0", "Saturday", ""), "flexible_hours-0"),
    (("2", "Saturday", "soon"), "flexible_least-0"),
])  # fmt: skip
def test_what_is_wrong_is_said_beside_its_row(row: tuple[str, str, str], field: str) -> None:
    typed = rows(row)

    flexible.flexible_typed(typed)

    assert list(typed.wrong) == [field]
    assert typed.one("flexible_window-0") == row[1]


@pytest.mark.parametrize(("path", "field"), [
    ("flexible[1].hours", "flexible_hours-1"), ("flexible[0].at_least_hours", "flexible_least-0"),
    ("flexible[0].window", "flexible_window-0"), ("wishes[2].value", "value"), ("tasks[0]", "tasks"), ("hours_per_week", "hours"),
])  # fmt: skip
def test_a_refusal_finds_its_field(path: str, field: str) -> None:
    assert field_of(path) == field


def test_hours_that_move_are_said_in_words() -> None:
    [said] = flexible.in_words(held(flexible=[PIECE]))

    assert said.startswith("3 hours a week, in Monday to Friday ")
    assert said.endswith("(at least 1 hour at one go)")


def test_a_word_that_does_not_count_is_said_not_to() -> None:
    wishes = [{"criterion": "skill", "value": "blorfing", "strength": "must"}]

    asked, left_out = held(wishes=wishes), held(wishes=wishes, answers=(Answer("skill", "blorfing", None),))

    assert "Not counted yet" in not_counted(asked)["skill", "blorfing"]
    assert not_counted(left_out) == {("skill", "blorfing"): "Left out. It does not count"}
