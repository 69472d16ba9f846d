"""Braille that is read back: every message, contracted and not, in BRF and PEF."""
import re
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from services.notifier.domain.contact import Format, PartyKind
from services.notifier.domain.wording import Content
from services.notifier.ports import NotMade
from services.notifier.renderers import braille
from services.notifier.renderers.braille import Braille, pieces
from services.notifier.renderers.braille_pages import BLANK, PEF, Paragraph, Shape, in_ascii, pages, where_to_cut
from services.notifier.renderers.braille_worker import Engine
from services.notifier.renderers.catalogue import Catalogue
from services.notifier.renderers.prose import plain
from tests.unit.notifier.braille_reader import FIGURES, Unread, back_translating, readings, uncontracted, words_in
from tests.unit.notifier.told import REPLY, content_of, english

GRADES = (Format.BRAILLE, Format.BRAILLE_GRADE_1)
IN_ONE = re.compile(r"(?<!\d)0\d+(?: \d{3,}){1,2}\S*|\S+")
"""A telephone number is one word in braille; anything else is one between spaces."""


@pytest.fixture
async def writer(braille_folder: Path) -> AsyncIterator[Braille]:
    writer = Braille(braille_folder)
    yield writer
    await writer.stop()


@pytest.fixture(scope="module")
def back(braille_folder: Path) -> Iterator[Callable[[str], str]]:
    engine = Engine(braille_folder)
    yield back_translating(engine, "en-ueb-g2.ctb")
    engine.scripts.close()


def source(content: Content) -> list[str]:
    whole = f"{content.sender} {content.written_on} {plain(content)}"
    return IN_ONE.findall(whole.translate(str.maketrans("’‘“”", "''\"\"")))


async def test_uncontracted_braille_says_every_word_of_every_message(words: Catalogue, writer: Braille) -> None:
    for content in english(words):
        embossed, _ = await writer.render(content, Format.BRAILLE_GRADE_1)

        assert [uncontracted(cells) for cells in words_in(embossed.body)[0]] == source(content), content.about


async def test_contracted_braille_says_every_word_of_every_message(
    words: Catalogue, writer: Braille, back: Callable[[str], str]
) -> None:
    for content in english(words):
        embossed, _ = await writer.render(content, Format.BRAILLE)
        cells, meant = words_in(embossed.body)[0], source(content)

        assert len(cells) == len(meant), content.about
        wrong = [(one, word) for one, word in zip(cells, meant, strict=True) if word not in set(readings(one, back))]
        assert wrong == [], content.about


@pytest.mark.parametrize("form", GRADES)
async def test_money_times_numbers_and_addresses_come_back(form: Format, words: Catalogue, writer: Braille) -> None:
    for said in ("£14.50", "3:30pm", "0116 496 0123", "LE5 3ZZ", REPLY.link, REPLY.code, "help@example.org", "10.5"):
        content = replace(content_of(words, "they_said_no", PartyKind.PERSON), by_when=f"Zzz {said} zzz")

        embossed, _ = await writer.render(content, form)
        cells = [uncontracted(one) for one in words_in(embossed.body)[0] if is_uncontracted(one)]

        begins = cells.index("Zzz")
        assert " ".join(cells[begins + 1 : cells.index("zzz", begins + 1)]) == said


def is_uncontracted(cells: str) -> bool:
    try:
        return bool(uncontracted(cells))
    except Unread:
        return False


@pytest.mark.parametrize("form", GRADES)
async def test_pages_fit_the_paper_and_have_their_numbers(form: Format, words: Catalogue, writer: Braille) -> None:
    for content in english(words):
        embossed, _ = await writer.render(content, form)
        _, made = words_in(embossed.body)

        assert all(len(page) == 25 for page in made)
        assert all(len(line) <= 38 for page in made for line in page)
        assert [page[-1].strip() for page in made] == ["#" + number(place) for place in range(1, len(made) + 1)]
        assert not any(page[-2].startswith("    ") and page[-2].strip() for page in made), "a heading stands last"


def number(page: int) -> str:
    cells = {figure: cell for cell, figure in FIGURES.items()}
    return in_ascii("".join(cells[figure] for figure in str(page)))


@pytest.mark.parametrize("form", GRADES)
async def test_both_files_hold_the_same_pages(form: Format, words: Catalogue, writer: Braille) -> None:
    for content in english(words):
        embossed, portable = await writer.render(content, form)
        root = ElementTree.fromstring(portable.body)
        volume = root.find(f".//{{{PEF}}}volume")

        assert root.tag == f"{{{PEF}}}pef" and root.get("version") == "2008-1"
        assert volume is not None and (volume.get("cols"), volume.get("rows")) == ("38", "25")
        rows = [[in_ascii(row.text or "") for row in page] for page in root.iter(f"{{{PEF}}}page")]
        assert rows == words_in(embossed.body)[1]
        meta = {one.tag.rpartition("}")[2]: one.text for one in root.iter() if "purl.org/dc" in one.tag}
        assert meta["format"] == "application/x-pef+xml" and meta["identifier"] and meta["title"] == content.title


def test_the_two_grades_are_not_the_same(braille_folder: Path, back: Callable[[str], str]) -> None:
    engine = Engine(braille_folder)

    full, short = (engine.line(table, "people with knowledge") for table in ("en-ueb-g1.ctb", "en-ueb-g2.ctb"))
    engine.scripts.close()

    assert short == "⠏⠀⠾⠀⠐⠅⠇⠫⠛⠑" or len(short) < len(full)
    assert back(short) == "people with knowledge" == " ".join(uncontracted(one) for one in full.split(BLANK))


def test_a_word_longer_than_a_line_goes_on_below_and_is_whole() -> None:
    word = "⠓⠞⠞⠏⠎⠒⠸⠌⠸⠌" + "⠏⠼⠁⠠⠵" * 20

    made = pages([Paragraph(Shape.TEXT, word)])
    lines = [line.strip(BLANK) for line in made[0][:-1] if line]

    assert all(line.endswith("⠐") and line[-2] not in "⠼⠠" for line in lines[:-1])
    assert "".join(line.removesuffix("⠐") for line in lines) == word
    assert where_to_cut("⠁⠸⠌⠃" * 10, 36) % 4 == 3


def test_only_a_telephone_number_is_joined_over_its_spaces() -> None:
    assert pieces("Ring 0116 496 0123 or come to LE5 3ZZ on 5 2026") == ["Ring 0116 496 0123 or come to LE5", "3ZZ on 5", "2026"]


@pytest.mark.parametrize("name", ["अमीना", "🙂", "Łucja"])
async def test_what_has_no_braille_is_not_made(name: str, words: Catalogue, writer: Braille) -> None:
    content = replace(content_of(words, "they_said_no", PartyKind.PERSON), greeting=f"Dear {name}")

    with pytest.raises(NotMade):
        await writer.render(content, Format.BRAILLE)

    assert await writer.write("en-ueb-g2.ctb", ["and"]) == ["⠯"]  # the next message is


async def test_a_worker_that_died_is_begun_again_and_one_that_cannot_begin_says_so(
    words: Catalogue, writer: Braille, tmp_path: Path
) -> None:
    content = content_of(words, "they_said_no", PartyKind.PERSON)
    first = await writer.render(content, Format.BRAILLE)
    assert writer.worker is not None
    writer.worker.kill()
    await writer.worker.wait()
    with pytest.raises(NotMade):
        await Braille(tmp_path).render(content, Format.BRAILLE)

    assert await writer.render(content, Format.BRAILLE) == first


def test_no_other_language_is_written_in_english_braille() -> None:
    assert braille.writes("en-GB", Format.BRAILLE)
    assert not any(braille.writes(tag, form) for tag in ("cy", "pa", "ur", "so", "zh") for form in GRADES)
