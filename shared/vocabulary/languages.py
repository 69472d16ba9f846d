"""What is true of a language: its own name, whether it is signed, which way it is written, and its close kin."""
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from shared.vocabulary.terms import Kind, rows


@dataclass(frozen=True)
class Language:
    tag: str
    """BCP-47; `x-` where no registered tag exists (Makaton)."""
    label: str
    autonym: str
    """Its name in itself."""
    macro: str | None
    """The macrolanguage it belongs to (ISO 639-3), or the language it is registered as a variety of: the only kinship that counts
    as 'related'."""
    signed: bool
    system: bool
    """A way of communicating along with a language, and no language of its own: Makaton, Sign Supported English."""
    skill: str | None
    """The code of the skill that is this very thing: some write Makaton among their languages, some among their skills."""
    direction: Literal["ltr", "rtl"]


@cache
def languages() -> Mapping[str, Language]:
    return MappingProxyType({
        row["code"]: Language(row["code"], row["label"], row["autonym"], row["macro"] or None, bool(row["signed"]),
                              bool(row["system"]), row["skill"] or None, "rtl" if row["rtl"] else "ltr")
        for row in rows(Kind.LANGUAGE.value)
    })


@cache
def written_languages() -> Mapping[str, Language]:
    """Those that somebody can write: no signed language, and no way of communicating along with one."""
    return MappingProxyType({tag: one for tag, one in languages().items() if not one.signed and not one.system})


def related(a: str, b: str) -> bool:
    """Different languages of one macrolanguage: 'a related language, please ask'. Never means that one understands the other."""
    one, other = languages().get(a), languages().get(b)
    return bool(one and other and a != b and one.macro and one.macro == other.macro)


@cache
def skills_that_are_languages() -> Mapping[str, str]:
    """Code of a skill -> tag."""
    return MappingProxyType({one.skill: tag for tag, one in languages().items() if one.skill})


def is_signed(tag: str) -> bool:
    found = languages().get(tag)
    return bool(found and found.signed)


def direction(tag: str) -> Literal["ltr", "rtl"]:
    """Left to right where we do not know better."""
    found = languages().get(tag) or languages().get(tag.split("-")[0])
    return found.direction if found else "ltr"


def autonym(tag: str) -> str:
    found = languages().get(tag)
    return found.autonym if found else tag
