"""Whatever is sent, the answer is a report, never a crash; and what was typed is not in it."""

import copy
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.portal.api import csv_in, fhir
from services.portal.api.shapes import PlanWithWords
from services.portal.domain.plan import PlanRefused
from services.portal.usecases.understanding import read
from tests.unit.portal.some import PLAN, plan
from tests.unit.portal.test_care_plans import CARE_PLAN

unhurried = settings(deadline=None)  # the first CarePlan builds the models, which takes seconds on a busy machine
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False, width=16) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def every_path(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deeper for key, one in inner for deeper in every_path(one, (*path, key)))][0 if path else 1 :]


def replaced(value: Any, path: tuple[Any, ...], by: Any) -> Any:
    whole = copy.deepcopy(value)
    spot = whole
    for key in path[:-1]:
        spot = spot[key]
    spot[path[-1]] = by
    return whole


def taken_apart(given: Any) -> None:
    """As far as a candidate goes before the database."""
    try:
        read(PlanWithWords.model_validate(given).plan(), date(2026, 11, 22), None)
    except (ValueError, PlanRefused):
        return


@unhurried
@given(st.binary(max_size=400))
def test_any_bytes_as_a_spreadsheet(body):
    csv_in.plans(body, upload_version=1)


@unhurried
@given(
    st.lists(st.text(max_size=20), min_size=1, max_size=9),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_any_cells_below_good_headings(cells, mark, end):
    headings = ["Plan ID", "Person", "Post code", "Times", "Hours", "Must language", "Start date", "Sleep-ins", "Rate"]

    candidates, _ = csv_in.plans((mark.join(headings) + end + mark.join(cells) + end).encode(), upload_version=1)

    for one in candidates:
        if not one.errors:
            taken_apart(one.given)


@unhurried
@given(st.sampled_from(every_path(CARE_PLAN)), ANYTHING)
def test_any_part_of_a_care_plan_may_be_anything(path, junk):
    candidates, _ = fhir.plans(replaced(CARE_PLAN, path, junk), None)

    for one in candidates:
        if not one.errors:
            taken_apart(one.given)


@unhurried
@given(ANYTHING)
def test_a_bundle_may_hold_anything(junk):
    fhir.plans({"resourceType": "Bundle", "entry": junk}, None)
    fhir.plans({"resourceType": "Bundle", "entry": [{"resource": CARE_PLAN}, {"resource": junk}]}, None)
    patient = {"resourceType": "Patient", "id": "77", "address": junk}
    fhir.plans({"resourceType": "Bundle", "entry": [{"resource": CARE_PLAN}, {"resource": patient}]}, None)


@unhurried
@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60))
def test_any_words_in_a_plan(times, task, language):
    wishes = [{"criterion": "language", "strength": "must", "value": language}]

    taken_apart({**PLAN, "times": times, "tasks": [task], "home": [task], "wishes": wishes})


def test_a_sign_that_no_text_has_is_refused():
    with pytest.raises(PlanRefused) as refused:
        read(plan(tasks=["a\x00b"]), date(2026, 11, 22), None)

    assert refused.value.errors[0].code == "not_text"
