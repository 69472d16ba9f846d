"""A process of its own that reads words aloud with Piper: a boundary for its licence, its crashes and the memory of its models.

It knows nothing of messages or parties.
"""
from functools import lru_cache
from importlib import import_module
from typing import Any

import numpy

from services.notifier.renderers.mp3 import mp3
from services.notifier.renderers.speaking import serve

SLOWER = 1.15  # than the voice by itself: it is listened to once, perhaps by somebody who is hard of hearing
BETWEEN_LINES = 0.4  # seconds of rest


@lru_cache(maxsize=2)  # a model takes some 100 MB
def loaded(model: str) -> Any:
    return import_module("piper").PiperVoice.load(model)  # an extra: every other module imports without it


def said(model: str, words: str) -> bytes:
    parts: list[Any] = []
    hertz = 0
    slowly = import_module("piper").SynthesisConfig(length_scale=SLOWER)
    for line in filter(None, words.splitlines()):
        for chunk in loaded(model).synthesize(line, syn_config=slowly):
            hertz = chunk.sample_rate
            parts.append(chunk.audio_float_array)
        parts.append(numpy.zeros(int(hertz * BETWEEN_LINES), dtype=numpy.float32))
    return mp3(numpy.concatenate(parts), hertz) if hertz else b""


if __name__ == "__main__":
    serve(said)
