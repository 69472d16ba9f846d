"""The time of a meeting, as people write it."""
from datetime import time

import pytest

from services.portal.pages.meeting import clock_time


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("10:20", time(10, 20)), ("10.05am", time(10, 5)), ("3pm", time(15)), ("3 p.m.", time(15)), ("12am", time(0)),
        ("12:30pm", time(12, 30)), ("noon", time(12)), ("14:15", time(14, 15)), ("0:05", time(0, 5)),
    ],
)
def test_any_minute_is_a_time(typed: str, meant: time) -> None:
    assert clock_time(typed) == meant


@pytest.mark.parametrize("typed", ["", "3", "25:00", "13pm", "0am", "10:60", "soon", "10:2"])
def test_what_could_be_two_times_or_none_is_asked_again(typed: str) -> None:
    assert clock_time(typed) is None
