"""Drafts are never sent: what is shipped, what is signed off, and what goes back when its English changes."""
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.notifier.domain.contact import PartyKind
from services.notifier.domain.translation import (
    SHARED,
    Translation,
    Unit,
    counts,
    mark,
    of_copy,
    of_language,
    problem_of,
    problems,
)
from services.notifier.domain.wording import CopyState
from services.notifier.renderers import catalogue
from services.notifier.renderers.catalogue import BrokenCopy, Catalogue, settled
from services.notifier.renderers.letter import Letters
from services.notifier.renderers.press import names
from services.notifier.renderers.translations import Shelves, with_signed
from tests.unit.notifier.told import NOW, PLACES, content_of

DRAFTS = ("ar", "bn", "gu", "pa", "pl", "ro", "so", "uk", "ur", "zh")
SENT_MOST = {
    ("people_to_look_at", "person"), ("list_changed", "person"), ("nobody_fits_yet", "person"), ("they_said_yes", "person"),
    ("they_said_no", "person"), ("no_answer", "person"), ("no_answer", "pa"), ("somebody_would_like_to_meet_you", "pa"),
    ("you_said_yes", "pa"), ("sign_in_code", "person"),
}
SIGNED = (SHARED, Unit("they_said_no", "person"), Unit("you_said_yes", "pa"))


def test_the_ten_messages_sent_most_are_drafted_in_ten_languages_and_welsh_has_all(words: Catalogue) -> None:
    english = {(about, str(audience)) for about, audience, tag in words.originals if tag == "en"}

    for tag in DRAFTS:
        assert {(about, str(audience)) for about, audience, its in words.originals if its == tag} >= SENT_MOST, tag
    welsh = {(about, str(audience)) for about, audience, its in words.originals if its == "cy"}
    assert welsh <= english
    assert len(welsh) >= 24


def test_nothing_but_english_is_signed_off_as_shipped(words: Catalogue) -> None:
    assert {tag for (_, _, tag), copy in words.copies.items() if copy.state is CopyState.REVIEWED} == {"en"}


def test_words_signed_off_beside_this_english_count(words: Catalogue) -> None:
    told = signed_off_in_welsh(words)

    assert state(told) is CopyState.REVIEWED
    assert told.copies["they_said_yes", PartyKind.PERSON, "cy"].state is CopyState.DRAFT  # nobody signed this one


def test_words_go_back_to_draft_when_their_english_changes(words: Catalogue) -> None:
    told = signed_off_in_welsh(words)
    key = ("they_said_no", PartyKind.PERSON, "en")
    changed = {**told.originals, key: replace(told.originals[key], title="A PA said no")}

    assert state(settled(told.languages, changed)) is CopyState.DRAFT


def test_words_go_back_to_draft_when_what_all_messages_share_changes_or_is_not_signed_off(words: Catalogue) -> None:
    told = signed_off_in_welsh(words)
    english = told.languages["en"]
    other = {**told.languages, "en": replace(english, words={**english.words, "greeting": "Hello {name}"})}
    unsigned = {**told.languages, "cy": words.languages["cy"]}

    assert state(settled(other, told.originals)) is CopyState.DRAFT
    assert state(settled(unsigned, told.originals)) is CopyState.DRAFT


def test_a_file_that_calls_itself_reviewed_without_its_english_is_a_draft(words: Catalogue) -> None:
    told = signed_off_in_welsh(words)
    key = ("they_said_no", PartyKind.PERSON, "cy")

    assert state(settled(told.languages, {**told.originals, key: replace(told.originals[key], against=None)})) is CopyState.DRAFT


@pytest.mark.parametrize("tag", ["cy", *(tag for tag in DRAFTS if tag != "zh")])
def test_every_draft_can_be_made_into_a_letter_with_every_fact(words: Catalogue, tag: str) -> None:
    letters = Letters()
    for about, audience, its in words.originals:
        if its == tag and about not in ("somebody_would_like_to_meet_you", "a_gap_near_you", "supporter_let_in"):
            content = content_of(words, about, audience, tag)
            (letter,) = letters.render(content, ("1 Example Street", "Leicester", "LE5 3AA"), 16, NOW)
            assert letter.body.startswith(b"%PDF")
            assert all(fact.value in letter.words for fact in content.facts)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_a_council_keeps_only_what_is_wholly_signed_off_counts(words: Catalogue, data: st.DataObject) -> None:
    shelves = Shelves(words, PLACES)
    kept = [one for unit in SIGNED for one in data.draw(st.lists(versions(shelves, unit), max_size=1))]

    told = with_signed(words, kept)

    right = {one.unit for one in kept if counts(shelves.english(one.unit), one)}
    ready = {(copy.about, tag) for (_, _, tag), copy in told.copies.items() if copy.state is CopyState.REVIEWED and tag != "en"}
    assert ready == ({(unit.about, "cy") for unit in right - {SHARED}} if SHARED in right else set())


def versions(shelves: Shelves, unit: Unit) -> st.SearchStrategy[Translation]:
    """Drafts, signed ones, some beside other English, some with a placeholder or a whole passage gone."""
    said = shelves.shipped("cy", unit)[0] or {}
    spoilt = [said, {**said, "title": ""}, {name: words.replace("{", "(") for name, words in said.items()}, {}]
    signed = st.sampled_from([None, NOW])
    return st.builds(
        lambda passages, english, at: Translation(
            "leicester", "cy", unit, 1, passages, english, UUID(int=1), NOW, UUID(int=1) if at else None, at
        ),
        st.sampled_from([said, said, *spoilt]), st.sampled_from([mark(shelves.english(unit))] * 3 + ["another"]), signed,
    )


def test_a_letter_nobody_could_read_is_not_made(words: Catalogue) -> None:
    with pytest.raises(RuntimeError):
        Letters().render(content_of(words, "they_said_no", PartyKind.PERSON, "zh"), ("1 Road", "Leicester", "LE5 3AA"), None, NOW)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("Atebwch erbyn {answer_by}.", None),
        ("Atebwch.", "Put in {answer_by}, as in the English"),
        ("Atebwch erbyn {answer_by} {name}.", "Take out {name}: the English does not have it here"),
        ("  ", "Nothing is written here yet"),
        ("Atebwch {answer_by", "Something is wrong with the curly brackets"),
        ("Atebwch {answer_by!r}", "Something is wrong with the curly brackets"),
        ("Atebwch {0} {answer_by}", "Something is wrong with the curly brackets"),
    ],
)
def test_placeholders_are_those_of_the_english(said: str, problem: str | None) -> None:
    found = problem_of("by_when", "Please answer by {answer_by}.", said)

    assert found is None if problem is None else found is not None and found.startswith(problem)


def test_a_translation_of_another_message_is_told_passage_by_passage(words: Catalogue) -> None:
    english = of_copy(words.originals["they_said_no", PartyKind.PERSON, "en"])
    other = of_copy(words.originals["sign_in_code", PartyKind.PERSON, "pl"])

    assert problems(english, other).keys() == {"what_you_can_do", "facts.asked_on", "facts.hours", "facts.code"}


def test_a_phrase_english_has_anew_is_still_to_come_in_a_draft(written: Path) -> None:
    file = written / "en" / "language.toml"
    file.write_text(file.read_text().replace("[scopes]", 'new_phrase = "Something new for {name}"\n\n[scopes]'))

    told = catalogue.read(written)

    assert "new_phrase" not in told.languages["cy"].words
    assert told.language("cy").words["new_phrase"] == "Something new for {name}"  # to look at; a draft is never sent


def test_a_phrase_without_its_placeholder_is_refused_on_loading(written: Path) -> None:
    file = written / "cy" / "language.toml"
    file.write_text(file.read_text().replace("Helo {name}.", "Helo."))

    with pytest.raises(BrokenCopy, match=r"words.hello: Put in \{name\}"):
        catalogue.read(written)


def test_names_of_codes_are_english_only_so_nothing_half_translated_is_sent() -> None:
    assert names("tasks", "cooking", "cy") is None


@pytest.fixture
def written(tmp_path: Path) -> Path:
    for tag in ("en", "cy"):
        (tmp_path / tag).mkdir()
        for path in (catalogue.FOLDER / tag).glob("*.toml"):
            (tmp_path / tag / path.name).write_text(path.read_text())
    return tmp_path


def signed_off_in_welsh(words: Catalogue) -> Catalogue:
    """As if the words all messages share, and one message, had been signed off."""
    key = ("they_said_no", PartyKind.PERSON, "cy")
    beside = mark(of_copy(words.originals["they_said_no", PartyKind.PERSON, "en"]))
    shared = mark(of_language(words.languages["en"]))
    signed = replace(words.originals[key], state=CopyState.REVIEWED, against=beside)
    welsh = replace(words.languages["cy"], state=CopyState.REVIEWED, against=shared)
    return settled({**words.languages, "cy": welsh}, {**words.originals, key: signed})


def state(words: Catalogue) -> CopyState:
    return words.copies["they_said_no", PartyKind.PERSON, "cy"].state
