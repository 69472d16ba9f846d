"""What we read aloud is speech that can be understood: long enough, not silent, its sentences told from others."""
import io
import random
import re
from pathlib import Path
from typing import Any

import numpy
import pytest
import soundfile
from pocketsphinx import Decoder
from rapidfuzz.distance import Levenshtein

from services.notifier.domain.contact import PartyKind
from services.notifier.ports import NotMade
from services.notifier.renderers import better_voices
from services.notifier.renderers.better_voices import BetterVoice, voices_in
from services.notifier.renderers.catalogue import Catalogue
from services.notifier.renderers.voice import Voice
from tests.unit.notifier.told import content_of

HERTZ = 16_000
"""What the recogniser listens at."""
QUICKEST = 4.5
"""Words a second: quicker than anybody reads to be understood."""


@pytest.fixture
async def recording(tmp_path: Path) -> Any:
    voice = Voice(tmp_path)
    yield voice.recorded
    await voice.stop()


async def test_a_recogniser_hears_our_sentences_and_not_the_same_words_shuffled(words: Catalogue, recording: Any) -> None:
    listens = Listener(sentences(words))
    said = content_of(words, "you_said_yes", PartyKind.PA).what_you_can_do[1]
    shuffled = " ".join(random.Random(1).sample(said.split(), len(said.split())))

    sound, seconds = heard(await recording("en", said))
    control, _ = heard(await recording("en", shuffled))

    assert seconds > len(said.split()) / QUICKEST
    assert numpy.sqrt((sound**2).mean()) > 0.03, "as loud as speech"
    assert errors(said, listens.hears(sound)) <= 0.2
    assert errors(said, listens.hears(control)) >= 0.5


async def test_a_better_voice_is_used_where_there_is_one_and_the_usual_one_when_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    better = BetterVoice(None)
    better.voices = {"en": tmp_path / "en_GB-x.onnx", "pl": tmp_path / "pl_PL-x.onnx"}

    async def record(language: str, words: str) -> bytes:
        asked.append(language)
        raise NotMade("voice")

    monkeypatch.setattr(better, "record", record)
    voice = Voice(tmp_path, better)

    usual = await voice.recorded("en", "Hello there.")
    with pytest.raises(NotMade):
        await voice.recorded("pl", "Dzień dobry.")
    await voice.stop()

    assert asked == ["en", "pl"]
    assert heard(usual)[1] > 0.3
    assert [voice.speaks(tag) for tag in ("en-GB", "pl", "so")] == [True, True, False]


def test_voices_are_found_by_their_names_with_all_their_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("en_US-joe-medium", "en_GB-alba-medium", "cy_GB-gwryw_gogleddol-medium", "half"):
        (tmp_path / f"{name}.onnx").touch()
        (tmp_path / f"{name}.onnx.json").touch()
    (tmp_path / "pl_PL-gosia-medium.onnx").touch()
    monkeypatch.setattr(better_voices.importlib.util, "find_spec", lambda _: object())

    found = voices_in(tmp_path)

    assert {language: model.name for language, model in found.items()} == {
        "en": "en_GB-alba-medium.onnx", "cy": "cy_GB-gwryw_gogleddol-medium.onnx",
    }
    assert voices_in(None) == {}


def heard(recording: bytes) -> tuple[Any, float]:
    """(samples as the recogniser takes them, seconds)."""
    sound, hertz = soundfile.read(io.BytesIO(recording), dtype="float32")
    seconds = len(sound) / hertz
    return numpy.interp(numpy.arange(int(seconds * HERTZ)) / HERTZ, numpy.arange(len(sound)) / hertz, sound), seconds


class Listener:
    """Knows each of these sentences, and hears which was said; nothing where it was none of them."""

    def __init__(self, known: list[str]) -> None:
        self.decoder = Decoder(samprate=HERTZ, lm=None, bestpath=False, loglevel="FATAL")
        there_are = [one for one in map(split, known) if all(map(self.decoder.lookup_word, one))]
        choices = " | ".join(" ".join(one) for one in there_are)
        self.decoder.add_jsgf_string("ours", f"#JSGF V1.0;\ngrammar ours;\npublic <all> = ({choices});\n")
        self.decoder.activate_search("ours")

    def hears(self, sound: Any) -> str:
        self.decoder.start_utt()
        self.decoder.process_raw((sound * 32_000).astype(numpy.int16).tobytes(), full_utt=True)
        self.decoder.end_utt()
        best = self.decoder.hyp()
        return best.hypstr if best else ""


def sentences(words: Catalogue) -> list[str]:
    """Those of all our messages that have some length and no fact in them."""
    copies = [copy for (_, _, tag), copy in words.copies.items() if tag == "en"]
    lines = {line for copy in copies for line in (copy.title, *copy.what_happened, *copy.what_you_can_do) if "{" not in line}
    return sorted(line for line in lines if 8 <= len(split(line)) <= 16)


def split(words: str) -> list[str]:
    return re.findall(r"[a-z']+", words.lower())


def errors(said: str, recognised: str) -> float:
    """Words wrong, left out or put in, for each word said."""
    return Levenshtein.distance(split(said), split(recognised)) / len(split(said))
