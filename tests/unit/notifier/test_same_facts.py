"""Every form of a message says every fact of it."""
import asyncio
import io
import re
import shutil
from dataclasses import replace
from html import unescape
from pathlib import Path

import espeakng_loader
import numpy
import pypdfium2
import pytest
import soundfile

from services.notifier.domain.contact import PartyKind
from services.notifier.domain.pages import page_of
from services.notifier.domain.wording import Content
from services.notifier.ports import NotMade
from services.notifier.renderers import email, text, voice
from services.notifier.renderers.catalogue import Catalogue
from services.notifier.renderers.letter import Letters
from services.notifier.renderers.voice import Voice
from shared.vocabulary.week import slot, to_hex
from tests.unit.notifier.told import NOW, REPLY, content_of, english

ADDRESS = ("Mrs A Warsame", "12 Allotment Lane", "Leicester", "LE5 6AA")


def pages(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]


def on_one_line(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def said_in_html(page: bytes) -> str:
    return on_one_line(unescape(re.sub(r"<[^>]+>", " ", page.decode().split("<body", 1)[1])))


def lacking(content: Content, said: str) -> list[str]:
    """The meaning that is not in these words."""
    facts = [piece for fact in content.facts for piece in (fact.label, fact.value)]
    meant = [content.title, *content.what_happened, *facts, *content.help]
    if content.by_when:
        meant.append(content.by_when)
    said = on_one_line(said)
    return [piece for piece in meant if on_one_line(piece) not in said]


def test_emails_say_it_all_in_text_and_in_html(words: Catalogue) -> None:
    for content in english(words):
        plain, html = email.render(content)

        assert lacking(content, plain.words) == []
        assert lacking(content, said_in_html(html.body)) == []


def test_pages_say_it_all(words: Catalogue) -> None:
    for content in english(words):
        page = page_of(content)
        said = [piece for part in page.parts for piece in (*part.lines, *(one for fact in part.facts for one in fact))]

        assert lacking(content, " ".join([page.title, *said])) == []
        assert set(content.what_you_can_do) <= set(said)


def test_links_in_emails_are_whole_and_the_words_hide_nothing(words: Catalogue) -> None:
    for content in english(words):
        page = email.render(content)[1].body.decode()
        links = re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', page)

        assert page.count("<a ") == len(links)
        assert all(href == shown for href, shown in links)
        assert {href for href, _ in links} <= {REPLY.link, content.link}
        assert (REPLY.link in dict(links)) is (content.reply is not None)


def test_what_people_called_themselves_cannot_break_a_page(words: Catalogue) -> None:
    content = replace(content_of(words, "they_said_yes", PartyKind.PERSON), greeting="Dear <script>alert(1)</script> & co")

    assert b"<script>" not in email.render(content)[1].body


@pytest.mark.parametrize("size", [None, 16, 24, 28])
def test_letters_say_it_all_at_every_size(words: Catalogue, letters: Letters, size: int | None) -> None:
    for content in english(words):
        [letter] = letters.render(content, ADDRESS, size, NOW)
        said = on_one_line(" ".join(re.sub(r"Page \d+ of \d+", "", page) for page in pages(letter.body)))

        assert lacking(content, said) == []
        assert all(line in said for line in ADDRESS)
        if content.reply:
            assert "Your answer slip" in said and f"Code: {REPLY.code}" in said


def test_recordings_say_it_all(words: Catalogue) -> None:
    for content in english(words):
        said = voice.script(content)

        assert lacking(content, said.replace("portal.example", "https://portal.example")) == []
        if content.reply:
            assert "K, 7, P, 4, M, 2, Q, X" in said


def test_text_messages_say_every_fact_that_is_not_private_and_no_name(words: Catalogue) -> None:
    for content in english(words):
        said = text.words_of(content)

        for fact in content.facts:
            assert (fact.value in said) is not fact.private or fact.if_room, fact.name
        assert "Amina" not in said and "Warsame" not in said
        assert (REPLY.link if content.reply else content.link) in said
        assert text.segments(said) <= 2


ALL_DIFFERENT = [(day, 30 + 3 * day, 41 + 5 * day) for day in range(7)]


@pytest.mark.parametrize(("times", "trial", "said"), [
    ([(0, 32, 40)], False, ["£13.50", "Monday 8am to 10am"]), (ALL_DIFFERENT, False, ["£13.50"]), ([(0, 32, 40)], True, []),
])  # fmt: skip
def test_an_offer_by_text_says_the_pay_and_the_times_as_far_as_there_is_room_and_its_page_says_both(
    words: Catalogue, times: list[tuple[int, int, int]], trial: bool, said: list[str]
) -> None:
    whole = content_of(words, "offer", PartyKind.PA, given={"times": to_hex(sum(slot(*one) for one in times))})
    content = replace(whole, facts=tuple(fact for fact in whole.facts if trial or fact.name != "trial_until"))

    sent = text.words_of(content)

    assert text.segments(sent) == 2
    assert [one for one in ("£13.50", "Monday 8am to 10am") if one in sent] == said
    facts = dict(one for part in page_of(content).parts for one in part.facts)
    assert facts["Pay for each hour"] == "£13.50" and facts["Days and times"].startswith("Monday ")


def test_a_discreet_text_says_only_that_there_is_a_message(words: Catalogue) -> None:
    content = content_of(words, "somebody_would_like_to_meet_you", PartyKind.PA, discreet=True)

    assert text.words_of(content) == f"Alongside: you have a message. See {REPLY.link}"
    assert email.subject(content) == "You have a message from Alongside"


def test_the_recording_is_real_speech_of_about_the_right_length(words: Catalogue, tmp_path: Path) -> None:
    content = content_of(words, "people_to_look_at", PartyKind.PERSON)

    async def record() -> bytes:
        reader = Voice(tmp_path)
        try:
            return (await reader.render(content))[0].body
        finally:
            await reader.stop()

    sound, hertz = soundfile.read(io.BytesIO(asyncio.run(record())))
    minutes = len(sound) / hertz / 60
    a_minute = len(voice.script(content).split()) / minutes

    assert 100 < a_minute < 180
    assert 0.03 < numpy.sqrt((sound**2).mean()) < 0.3
    second = sound[: len(sound) // hertz * hertz].reshape(-1, hertz)
    assert (numpy.abs(second).max(axis=1) > 0.05).mean() > 0.9  # speech nearly every second, no long silence


async def test_a_voice_that_died_is_begun_again_and_one_that_cannot_be_had_says_so(words: Catalogue, tmp_path: Path) -> None:
    content = content_of(words, "they_said_no", PartyKind.PERSON)
    reader = Voice(tmp_path)
    try:
        await reader.render(content)
        assert reader.worker is not None
        reader.worker.kill()
        await reader.worker.wait()
        [again] = await reader.render(content)
        with pytest.raises(NotMade):
            await reader.record("no/such-voice", "hello")
    finally:
        await reader.stop()

    assert len(again.body) > 50_000


def test_voices_move_to_a_short_path_when_theirs_is_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long_home = tmp_path / ("x" * 90) / ("y" * 90)
    long_home.mkdir(parents=True)
    shutil.copytree(espeakng_loader.get_data_path(), long_home / "espeak-ng-data")
    monkeypatch.setattr(espeakng_loader, "get_data_path", lambda: str(long_home / "espeak-ng-data"))

    data = voice.voice_data(tmp_path / "s")

    assert len(str(data)) <= voice.LONGEST_DATA_PATH and (data / "phondata").exists()
    assert voice.voice_data(tmp_path / "s") == data
