"""Braille on paper: lines of 38 cells, pages of 25 lines, and the two files that embossers and braille displays take."""
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from xml.etree import ElementTree

WIDTH = 38
HEIGHT = 25
"""Of these the last line is the page number's."""

BLANK = "\u2800"
NUMBER = "⠼"
GOES_ON = "⠐"
"""Dot 5 at the end of a line: the word goes on below without a space (Rules of Unified English Braille, line continuation)."""
BEGINS = frozenset("⠼⠠⠐⠈⠸⠨⠰⠘")
"""Cells that belong to the one after them."""
DIGITS = "⠚⠁⠃⠉⠙⠑⠋⠛⠓⠊"

ASCII = " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)="
"""North American ASCII braille: the character of each of the 64 cells, in the order of Unicode."""

PEF = "http://www.daisy.org/ns/2008/pef"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"


class Shape(Enum):
    """How a paragraph stands: blank cells before its first line, and before those after it."""

    TITLE = (4, 4)
    HEADING = (4, 4)
    TEXT = (2, 0)
    FACT = (0, 2)


@dataclass(frozen=True, slots=True)
class Paragraph:
    shape: Shape
    cells: str


def pages(paragraphs: Sequence[Paragraph]) -> tuple[tuple[str, ...], ...]:
    """Each page as its 25 lines, none longer than 38 cells. A heading never stands last on a page."""
    made: list[list[str]] = [[]]
    for place, paragraph in enumerate(paragraphs):
        lines = list(wrapped(paragraph))
        opens = paragraph.shape in (Shape.TITLE, Shape.HEADING)
        if opens and made[-1]:
            lines.insert(0, "")
        company = 1 if opens and place + 1 < len(paragraphs) else 0
        if opens and len(made[-1]) + len(lines) + company > HEIGHT - 1:
            made.append([])
        for line in lines:
            if len(made[-1]) == HEIGHT - 1:
                made.append([])
            if line or made[-1]:
                made[-1].append(line)
    return tuple(numbered(lines, place) for place, lines in enumerate(made, start=1))


def numbered(lines: list[str], page: int) -> tuple[str, ...]:
    number = NUMBER + "".join(DIGITS[int(digit)] for digit in str(page))
    return (*lines, *[""] * (HEIGHT - 1 - len(lines)), number.rjust(WIDTH, BLANK))


def wrapped(paragraph: Paragraph) -> Iterator[str]:
    first, rest = paragraph.shape.value
    line, indent = BLANK * first, first
    for word in paragraph.cells.split(BLANK):
        if not word:
            continue
        gap = BLANK if len(line) > indent else ""
        if len(line) + len(gap) + len(word) <= WIDTH:
            line += gap + word
            continue
        if len(line) > indent:
            yield line
        line, indent = BLANK * rest, rest
        while len(line) + len(word) > WIDTH:
            cut = where_to_cut(word, WIDTH - rest - 1)
            yield line + word[:cut] + GOES_ON
            word = word[cut:]
        line += word
    if len(line) > indent:
        yield line


def where_to_cut(word: str, most: int) -> int:
    """After the last stroke, dot or hyphen that fits; else anywhere but between a cell and the one that begins it."""
    for place in range(most, most // 2, -1):
        if word[place - 2 : place] == "⠸⠌" or word[place - 1] in "⠲⠤":
            return place
    return next(place for place in range(most, 0, -1) if word[place - 1] not in BEGINS)


def brf(made: Iterable[Sequence[str]]) -> bytes:
    """The pages in ASCII braille, with a form feed after each."""
    return "".join("\r\n".join(in_ascii(line) for line in page) + "\r\n\f" for page in made).encode("ascii")


def in_ascii(line: str) -> str:
    return "".join(ASCII[ord(cell) - ord(BLANK)] for cell in line)


def pef(made: Iterable[Sequence[str]], *, identifier: str, language: str, title: str) -> bytes:
    """The same pages as Portable Embosser Format, version 2008-1."""
    ElementTree.register_namespace("", PEF)
    ElementTree.register_namespace("dc", DUBLIN_CORE)
    root = ElementTree.Element(f"{{{PEF}}}pef", {"version": "2008-1"})
    meta = ElementTree.SubElement(ElementTree.SubElement(root, f"{{{PEF}}}head"), f"{{{PEF}}}meta")
    said = {"format": "application/x-pef+xml", "identifier": identifier, "language": language, "title": title}
    for name, words in said.items():
        ElementTree.SubElement(meta, f"{{{DUBLIN_CORE}}}{name}").text = words
    sizes = {"cols": str(WIDTH), "rows": str(HEIGHT), "rowgap": "0", "duplex": "false"}
    volume = ElementTree.SubElement(ElementTree.SubElement(root, f"{{{PEF}}}body"), f"{{{PEF}}}volume", sizes)
    section = ElementTree.SubElement(volume, f"{{{PEF}}}section")
    for page in made:
        rows = ElementTree.SubElement(section, f"{{{PEF}}}page")
        for line in page:
            ElementTree.SubElement(rows, f"{{{PEF}}}row").text = line
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode").encode() + b"\n"
