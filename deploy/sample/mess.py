"""Spreadsheets as they really come: other spellings, lost spaces, half-filled rows, and now and then something that cannot be."""

from collections.abc import Mapping, Sequence

from deploy.sample.dice import Dice
from deploy.sample.plan_rows import PLAN_HEADINGS
from deploy.sample.register_rows import REGISTER_HEADINGS
from shared.vocabulary.terms import Kind, terms

_SPELT = {"Punjabi": ("Panjabi", "panjabi", "Punjabbi"), "Gujarati": ("Gujerati", "Gujrati"), "Somali": ("Soomaali", "somali"),
          "Urdu": ("urdu",), "Polish": ("polski", "polish"), "Sylheti": ("Syleti",), "English": ("english", "Eng")}  # fmt: skip

OPTIONAL = (
    "Interests",
    "Practices",
    "About me",
    "In their own words",
    "At home",
    "Miles",
    "Same few people",
    "Short notice",
)
UNKNOWN_WORDS = ("Klingon", "fire juggling", "asdf", "see notes", "tbc")
UNKNOWN_AREAS = ("XX9 9", "BT7 1", "London", "?")


def messy_register(dice: Dice, row: Sequence[str]) -> list[str]:
    cells = dict(zip(REGISTER_HEADINGS, row, strict=True))
    cells["Languages"] = _misspelt(dice, cells["Languages"])
    cells["Postcode"] = _postcode(dice, cells["Postcode"])
    for heading, kind in (("Training", Kind.SKILL), ("Practices", Kind.PRACTICE)):
        cells[heading] = _by_other_names(dice, kind, cells[heading])
    if dice.chance(0.30) and cells["Rate"]:
        cells["Rate"] = dice.pick((cells["Rate"][1:], f"{cells['Rate']} per hour", f"{cells['Rate']}/hr"))
    if dice.chance(0.03):
        cells["Rate"] = "£9.00"  # below the lowest lawful rate of anybody who may do this work
    if dice.chance(0.04):
        cells["Languages"] = f"{cells['Languages']}, {dice.pick(UNKNOWN_WORDS)}"
    if dice.chance(0.02):
        cells["Name"] = ""
    return _typed_in_a_hurry(dice, cells)


def messy_plan(dice: Dice, row: Sequence[str]) -> list[str]:
    cells = dict(zip(PLAN_HEADINGS, row, strict=True))
    for strength in ("must", "important", "nice"):
        cells[f"Language ({strength})"] = _misspelt(dice, cells[f"Language ({strength})"])
    cells["Post code"] = _postcode(dice, cells["Post code"])
    if dice.chance(0.25) and cells["Rate"]:
        cells["Rate"] = f"£{cells['Rate']}"
    if dice.chance(0.05):
        cells["Help with"] = f"{cells['Help with']}, {dice.pick(UNKNOWN_WORDS)}"
    if dice.chance(0.03):
        cells["Hours a week"] = dice.pick(("", "lots", "200"))
    return _typed_in_a_hurry(dice, cells)


def _typed_in_a_hurry(dice: Dice, cells: Mapping[str, str]) -> list[str]:
    typed = []
    for heading, cell in cells.items():
        if heading in OPTIONAL and dice.chance(0.12):
            cell = ""
        elif cell and dice.chance(0.05):
            cell = f" {cell} "
        elif dice.chance(0.03) and heading in ("Languages", "Tasks", "Help with"):
            cell = cell.upper()
        typed.append(cell)
    return typed


def _misspelt(dice: Dice, words: str) -> str:
    for right, others in _SPELT.items():
        if right in words and dice.chance(0.35):
            words = words.replace(right, dice.pick(others))
    return words


def _postcode(dice: Dice, sector: str) -> str:
    if dice.chance(0.015):
        return dice.pick(UNKNOWN_AREAS)
    return dice.pick((sector, sector, sector, sector.lower(), sector.split(" ")[0], f"{sector}AB"))


def _by_other_names(dice: Dice, kind: Kind, words: str) -> str:
    for term in terms(kind).values():
        if term.label in words and term.aliases and dice.chance(0.2):
            words = words.replace(term.label, dice.pick(term.aliases), 1)
    return words
