"""A process of its own that reads words aloud with espeak-ng: a boundary for its licence, its crashes and its one global engine.

Standard input: one JSON line per job, {"voice", "words", "rate"}. Standard output: four bytes of length (big-endian),
then an MP3; length 0 means this could not be said. It knows nothing of messages or parties.
"""
import ctypes
import io
import json
import sys
from pathlib import Path
from typing import Any

import espeakng_loader
import numpy
import soundfile

SYNCHRONOUS = 2  # espeak’s output mode: hand the samples over before the call returns, play nothing
DO_NOT_EXIT = 0x8000  # otherwise the library ends the process when its data is missing
UTF_8 = 1
RATE = 1  # espeak_PARAMETER
LOUDEST = 0.85  # of full scale: room for small loudspeakers
QUIETER_IS_SMALLER = 0.9  # MP3 compression level; exactly 1.0 raises in libsndfile

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
        loudest = float(numpy.abs(sound).max())
        if loudest == 0.0:
            return b""
        file = io.BytesIO()
        soundfile.write(
            file, sound * (LOUDEST / loudest), self.hertz, format="MP3", subtype="MPEG_LAYER_III",
            compression_level=QUIETER_IS_SMALLER,
        )
        return file.getvalue()


def main() -> None:
    engine = Engine(Path(sys.argv[1]))
    out = sys.stdout.buffer
    for line in sys.stdin.buffer:
        job = json.loads(line)
        recording = engine.say(job["voice"], job["words"], job["rate"])
        out.write(len(recording).to_bytes(4, "big") + recording)
        out.flush()


if __name__ == "__main__":
    main()
