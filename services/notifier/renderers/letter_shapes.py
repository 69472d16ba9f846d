"""Which characters the fonts of our letters can show, read from the fonts' own tables (OpenType `cmap`, formats 4 and 12)."""
import struct
from collections.abc import Iterator
from functools import cache

from services.notifier.renderers import fonts

NEEDS_NO_SHAPE = frozenset("\n\r\t\u200b\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069")


def not_shown(words: str) -> str:
    """The characters no font has, each once, in their order."""
    return "".join(dict.fromkeys(letter for letter in words if letter not in NEEDS_NO_SHAPE and ord(letter) not in shown()))


@cache
def shown() -> frozenset[int]:
    return frozenset(code for font in fonts.files() for code in characters(font.read_bytes()))


def characters(font: bytes) -> Iterator[int]:
    tables = struct.unpack_from(">H", font, 4)[0]
    for place in range(12, 12 + 16 * tables, 16):
        if font[place : place + 4] == b"cmap":
            cmap = font[struct.unpack_from(">L", font, place + 8)[0] :]
            for record in range(struct.unpack_from(">H", cmap, 2)[0]):
                yield from mapped(cmap[struct.unpack_from(">L", cmap, 4 + 8 * record + 4)[0] :])


def mapped(table: bytes) -> Iterator[int]:
    form = struct.unpack_from(">H", table)[0]
    if form == 4:
        half = struct.unpack_from(">H", table, 6)[0] // 2
        ends = struct.unpack_from(f">{half}H", table, 14)
        starts = struct.unpack_from(f">{half}H", table, 16 + 2 * half)
        for first, last in zip(starts, ends, strict=True):
            yield from range(first, last + 1 if last != 0xFFFF else first)
    elif form == 12:
        for group in range(struct.unpack_from(">L", table, 12)[0]):
            first, last, _ = struct.unpack_from(">LLL", table, 16 + 12 * group)
            yield from range(first, last + 1)
