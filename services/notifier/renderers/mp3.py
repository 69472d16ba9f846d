"""Sound as MP3, as loud as small loudspeakers take well."""
import io
import struct
from typing import Any

import lameenc
import numpy
import soundfile

LOUDEST = 0.85  # of full scale: room for small loudspeakers
KILOBITS, CARE = 32, 5
"""A second, and LAME's quality (0 is the slowest): for one voice more cannot be heard, and takes several times as long."""

FULL_SCALE = 32_767
HERTZ = 22_050
SILENT = 0.001  # of full scale, root mean square: the hiss of a microphone that nobody spoke into
LONGEST = 1_800.0  # seconds; what decodes to more is no message
SECONDS = struct.Struct(">d")
"""Stands before a recording of a person."""


def mp3(sound: Any, hertz: int) -> bytes:
    """Of samples between -1 and 1; nothing of silence."""
    loudest = float(numpy.abs(sound).max()) if len(sound) else 0.0
    if loudest == 0.0:
        return b""
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(hertz)
    encoder.set_bit_rate(KILOBITS)
    encoder.set_quality(CARE)
    samples = (sound * (LOUDEST / loudest * FULL_SCALE)).astype(numpy.int16).tobytes()
    return bytes(encoder.encode(samples) + encoder.flush())


def of_a_person(file: bytes) -> bytes:
    """How many seconds it lasts, then itself: mono, and nothing else that was in the file. Nothing where nothing can be heard."""
    try:
        if soundfile.info(io.BytesIO(file)).duration > LONGEST:
            return b""
        sound, hertz = soundfile.read(io.BytesIO(file), dtype="float32", always_2d=True)
    except soundfile.LibsndfileError:
        return b""
    one = sound.mean(axis=1)
    if len(one) == 0 or float(numpy.sqrt((one**2).mean())) < SILENT:
        return b""
    times = numpy.arange(int(len(one) * HERTZ / hertz)) / HERTZ
    return SECONDS.pack(len(one) / hertz) + mp3(numpy.interp(times, numpy.arange(len(one)) / hertz, one), HERTZ)
