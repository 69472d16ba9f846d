"""Every message can be looked at in every form there is, and what is not there yet says so."""
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.notifier.domain.contact import PartyKind
from services.notifier.domain.gallery import USUAL_SIZE, Exhibit, Form, InLanguage, Ready
from services.notifier.ports.gallery import NoSuchExhibit, NotThereYet
from services.notifier.renderers.braille import Braille
from services.notifier.renderers.catalogue import Catalogue
from services.notifier.renderers.gallery import Gallery
from services.notifier.renderers.letter import Letters
from services.notifier.renderers.press import Presses
from services.notifier.renderers.text import segments
from services.notifier.renderers.voice import Voice
from tests.unit.notifier.told import NOW, PLACES

NOT_YET = {Form.SIGN_VIDEO}


@pytest.fixture
async def gallery(words: Catalogue, letters: Letters, braille_folder: Path, tmp_path: Path) -> AsyncIterator[Gallery]:
    press = Presses(words, PLACES, "https://portal.example", letters, Voice(tmp_path), Braille(braille_folder))
    yield Gallery(press)
    await press.voice.stop()
    await press.braille.stop()


async def exhibits(gallery: Gallery, about: str, audience: PartyKind, language: str = "en") -> dict[Form, Exhibit]:
    shown = await gallery.shown("leicester", about, audience, language, USUAL_SIZE, NOW)
    return {one.form: one for one in shown.exhibits}


async def test_every_message_is_there_in_english_in_every_form_that_is_made(gallery: Gallery, words: Catalogue) -> None:
    listed = gallery.listed("leicester")

    assert {(one.about, one.audience) for one in listed} == {(about, to) for about, to, tag in words.copies if tag == "en"}
    for one in listed:
        shown = await exhibits(gallery, one.about, one.audience)
        easy = set() if words.copies[one.about, one.audience, "en"].easy else {Form.EASY_READ}
        assert {form for form, exhibit in shown.items() if exhibit.ready is Ready.MADE} == set(Form) - NOT_YET - easy, one.about
        text = shown[Form.TEXT]
        assert text.words and text.segments == segments(text.words)
        spoken = shown[Form.AUDIO].words
        assert spoken and one.title in spoken and spoken != shown[Form.LETTER].words


async def test_every_file_that_is_offered_is_made_as_it_is_called(gallery: Gallery) -> None:
    about, audience = "somebody_would_like_to_meet_you", PartyKind.PA
    for form, exhibit in (await exhibits(gallery, about, audience)).items():
        for file in exhibit.files:
            made = await gallery.file("leicester", about, audience, "en", form, file.name, USUAL_SIZE, NOW)
            assert (made.name, made.media_type) == (file.name, file.media_type)
            assert len(made.body) > 50
            if form not in (Form.TEXT, Form.EMAIL):
                assert made.words == exhibit.words


async def test_a_draft_can_be_looked_at_and_what_is_missing_is_a_state(gallery: Gallery) -> None:
    listed = {(one.about, one.audience): one for one in gallery.listed("leicester")}
    polish = listed["they_said_no", PartyKind.PERSON].languages["pl"], listed["sign_in_code", PartyKind.STAFF].languages["pl"]
    draft = await exhibits(gallery, "they_said_no", PartyKind.PERSON, "pl")
    missing = await exhibits(gallery, "supporter_let_in", PartyKind.SUPPORTER, "pl")

    assert polish == (InLanguage.DRAFT, InLanguage.DRAFT)
    assert listed["supporter_let_in", PartyKind.SUPPORTER].languages["pl"] is InLanguage.MISSING
    assert draft[Form.LETTER].ready is Ready.MADE and draft[Form.BRAILLE].ready is draft[Form.AUDIO].ready is Ready.NO_FORM
    assert missing[Form.LETTER].ready is missing[Form.TEXT].ready is Ready.NO_WORDS
    assert missing[Form.PHONE].ready is Ready.MADE  # somebody rings, from an English script


async def test_a_letter_whose_letters_we_do_not_have_is_not_there_yet(gallery: Gallery) -> None:
    chinese = await exhibits(gallery, "they_said_no", PartyKind.PERSON, "zh")

    assert chinese[Form.LETTER].ready is Ready.NO_FORM and chinese[Form.TEXT].ready is Ready.MADE
    with pytest.raises(NotThereYet):
        await gallery.file("leicester", "they_said_no", PartyKind.PERSON, "zh", Form.LETTER, "letter.pdf", USUAL_SIZE, NOW)


@pytest.mark.parametrize(
    ("about", "language", "form", "name", "problem"),
    [
        ("no_such_message", "en", Form.LETTER, "letter.pdf", NoSuchExhibit),
        ("they_said_no", "fr", Form.LETTER, "letter.pdf", NoSuchExhibit),
        ("they_said_no", "en", Form.LETTER, "another.pdf", NotThereYet),
        ("sign_in_code", "cy", Form.EASY_READ, "easy-read.pdf", NotThereYet),
        ("they_said_no", "en", Form.SIGN_VIDEO, "film.mp4", NotThereYet),
    ],
)
async def test_what_is_not_there_is_never_something_else(
    gallery: Gallery, about: str, language: str, form: Form, name: str, problem: type[Exception]
) -> None:
    with pytest.raises(problem):
        await gallery.file("leicester", about, PartyKind.PERSON, language, form, name, USUAL_SIZE, NOW)
