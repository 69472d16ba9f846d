"""Easy read: short words written for it, every fact, a picture beside each idea, and a file that can be read aloud."""
import ctypes
import re
from typing import Any

import pypdfium2
import pytest

from services.notifier.domain.contact import PartyKind
from services.notifier.domain.wording import Content
from services.notifier.renderers import easy_read
from services.notifier.renderers.catalogue import Catalogue
from services.notifier.renderers.letter import Letters
from tests.unit.notifier.told import NOW, content_of, english

ADDRESS = ("Mrs A Warsame", "12 Allotment Lane", "Leicester", "LE5 6AA")
MOST_WORDS = 12


def in_easy_read(words: Catalogue) -> list[Content]:
    return [content for content in english(words) if content.easy]


def test_every_message_is_in_easy_read(words: Catalogue) -> None:
    assert [content.about for content in english(words) if not content.easy] == []


def test_no_sentence_is_long_and_every_idea_has_a_picture_with_words_for_it(words: Catalogue) -> None:
    for content in in_easy_read(words):
        for idea in content.easy:
            assert all(len(one.split()) <= MOST_WORDS for one in re.split(r"[.!?]\s", idea.says)), idea.says
        for picture, _ in easy_read.ideas(content):
            assert (easy_read.PICTURES / f"{picture}.svg").exists() and easy_read.ALT[picture]


def test_every_picture_is_used_for_something_we_can_say(words: Catalogue) -> None:
    assert {path.stem for path in easy_read.PICTURES.glob("*.svg")} == easy_read.ALT.keys()


def pictured(page: pypdfium2.PdfPage) -> list[str]:
    """What a screen reader says of each picture, in order: read from the tree of tags."""
    raw, found = pypdfium2.raw, []
    tree = raw.FPDF_StructTree_GetForPage(page)

    def look(element: Any) -> None:
        length = raw.FPDF_StructElement_GetAltText(element, None, 0)
        if length > 2:
            text = ctypes.create_string_buffer(length)
            raw.FPDF_StructElement_GetAltText(element, text, length)
            found.append(text.raw.decode("utf-16-le").rstrip("\0"))
        for place in range(raw.FPDF_StructElement_CountChildren(element)):
            if child := raw.FPDF_StructElement_GetChildAtIndex(element, place):
                look(child)

    for place in range(raw.FPDF_StructTree_CountChildren(tree)):
        look(raw.FPDF_StructTree_GetChildAtIndex(tree, place))
    raw.FPDF_StructTree_Close(tree)
    return found


@pytest.mark.parametrize("size", [None, 24])
def test_the_file_says_every_fact_beside_its_picture_in_big_letters(words: Catalogue, letters: Letters, size: int | None) -> None:
    for content in in_easy_read(words):
        [made] = letters.easy_read(content, ADDRESS, size, NOW)
        document = pypdfium2.PdfDocument(made.body)
        said = re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_bounded() for page in document))

        assert all(f"{fact.label}: {fact.value}" in said for fact in content.facts), content.about
        assert all(idea.says in said for idea in content.easy)
        assert [alt for page in document for alt in pictured(page)] == [easy_read.ALT[one] for one, _ in easy_read.ideas(content)]


def test_the_words_of_another_language_are_never_english_easy_read(words: Catalogue) -> None:
    assert content_of(words, "they_said_no", PartyKind.PERSON, "cy").easy == ()
