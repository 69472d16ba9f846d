"""Letters in scripts that join, stack or run from right to left look as they looked when somebody last read them."""
import re
from typing import Any

import numpy
import pytest

from services.notifier.domain.contact import PartyKind
from services.notifier.domain.directions import END, LEFT_TO_RIGHT, fenced
from services.notifier.domain.translation import of_copy, of_language
from services.notifier.renderers import fonts
from services.notifier.renderers.catalogue import Catalogue
from services.notifier.renderers.letter import Letters
from services.notifier.renderers.letter_shapes import not_shown
from tests.unit.notifier.pictures_of_letters import FOLDER, SCRIPTS, from_png, picture
from tests.unit.notifier.told import content_of

ALIKE = 0.97
"""Of 1: another version of what draws them may shade an edge otherwise, but never another shape, order or side."""


@pytest.fixture(scope="module")
def pictures(words: Catalogue, letters: Letters) -> dict[str, Any]:
    return {tag: picture(words, letters, tag) for tag in SCRIPTS}


def ink(dots: Any) -> Any:
    """How dark each square of three by three dots is."""
    height, width = dots.shape[0] // 3 * 3, dots.shape[1] // 3 * 3
    return (255.0 - dots[:height, :width]).reshape(height // 3, 3, width // 3, 3).mean(axis=(1, 3))


def likeness(one: Any, other: Any) -> float:
    return float(numpy.corrcoef(ink(one).ravel(), ink(other).ravel())[0, 1])


@pytest.mark.parametrize("tag", SCRIPTS)
def test_a_letter_looks_as_it_did_when_it_was_read(pictures: dict[str, Any], tag: str) -> None:
    kept = from_png((FOLDER / f"{tag}.png").read_bytes())

    assert likeness(pictures[tag], kept) > ALIKE


def test_the_comparison_can_fail(pictures: dict[str, Any]) -> None:
    """Another language, the other direction, or one line a little further down is seen."""
    for tag in SCRIPTS:
        kept = from_png((FOLDER / f"{tag}.png").read_bytes())
        others = [pictures[other] for other in SCRIPTS if other != tag]
        wrong = [*others, pictures[tag][:, ::-1], numpy.roll(pictures[tag], 4, axis=0)]
        assert max(likeness(one, kept) for one in wrong) < ALIKE - 0.05, tag


def test_no_language_we_ship_has_a_letter_that_cannot_be_shown(words: Catalogue) -> None:
    for tag, language in words.languages.items():
        if tag == "zh" and fonts.chinese() is None:
            continue
        said = [*of_language(language).values()]
        said += [words_of for key, copy in words.originals.items() if key[2] == tag for words_of in of_copy(copy).values()]
        assert not_shown("".join(said)) == "", tag


def test_without_its_font_a_letter_in_chinese_is_not_made(
    words: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "folders", lambda: (fonts.ours(),))

    with pytest.raises(RuntimeError):
        picture(words, Letters(), "zh")


@pytest.mark.parametrize("tag", ["ar", "ur"])
def test_phone_numbers_times_and_addresses_keep_their_order_from_right_to_left(words: Catalogue, tag: str) -> None:
    content = content_of(words, "somebody_would_like_to_meet_you", PartyKind.PA, "en")
    there = content_of(words, "they_said_no", PartyKind.PERSON, tag)

    said = "\n".join(there.help)
    assert f"{LEFT_TO_RIGHT}0116 496 0123{END}" in said and f"{LEFT_TO_RIGHT}help@example.org{END}" in said
    assert LEFT_TO_RIGHT not in "\n".join(content.help)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("اتصل 0116 496 0123.", ["0116 496 0123"]),
        ("+44 7700 900123 أو https://portal.example/r/x_1-2?a=b!", ["+44 7700 900123", "https://portal.example/r/x_1-2?a=b"]),
        ("بعد 10:30، LE5 6AA", ["10:30", "LE5 6AA"]),
        ("(PA)", ["PA"]),
        ("كلمات فقط", []),
    ],
)
def test_what_is_fenced(line: str, kept: list[str]) -> None:
    made = fenced(line, "rtl")

    assert re.findall(f"{LEFT_TO_RIGHT}(.*?){END}", made) == kept
    assert made.replace(LEFT_TO_RIGHT, "").replace(END, "") == line
    assert fenced(line, "ltr") == line
