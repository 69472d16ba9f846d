"""Safe times as people write them become a record, and the record is shown in words that mean the same."""
import pytest

from services.portal.clients.notifier import SafeTime
from services.portal.pages.contact_safety import safe_times_typed, week_in_words
from services.portal.pages.typed import Typed


def typed(words: str) -> Typed:
    return Typed.showing({"safe_times": words})


@pytest.mark.parametrize(
    ("words", "record"),
    [
        ("", []),
        ("Tuesday and Thursday 10am to midday", [(["tuesday", "thursday"], "10:00", "12:00")]),
        ("Saturday 10pm to 6am", [(["saturday"], "22:00", "23:59"), (["sunday"], "00:00", "06:00")]),
        ("Mon-Fri 9am-10am, Sunday 5pm-6pm",
         [(["monday", "tuesday", "wednesday", "thursday", "friday"], "09:00", "10:00"), (["sunday"], "17:00", "18:00")]),
    ],
)  # fmt: skip
def test_words_become_windows_and_come_back_the_same(words: str, record: list[tuple[list[str], str, str]]) -> None:
    said = typed(words)
    found = safe_times_typed(said)

    assert found == [{"days": days, "begins": begins, "ends": ends} for days, begins, ends in record]
    assert said.wrong == {}
    shown = week_in_words([SafeTime.model_validate(one) for one in found])
    assert sorted(map(str, safe_times_typed(typed(shown)))) == sorted(map(str, found))


@pytest.mark.parametrize("words", ["when he is out", "Tuesday 10am to midday except when he is in", "25:00"])
def test_what_is_not_clear_is_asked_and_never_guessed(words: str) -> None:
    said = typed(words)

    assert safe_times_typed(said) == []
    assert "Write it like" in said.wrong["safe_times"]


def test_a_time_between_quarters_is_taken_to_the_safe_side() -> None:
    assert week_in_words([SafeTime(days=("monday",), begins="10:05:00", ends="11:40:00")]) == "Monday 10:15am to 11:30am"
