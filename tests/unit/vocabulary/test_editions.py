"""The lists have an edition: whoever changes a row says so, and no code is ever taken away."""

import re

from deploy.vocabulary_page import vocabulary_page
from shared.vocabulary.editions import digest, edition
from shared.vocabulary.terms import Kind, rows, terms
from tests.architecture.test_interfaces import text_at_last_release
from tests.architecture.tree import ROOT


def test_a_changed_list_is_a_new_edition():
    assert edition().digest == digest(), "add a row to editions.csv: the next number, the day, this digest, what changed"


def test_editions_follow_one_another():
    found = list(rows("editions"))

    assert [int(row["number"]) for row in found] == list(range(1, len(found) + 1))
    assert [row["day"] for row in found] == sorted(row["day"] for row in found)
    assert len({row["digest"] for row in found}) == len(found)


def test_the_page_of_all_codes_is_what_the_lists_say():
    assert (ROOT / "docs" / "vocabulary.md").read_text() == vocabulary_page(), "write it anew with `make docs`"


def test_the_page_lists_every_code():
    listed = codes_on(vocabulary_page())

    assert {code for kind in Kind for code in terms(kind)} <= listed


def test_no_code_of_the_last_release_is_gone():
    """Profiles and plans hold codes for years."""
    before = text_at_last_release("docs/vocabulary.md")

    assert before is None or codes_on(before) <= codes_on(vocabulary_page())


def codes_on(page):
    return set(re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE))
