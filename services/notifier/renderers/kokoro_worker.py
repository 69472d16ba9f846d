"""A process of its own that reads words aloud with Kokoro: a boundary for its crashes and for the memory of its model.

It knows nothing of messages or parties.
"""
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy

from services.notifier.renderers.better_voices import ITS_VOICES
from services.notifier.renderers.mp3 import mp3
from services.notifier.renderers.speaking import serve

SPEED = 0.87  # of the voice by itself: it is listened to once, perhaps by somebody who is hard of hearing
BETWEEN_LINES = 0.4  # seconds of rest
LIKED = ("bf_emma", "bm_george")
"""Clear British voices, if they are there; else the first British one, else the first American one."""
LOUDEST = 0.95  # the voice goes a little over what a recording can hold


@lru_cache(maxsize=1)  # some 300 MB
def loaded(model: str) -> tuple[Any, str]:
    """The model, and the voice that speaks. An extra: every other module imports without it."""
    voices = sorted(Path(model).parent.glob(ITS_VOICES))[0]
    kokoro = import_module("kokoro_onnx").Kokoro(model, str(voices))
    return kokoro, chosen(kokoro.get_voices())


def chosen(voices: list[str]) -> str:
    """Raises IndexError where none speaks English."""
    liked = [name for name in LIKED if name in voices]
    return [*liked, *sorted(name for name in voices if name[:1] == "b"), *sorted(name for name in voices if name[:1] == "a")][0]


def said(model: str, words: str) -> bytes:
    kokoro, voice = loaded(model)
    parts: list[Any] = []
    hertz = 0
    for line in filter(None, words.splitlines()):
        sound, hertz = kokoro.create(line, voice=voice, speed=SPEED, lang="en-gb" if voice[:1] == "b" else "en-us")
        parts += [sound, numpy.zeros(int(hertz * BETWEEN_LINES), dtype=numpy.float32)]
    if not hertz:
        return b""
    whole = numpy.concatenate(parts)
    return mp3(whole * min(1.0, LOUDEST / float(abs(whole).max() or 1.0)), hertz)


if __name__ == "__main__":
    serve(said)
