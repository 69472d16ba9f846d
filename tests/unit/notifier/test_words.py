"""The catalogue keeps one meaning in every language, in words people can read."""
import re
from pathlib import Path

import pytest
import textstat

from services.notifier.domain.contact import PartyKind
from services.notifier.domain.occasions import OCCASIONS
from services.notifier.domain.reply import Said, understand
from services.notifier.domain.wording import Language, say
from services.notifier.renderers import catalogue, guide
from services.notifier.renderers.catalogue import BrokenCopy, Catalogue
from services.notifier.renderers.text import segments
from shared.contracts.data_requests import DataAbout, DataAsk, DataReason
from shared.vocabulary.week import slot, to_hex
from tests.unit.notifier.told import english

DOCS = Path(__file__).parents[3] / "docs"
NEVER_SAID = re.compile(
    r"client|service user|carer|failure to|must respond|will be (closed|removed)|penalt|deadline|obligat|sanction|ethnic", re.I
)


def test_the_page_of_messages_is_what_the_catalogue_says(words: Catalogue) -> None:
    assert (DOCS / "messages.md").read_text() == guide.page(words)


def test_every_message_says_when_it_is_sent(words: Catalogue) -> None:
    assert {about for about, _, _ in words.copies} <= OCCASIONS.keys()


def test_the_words_are_easy_and_never_threaten(words: Catalogue) -> None:
    for content in english(words):
        lines = [content.title, *content.what_happened, *content.what_you_can_do, content.by_when or "", *content.help]
        said = " ".join(re.sub(r"https?://\S+", "there.", line) for line in lines)

        assert not NEVER_SAID.search(said), content.about
        assert textstat.flesch_kincaid_grade(said) <= 6, content.about
        assert max(len(sentence.split()) for sentence in re.split(r"[.!?:]\s", said)) <= 26, content.about


def test_words_that_mean_something_else_are_refused_on_loading(tmp_path: Path) -> None:
    for tag in ("en", "cy"):
        (tmp_path / tag).mkdir()
        for path in (catalogue.FOLDER / tag).glob("*.toml"):
            (tmp_path / tag / path.name).write_text(path.read_text())
    changed = tmp_path / "cy" / "people_to_look_at.toml"
    changed.write_text(changed.read_text().replace('name = "near"', 'name = "far"'))

    with pytest.raises(BrokenCopy):
        catalogue.read(tmp_path)


def test_words_that_promise_an_unknown_fact_are_refused_on_loading(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text((catalogue.FOLDER / "en" / "they_said_no.toml").read_text().replace("this time.\"", "this time {colour}.\""))

    with pytest.raises(BrokenCopy):
        catalogue.read_copy(path)


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("hours", 4, "1 hour a week"),
        ("hours", 42, "10.5 hours a week"),
        ("day", "2026-11-24", "Tuesday 24 November 2026"),
        ("moment", "2026-11-24T18:00:00+00:00", "6pm on Tuesday 24 November 2026"),
        ("moment", "2026-07-01T23:30:00+00:00", "12:30am on Thursday 2 July 2026"),
        ("tasks", ["cooking"], "cooking"),
        ("week", to_hex(slot(0, 48, 56) | slot(1, 48, 56) | slot(5, 90, 4)),
         "Monday and Tuesday midday to 2pm; Saturday 10:30pm to 1am"),
    ],
)
def test_values_are_said_as_people_say_them(words: Catalogue, kind: str, value: int | str | list[str], said: str) -> None:
    english_words: Language = words.language("en-GB")

    assert say(kind, value, english_words, lambda _, code, __: code) == said


@pytest.mark.parametrize(("kind", "codes"), [("data_ask", DataAsk), ("data_part", DataAbout), ("data_reason", DataReason)])
@pytest.mark.parametrize("tag", ["en", "cy"])
def test_each_code_of_a_no_about_data_has_words(words: Catalogue, kind: str, codes: type[DataAsk], tag: str) -> None:
    said = words.languages[tag].words

    assert {code for code in codes if not said.get(f"{kind}_{code}")} == set()


def test_a_week_is_said_in_the_words_of_its_language(words: Catalogue) -> None:
    said = say("week", to_hex(slot(0, 32, 40) | slot(2, 32, 48)), words.language("cy"), lambda _, code, __: code)

    assert said == "Dydd Llun 8yb hyd at 10yb; Dydd Mercher 8yb hyd at canol dydd"


def test_every_audience_of_a_message_has_its_own_words(words: Catalogue) -> None:
    assert words.copy("no_answer", PartyKind.PA, "en") != words.copy("no_answer", PartyKind.PERSON, "en-GB")
    assert words.copy("no_answer", PartyKind.PA, "fr") is None


@pytest.mark.parametrize(
    ("words_sent", "said", "code"),
    [
        ("Yes", Said.YES, None),
        ("  yes!  ", Said.YES, None),
        ("YES K7P4-M2QX", Said.YES, "K7P4M2QX"),
        ("no k7p4m2qx", Said.NO, "K7P4M2QX"),
        ("Haan ji", Said.YES, None),
        ("Haa", Said.YES, None),
        ("Maya.", Said.NO, None),
        ("STOP", Said.STOP, None),
        ("yes but not Tuesdays", Said.UNCLEAR, None),
        ("Yes please K7P4-M2QX thank you", Said.YES, "K7P4M2QX"),
        ("Yes please K7P4 M2QX", Said.YES, "K7P4M2QX"),
        ("yes next week", Said.UNCLEAR, None),
        ("yes K7P4-M2QX no K7P4-M2QZ", Said.UNCLEAR, None),
        ("iyo", Said.UNCLEAR, None),  # Somali for 'and'
        ("", Said.UNCLEAR, None),
        ("no yes", Said.UNCLEAR, None),
    ],
)
def test_an_answer_is_understood_or_asked_again_never_guessed(words_sent: str, said: Said, code: str | None) -> None:
    assert understand(words_sent) == (said, code)


@pytest.mark.parametrize(
    ("words_sent", "count"),
    [
        ("a" * 160, 1), ("a" * 161, 2), ("€" * 80, 1), ("€" * 81, 2), ("ਸ" * 70, 1), ("ਸ" * 71, 2), ("a" * 69 + "😀", 2),
        ("ŵ" + "a" * 134, 3),
    ],
)
def test_segments_are_counted_as_networks_bill_them(words_sent: str, count: int) -> None:
    assert segments(words_sent) == count
