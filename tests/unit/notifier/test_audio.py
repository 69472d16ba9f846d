"""What we read aloud is speech that can be understood: long enough, not silent, its sentences told from others."""
import io
import os
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
from services.notifier.renderers.better_voices import BetterVoice, Kokoro, Piper, voices_of_kokoro, voices_of_piper
from services.notifier.renderers.catalogue import Catalogue
from services.notifier.renderers.kokoro_worker import chosen
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
    kokoro = Kokoro(tmp_path, {"en": tmp_path / "kokoro-x.onnx"})
    piper = Piper(tmp_path, {"en": tmp_path / "en_GB-x.onnx", "pl": tmp_path / "pl_PL-x.onnx"})

    def refusing(kind: str) -> Any:
        async def record(language: str, words: str) -> bytes:
            asked.append(f"{kind} {language}")
            raise NotMade("voice")

        return record

    monkeypatch.setattr(kokoro, "record", refusing("kokoro"))
    monkeypatch.setattr(piper, "record", refusing("piper"))
    voice = Voice(tmp_path, (kokoro, piper))

    usual = await voice.recorded("en", "Hello there.")
    with pytest.raises(NotMade):
        await voice.recorded("pl", "Dzień dobry.")
    await voice.stop()

    assert asked == ["kokoro en", "piper en", "piper pl"]
    assert heard(usual)[1] > 0.3
    assert [voice.speaks(tag) for tag in ("en-GB", "pl", "so")] == [True, True, False]


def test_voices_are_found_by_their_names_with_all_their_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("en_US-joe-medium", "en_GB-alba-medium", "cy_GB-gwryw_gogleddol-medium", "half"):
        (tmp_path / f"{name}.onnx").touch()
        (tmp_path / f"{name}.onnx.json").touch()
    (tmp_path / "pl_PL-gosia-medium.onnx").touch()
    monkeypatch.setattr(better_voices.importlib.util, "find_spec", lambda _: object())

    found = voices_of_piper(tmp_path)
    no_voices_beside_it = (tmp_path / "kokoro-v1.0.onnx").touch() or voices_of_kokoro(tmp_path)
    (tmp_path / "voices-v1.0.bin").touch()

    assert no_voices_beside_it == {} and voices_of_kokoro(tmp_path) == {"en": tmp_path / "kokoro-v1.0.onnx"}
    assert {language: model.name for language, model in found.items()} == {
        "en": "en_GB-alba-medium.onnx", "cy": "cy_GB-gwryw_gogleddol-medium.onnx",
    }
    assert voices_of_piper(None) == voices_of_kokoro(None) == {} and better_voices.better_voices(None) == ()


def test_kokoro_speaks_with_a_british_voice_where_it_has_one() -> None:
    assert chosen(["af_heart", "bm_lewis", "bf_emma", "jf_alpha"]) == "bf_emma"
    assert chosen(["af_heart", "bm_lewis"]) == "bm_lewis"
    assert chosen(["am_adam", "af_heart"]) == "af_heart"
    with pytest.raises(IndexError):
        chosen(["jf_alpha"])


@pytest.mark.parametrize("kind", [Kokoro, Piper])
async def test_a_recogniser_hears_the_better_voices_that_are_here(kind: type[BetterVoice], words: Catalogue) -> None:
    """Where somebody put them: they are too large to be fetched for every test."""
    here = better_voices.better_voices(Path(folder) if (folder := os.environ.get("ALONGSIDE_VOICES_FOLDER")) else None)
    [voice] = [one for one in here if type(one) is kind and "en" in one.voices] or [None]
    if voice is None:
        pytest.skip("ALONGSIDE_VOICES_FOLDER has none of these, or requirements/voices.txt is not installed")
    said = content_of(words, "you_said_yes", PartyKind.PA).what_you_can_do[1]

    sound, seconds = heard(await voice.record("en", said))
    await voice.stop()

    assert seconds > len(said.split()) / QUICKEST and 0.03 < numpy.sqrt((sound**2).mean()) < 0.5
    assert errors(said, Listener(sentences(words)).hears(sound)) <= 0.2


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
