"""A process of its own that reads words aloud with espeak-ng: a boundary for its licence, its crashes and its one global engine.

Standard input: one JSON line per job, {"voice", "words", "rate"}, or {"recording"} of a person to be made into an MP3 too.
Standard output: four bytes of length (big-endian), then an MP3; length 0 means this could not be said. It knows nothing of
messages or parties.
"""
import base64
import ctypes
import json
import sys
from pathlib import Path
from typing import Any

import espeakng_loader
import numpy

from services.notifier.renderers.mp3 import mp3, of_a_person

SYNCHRONOUS = 2  # espeak’s output mode: hand the samples over before the call returns, play nothing
DO_NOT_EXIT = 0x8000  # otherwise the library ends the process when its data is missing
UTF_8 = 1
RATE = 1  # espeak_PARAMETER

Heard = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Engine:
    def __init__(self, data: Path) -> None:
        self.library = ctypes.CDLL(espeakng_loader.get_library_path())
        self.hertz: int = self.library.espeak_Initialize(SYNCHRONOUS, 0, str(data).encode(), DO_NOT_EXIT)
        if self.hertz <= 0:
            raise RuntimeError("espeak-ng did not start")
        self.samples: list[Any] = []
        self.heard = Heard(self.hear)  # kept: the library calls it for as long as we live
        self.library.espeak_SetSynthCallback(self.heard)

    def hear(self, samples: Any, count: int, _: object) -> int:
        if samples and count > 0:
            self.samples.append(numpy.ctypeslib.as_array(samples, (count,)).copy())
        return 0

    def say(self, voice: str, words: str, rate: int) -> bytes:
        if self.library.espeak_SetVoiceByName(voice.encode()) != 0:
            return b""
        self.library.espeak_SetParameter(RATE, rate, 0)
        self.samples.clear()
        text = words.encode() + b"\0"
        if self.library.espeak_Synth(text, len(text), 0, 0, 0, UTF_8, None, None) != 0 or not self.samples:
            return b""
        sound = numpy.concatenate(self.samples).astype(numpy.float32) / 32768
        return mp3(sound, self.hertz)


def main() -> None:
    engine = Engine(Path(sys.argv[1]))
    out = sys.stdout.buffer
    for line in sys.stdin.buffer:
        job = json.loads(line)
        recording = (
            of_a_person(base64.b64decode(job["recording"])) if "recording" in job
            else engine.say(job["voice"], job["words"], job["rate"])
        )
        out.write(len(recording).to_bytes(4, "big") + recording)
        out.flush()


if __name__ == "__main__":
    main()
