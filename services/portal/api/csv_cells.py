"""Cells as people type them in spreadsheets: money with pound signs, British dates, lists, levels in brackets."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from shared.vocabulary.level_words import read_skill
from shared.vocabulary.understanding import normalise
from shared.vocabulary.week import DAYS

Cell = Callable[[str], Any]


class NotRead(ValueError):
    """A cell that cannot be read. Its text says what would be right, never what was typed."""


def text(cell: str) -> str:
    return cell


def number(cell: str) -> str:
    """'10', '10.5 hrs', '£1,200.50 a week'. The contract does the rest of the checking."""
    found = re.fullmatch(r"£?\s*(\d[\d,]*(?:\.\d+)?|\.\d+)\s*(?:[a-z /]*)", cell.strip().lower())
    if not found:
        raise NotRead("Write one number, like 10 or 10.5.")
    return found[1].replace(",", "")


def day(cell: str) -> str:
    """British order: 3/2/2026 is 3 February."""
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y"):
        try:
            return datetime.strptime(cell.split("T")[0].removesuffix(" 00:00:00").strip(), form).date().isoformat()
        except ValueError:
            continue
    raise NotRead("Write the day like 2026-02-03 or 3/2/2026.")


def yes_or_no(cell: str) -> bool:
    match cell.strip().lower():
        case "yes" | "y" | "true" | "1":
            return True
        case "no" | "n" | "false" | "0":
            return False
    raise NotRead("Write yes or no.")


def listed(cell: str) -> list[str]:
    return [piece.strip() for piece in re.split(r"[,;\n|](?![^(]*\))", cell) if piece.strip()]


def in_turn(cell: str) -> list[str]:
    """'Somali, then Swahili or English': the first one wished for, then the next best."""
    return [piece.strip() for piece in re.split(r"(?:[,;\n|/]|\bthen\b|\bor\b)(?![^(]*\))", cell) if piece.strip()]


def days(cell: str) -> list[str]:
    found = [word[:3].lower() for word in re.findall(r"[A-Za-z]+", cell) if word.lower() not in ("and", "night", "nights")]
    if not all(word in DAYS for word in found):
        raise NotRead("Write days of the week, like Mon, Tue.")
    return found


def one_of(meanings: dict[str, str], example: str) -> Cell:
    def read(cell: str) -> str:
        words = re.sub(r"[^a-z]+", " ", cell.lower()).strip()
        if words not in meanings:
            raise NotRead(f"Write one of the words in the guide, like {example}.")
        return meanings[words]

    return read


def version_from_day(cell: str) -> int:
    """The day of a change as a version: later days are larger numbers."""
    return int(day(cell).replace("-", ""))


funding = one_of(
    {
        "direct payment": "direct_payment",
        "direct payments": "direct_payment",
        "dp": "direct_payment",
        "isf": "isf",
        "individual service fund": "isf",
        "managed": "managed",
        "managed account": "managed",
        "managed budget": "managed",
        "self funded": "self_funded",
        "self funder": "self_funded",
        "own money": "self_funded",
        "private": "self_funded",
    },
    "direct payment",
)
state = one_of(
    {
        "open": "open",
        "active": "open",
        "live": "open",
        "looking": "open",
        "paused": "paused",
        "on hold": "paused",
        "closed": "closed",
        "ended": "closed",
    },
    "open",
)
strength = one_of(
    {
        "must": "must",
        "essential": "must",
        "required": "must",
        "important": "important",
        "nice": "nice",
        "nice to have": "nice",
        "preferred": "nice",
    },
    "important",
)


def language(cell: str) -> dict[str, Any]:
    """'Somali (fluent, spoken), then Swahili'. What in brackets is no level and no way of using it belongs to the name:
    'Kurdish (Sorani)'."""
    wish: dict[str, Any] = {}
    names = []
    for piece in in_turn(cell):
        name, *inside = re.split(r"[()]", piece)
        more = []
        for part in filter(None, (part.strip() for part in re.split(r"[,;]", ",".join(inside)))):
            said = read_skill(normalise(part).split(), [])
            if said.other or said.refused:
                more.append(part)
                continue
            for mode in said.modes:
                wish.setdefault("mode", mode)
            for level in said.levels.values():
                wish.setdefault("level", level)
        names.append(f"{name.strip()} ({', '.join(more)})" if more else name.strip())
    return {**wish, "value": names[0] if names else "", "or_else": names[1:]}
