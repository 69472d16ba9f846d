"""Reads embossed braille back: a reader of uncontracted UEB of our own, and liblouis's back-translation for contracted words."""
from collections.abc import Callable, Iterator
from contextlib import suppress

from services.notifier.renderers.braille_pages import ASCII, BLANK
from services.notifier.renderers.braille_worker import CALLS, CELLS, Engine

LETTERS = dict(zip("⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵", "abcdefghijklmnopqrstuvwxyz", strict=True))
FIGURES = dict(zip("⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚", "1234567890", strict=True))
SIGNS = {
    "⠐⠠⠤": "—", "⠠⠤": "–", "⠐⠣": "(", "⠐⠜": ")", "⠸⠌": "/", "⠨⠤": "_", "⠈⠁": "@", "⠈⠇": "£", "⠐⠶": "=", "⠈⠯": "&", "⠨⠴": "%",
    "⠂": ",", "⠲": ".", "⠒": ":", "⠆": ";", "⠖": "!", "⠄": "'", "⠤": "-",
}
SHORTFORMS = {"⠋⠌": "first", "⠠⠋⠌": "First"}
"""From the Rules of Unified English Braille, section 10.9: those that this version of liblouis writes, and does not read back."""
OPENS, CLOSES = ("⠐⠣", "⠦"), ("⠐⠜", "⠴", "⠂", "⠲", "⠒", "⠆", "⠖", "⠦")
SHOWN = {"⠦": "?", "⠴": '"'} | SIGNS


class Unread(Exception):
    """A cell that uncontracted braille does not have here."""


def uncontracted(cells: str) -> str:
    """One word of grade 1: letters, capitals, figures, and the signs of addresses and money."""
    said, place, figures, capitals = "", 0, False, 0
    while place < len(cells):
        rest = cells[place:]
        sign = next((known for known in sorted(SIGNS, key=len, reverse=True) if rest.startswith(known)), None)
        if figures and rest[0] in FIGURES:
            said, place = said + FIGURES[rest[0]], place + 1
        elif figures and rest[0] == "⠐" and rest[1:2] in FIGURES:
            said, place = said + " " + FIGURES[rest[1]], place + 2
        elif rest[0] == "⠼":
            place, figures, capitals = place + 1, True, 0
        elif rest.startswith("⠠⠄"):
            place, capitals = place + 2, 0
        elif sign:
            figures = figures and sign in ("⠲", "⠂")
            said, place, capitals = said + SIGNS[sign], place + len(sign), 0
        elif rest[0] == "⠰":
            place, figures = place + 1, False
        elif rest.startswith("⠠⠠"):
            place, figures, capitals = place + 2, False, 99
        elif rest[0] == "⠠":
            place, figures, capitals = place + 1, False, 1
        elif rest[0] in LETTERS:
            letter = LETTERS[rest[0]]
            said, place, figures = said + (letter.upper() if capitals else letter), place + 1, False
            capitals = capitals if capitals == 99 else 0
        elif rest[0] in "⠦⠴":
            said, place = said + ('"' if place == 0 or rest[0] == "⠴" else "?"), place + 1
        else:
            raise Unread(rest)
    return said


def words_in(embossed: bytes) -> tuple[list[str], list[list[str]]]:
    """(the words in cells, in order and put together again where a line ended within one; the lines of each page)."""
    pages = [page.split("\r\n")[:-1] for page in embossed.decode("ascii").split("\f")[:-1]]
    running = ""
    for page in pages:
        for line in page[:-1]:
            cells = "".join(chr(0x2800 + ASCII.index(letter)) for letter in line).strip(BLANK)
            running = running[:-1] + cells if running.endswith("⠐") else f"{running}{BLANK}{cells}"
    return [word for word in running.split(BLANK) if word], pages


def back_translating(engine: Engine, table: str) -> Callable[[str], str]:
    reads = CALLS.replace("lou_translateString", "lou_backTranslateString").replace("function write", "function back")
    engine.scripts.eval(reads)
    return lambda cells: str(engine.scripts.call("back", f"{CELLS},{table}", cells)).strip()


def spelt(cells: str) -> str:
    """A word of letters and a few groupsigns, which this version of liblouis does not read back after p, r and i."""
    for sign, letters in {"⠻": "⠑⠗", "⠬": "⠊⠝⠛", "⠢": "⠑⠝", "⠹": "⠞⠓"}.items():
        cells = cells.replace(sign, letters)
    return uncontracted(cells[:1] + cells[1:-1].replace("⠖", "⠋⠋") + cells[1:][-1:])


def readings(cells: str, back: Callable[[str], str]) -> Iterator[str]:
    """What a word of contracted braille may say: as a whole, letter by letter, and without the signs around it."""
    yield back(cells)
    yield from (SHORTFORMS[word] + SHOWN.get(end, "") for word in SHORTFORMS for end in ("", *CLOSES) if cells == word + end)
    with suppress(Unread):
        yield uncontracted(cells)
    before = after = ""
    while sign := next((sign for sign in OPENS if cells.startswith(sign) and cells != sign), None):
        cells, before = cells[len(sign) :], before + ('"' if sign == "⠦" else "(")
    while sign := next((sign for sign in CLOSES if cells.endswith(sign) and cells != sign), None):
        cells, after = cells[: -len(sign)], SHOWN[sign] + after
        yield before + back(cells) + after
    yield before + back(cells) + after
    with suppress(Unread):
        yield before + spelt(cells) + after
