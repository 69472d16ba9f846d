"""Letters as small grey pictures, and the least of PNG to keep them in: eight bits a dot, no filter.

    python -m tests.unit.notifier.pictures_of_letters

makes those that the tests compare with anew. Look at each before it is committed.
"""
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy
import pypdfium2

from services.notifier.domain.contact import PartyKind
from services.notifier.renderers import catalogue
from services.notifier.renderers.catalogue import Catalogue
from services.notifier.renderers.letter import Letters
from tests.unit.notifier.told import NOW, content_of

FOLDER = Path(__file__).with_name("pictures")
SCRIPTS = ("ar", "bn", "gu", "pa", "ur")
ADDRESS = ("Mrs A Warsame", "12 Allotment Lane", "LE5 6AA")
SCALE = 0.6
"""Dots a point: an A4 page is 357 by 505 of them."""
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def picture(words: Catalogue, letters: Letters, tag: str) -> Any:
    """The first page of a letter, 255 where nothing is printed."""
    content = content_of(words, "they_said_no", PartyKind.PERSON, tag)
    [made] = letters.render(content, ADDRESS, None, NOW)
    dots = pypdfium2.PdfDocument(made.body)[0].render(scale=SCALE, grayscale=True).to_numpy()
    return numpy.ascontiguousarray(dots.reshape(dots.shape[:2]))


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def as_png(dots: Any) -> bytes:
    head = struct.pack(">IIBBBBB", dots.shape[1], dots.shape[0], 8, 0, 0, 0, 0)
    rows = b"".join(b"\0" + row.tobytes() for row in dots)
    return SIGNATURE + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def from_png(file: bytes) -> Any:
    width, height = struct.unpack_from(">II", file, 16)
    length = struct.unpack_from(">I", file, 33)[0]
    rows = numpy.frombuffer(zlib.decompress(file[41 : 41 + length]), dtype=numpy.uint8)
    return rows.reshape(height, width + 1)[:, 1:]


def main() -> None:
    words, letters = catalogue.read(), Letters()
    for tag in SCRIPTS:
        (FOLDER / f"{tag}.png").write_bytes(as_png(picture(words, letters, tag)))


if __name__ == "__main__":
    main()
