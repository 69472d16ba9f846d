"""Letters fit their window, their page and their reader."""
import ctypes
import re

import pypdfium2
import pytest

from services.notifier.domain.contact import PartyKind
from services.notifier.renderers.catalogue import Catalogue
from services.notifier.renderers.letter import Letters
from tests.unit.notifier.told import NOW, content_of, english

LONGEST = ("Mrs Aleksandra Wojciechowska-Krishnamurthy", "Flat 12, The Old Stocking Factory", "Upper Brown Street West Passage",
           "Evington Valley", "Oadby and Wigston", "Leicester", "LE5 6AA")
MM = 72 / 25.4


def boxes(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float, float]]:
    """(left, top, right, bottom) in mm from the top left corner, with the size of the words in points."""
    found = []
    for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
        left, bottom, right, top = thing.get_bounds()
        size = ctypes.c_float()
        pypdfium2.raw.FPDFTextObj_GetFontSize(thing, size)
        height = page.get_height()
        found.append((left / MM, (height - top) / MM, right / MM, (height - bottom) / MM, size.value))
    return found


def split(page: pypdfium2.PdfPage) -> tuple[list[tuple[float, ...]], list[tuple[float, ...]], list[tuple[float, ...]]]:
    """What is in the address's half of the head, in the sender's half, and below."""
    head = [b for b in boxes(page) if b[3] < 95]
    return [b for b in head if b[0] < 120], [b for b in head if b[0] >= 120], [b for b in boxes(page) if b[3] >= 95]


@pytest.mark.parametrize("size", [None, 16, 20, 24, 28])
@pytest.mark.parametrize("address", [LONGEST, LONGEST[-3:]])
def test_the_address_shows_in_the_window_and_nothing_else_does(
    words: Catalogue, letters: Letters, size: int | None, address: tuple[str, ...]
) -> None:
    for content in english(words):
        first = pypdfium2.PdfDocument(letters.render(content, address, size, NOW)[0].body)[0]
        window, sender, body = split(first)

        assert (round(first.get_width() / MM), round(first.get_height() / MM)) == (210, 297)
        assert len(window) >= len(address)
        assert all(left >= 24.6 and right <= 120 and top >= 39.5 and bottom <= 66.3 for left, top, right, bottom, *_ in window)
        assert sender and all(left >= 125 and right <= 195 and top >= 5 for left, top, right, *_ in sender)
        assert min(top for _, top, *_ in body) >= 92
        assert all(left >= 15 and right <= 195 and bottom <= 292 for left, _, right, bottom, *_ in body)


@pytest.mark.parametrize("size", [16, 18, 20, 24, 28])
def test_in_large_print_everything_but_the_window_is_at_least_the_recorded_size(
    words: Catalogue, letters: Letters, size: int
) -> None:
    content = content_of(words, "somebody_would_like_to_meet_you", PartyKind.PA)
    document = pypdfium2.PdfDocument(letters.render(content, LONGEST[-3:], size, NOW)[0].body)

    for number, page in enumerate(document):
        readable = boxes(page) if number else [box for part in split(page)[1:] for box in part]
        assert min(box[4] for box in readable) >= size - 0.01


def test_letters_are_tagged_titled_and_in_a_language(words: Catalogue, letters: Letters) -> None:
    for content in english(words):
        body = letters.render(content, LONGEST, 24, NOW)[0].body

        assert b"/MarkInfo" in body and re.search(rb"/Lang\s*\(en", body)
        assert b"pdfuaid" in body
        assert pypdfium2.PdfDocument(body).get_metadata_value("Title") == content.title


def test_the_same_letter_is_the_same_bytes(words: Catalogue, letters: Letters) -> None:
    content = content_of(words, "they_said_yes", PartyKind.PERSON)

    assert letters.render(content, LONGEST, 24, NOW) == letters.render(content, LONGEST, 24, NOW)
