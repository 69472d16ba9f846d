"""Ethnicity never enters matching: nothing that travels to the matcher, or that it knows or is asked, can carry it."""
import json
import re
from collections.abc import Iterator
from dataclasses import fields
from enum import EnumMeta
from typing import Any

import pytest

from services.matcher.domain import plan as plans
from services.matcher.domain import profile as profiles
from services.matcher.subscribers import HEARS
from shared.contracts import Event, portal
from shared.vocabulary.terms import Kind, terms
from tests.architecture.tree import ROOT, files, relative

ITS_NAMES = re.compile(r"ethnic|(?<![a-z])race(?![a-z])|(?<![a-z])racial|skin_colou?r|nationality|caste", re.IGNORECASE)


def names_in(schema: Any) -> Iterator[str]:
    """Every name of a field, at any depth."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for part in schema.values():
            yield from names_in(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from names_in(part)


@pytest.mark.parametrize("event", HEARS, ids=lambda event: event.__name__)
def test_no_event_that_the_matcher_hears_has_a_field_for_it(event: type[Event]) -> None:
    names = set(names_in(event.model_json_schema()))

    assert names
    assert not [name for name in names if ITS_NAMES.search(name)]


@pytest.mark.parametrize("known", [plans.Plan, plans.Wish, plans.LawfulReason, profiles.Profile, profiles.Claim])
def test_nothing_that_the_matcher_knows_has_a_place_for_it(known: type) -> None:
    assert not [one.name for one in fields(known) if ITS_NAMES.search(one.name)]


@pytest.mark.parametrize("criteria", [plans.Criterion, portal.Criterion])
def test_nobody_can_wish_for_it(criteria: EnumMeta) -> None:
    assert not [one for one in criteria.__members__ if ITS_NAMES.search(one)]


@pytest.mark.parametrize("kind", Kind)
def test_no_code_of_any_list_names_it(kind: Kind) -> None:
    assert not [code for code in terms(kind) if ITS_NAMES.search(code)]


def test_no_table_or_query_of_the_matcher_has_a_column_for_it() -> None:
    statements = [file for file in files(".sql") if relative(file).startswith("services/matcher/")]

    assert statements
    assert not [relative(file) for file in statements if ITS_NAMES.search(file.read_text())]


def test_the_matcher_is_not_asked_and_does_not_answer_with_it() -> None:
    api = json.loads((ROOT / "docs" / "openapi" / "matcher.json").read_text())

    assert not [name for name in names_in(api) if ITS_NAMES.search(name)]


@pytest.mark.parametrize("name", ["ethnicity", "ethnic_group", "race", "skin_colour", "own_race"])
def test_these_tests_would_see_it(name: str) -> None:
    assert ITS_NAMES.search(name)
    assert list(names_in({"properties": {"facets": {"properties": {name: {}}}}})) == ["facets", name]


@pytest.mark.parametrize("name", ["traces", "embrace", "brace", "place"])
def test_and_would_not_see_it_where_it_is_not(name: str) -> None:
    assert not ITS_NAMES.search(name)
