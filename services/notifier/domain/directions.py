"""Numbers and Latin words in what is written from right to left: without a fence the parts of a phone number change places."""
import re
from collections.abc import Iterable

LEFT_TO_RIGHT, END = "\u2066", "\u2069"
WORD = r"[0-9A-Za-z](?:[0-9A-Za-z@:/._+\-?=&#%]*[0-9A-Za-z/])?"
RUN = re.compile(rf"\+?{WORD}(?: {WORD})*")
"""Everything from the first such letter to the last, with the single spaces between."""


def fenced(line: str, direction: str) -> str:
    """Each run kept in its own order (Unicode's isolates, UAX 9)."""
    return RUN.sub(lambda run: f"{LEFT_TO_RIGHT}{run[0]}{END}", line) if direction == "rtl" else line


def all_fenced(lines: Iterable[str], direction: str) -> tuple[str, ...]:
    return tuple(fenced(line, direction) for line in lines)
