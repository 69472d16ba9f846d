"""Reads the words of every message from `messages/<language>/`, and refuses words that do not fit their meaning."""
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from string import Formatter
from typing import Any

from services.notifier.domain.contact import PartyKind
from services.notifier.domain.wording import Copy, CopyState, FactCopy, Language

FOLDER = Path(__file__).parent.parent / "messages"
MEANT_EVERYWHERE = {"list_link", "sender"}


class BrokenCopy(Exception):
    """A file of the catalogue says something its message does not mean."""


@dataclass(frozen=True)
class Catalogue:
    languages: Mapping[str, Language]
    copies: Mapping[tuple[str, PartyKind, str], Copy]
    """By (about, audience, language tag)."""

    def copy(self, about: str, audience: PartyKind, tag: str) -> Copy | None:
        """The words in this language, or in the language it is a variety of (`en-GB` reads `en`); None = there are none."""
        return self.copies.get((about, audience, tag)) or self.copies.get((about, audience, tag.split("-")[0]))

    def language(self, tag: str) -> Language:
        return self.languages.get(tag) or self.languages[tag.split("-")[0]]


def read(folder: Path = FOLDER) -> Catalogue:
    languages = {}
    copies = {}
    for place in sorted(folder.iterdir()):
        if not place.is_dir():
            continue
        language = read_language(place / "language.toml")
        languages[language.tag] = language
        for path in sorted(place.glob("*.toml")):
            if path.name != "language.toml":
                copy = read_copy(path)
                for audience in (copy.audience, *copy.also_to):
                    copies[copy.about, audience, language.tag] = replace(copy, audience=audience)
    catalogue = Catalogue(languages, copies)
    check_same_meaning(catalogue)
    return catalogue


def read_language(path: Path) -> Language:
    said = tomllib.loads(path.read_text())
    return Language(
        said["tag"], said["direction"], tuple(said["days"]), tuple(said["months"]), said["words"], said.get("scopes", {})
    )


def read_copy(path: Path) -> Copy:
    said: dict[str, Any] = tomllib.loads(path.read_text())
    facts = tuple(FactCopy(**fact) for fact in said.pop("facts"))
    copy = Copy(
        about=said["about"], audience=PartyKind(said["audience"]), state=CopyState(said["state"]), title=said["title"],
        what_happened=tuple(said["what_happened"]), facts=facts, what_you_can_do=tuple(said["what_you_can_do"]),
        by_when=said.get("by_when"), reply=said.get("reply", False),
        also_to=tuple(PartyKind(kind) for kind in said.get("also_to", ())),
    )
    known = {fact.name for fact in facts if not fact.optional} | MEANT_EVERYWHERE
    for line in (*copy.what_happened, *copy.what_you_can_do, copy.by_when or ""):
        for _, name, _, _ in Formatter().parse(line):
            if name is not None and name not in known:
                raise BrokenCopy(f"{path.parent.name}/{path.name}: {{{name}}} is no fact of this message")
    return copy


def check_same_meaning(catalogue: Catalogue) -> None:
    """Every language says the same facts as English; labels differ, facts do not."""
    english = catalogue.languages["en"]
    for language in catalogue.languages.values():
        if language.words.keys() != english.words.keys():
            odd = sorted(language.words.keys() ^ english.words.keys())
            raise BrokenCopy(f"{language.tag}/language.toml: {', '.join(odd)}")
    for (about, audience, tag), copy in catalogue.copies.items():
        model = catalogue.copies.get((about, audience, "en"))
        if model is None or meaning(model) != meaning(copy):
            raise BrokenCopy(f"{tag}/{about} for {audience} does not mean what the English means")


def meaning(copy: Copy) -> tuple[object, ...]:
    return copy.reply, [(fact.name, fact.kind, fact.private, fact.optional) for fact in copy.facts]
