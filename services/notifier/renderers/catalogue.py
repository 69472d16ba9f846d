"""Reads the words of every message from `messages/<language>/`, and refuses words that do not fit their meaning."""
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from string import Formatter
from typing import Any, TypeAlias

from services.notifier.domain.contact import PartyKind
from services.notifier.domain.translation import mark, of_copy, of_language, problems
from services.notifier.domain.wording import Copy, CopyState, FactCopy, Idea, Language

FOLDER = Path(__file__).parent.parent / "messages"
MEANT_EVERYWHERE = {"list_link", "sender"}


class BrokenCopy(Exception):
    """A file of the catalogue says something its message does not mean."""


Originals: TypeAlias = Mapping[tuple[str, PartyKind, str], Copy]


@dataclass(frozen=True)
class Catalogue:
    languages: Mapping[str, Language]
    copies: Mapping[tuple[str, PartyKind, str], Copy]
    """By (about, audience, language tag)."""
    originals: Originals
    """The same as written: each once, however many audiences are told it."""

    def copy(self, about: str, audience: PartyKind, tag: str) -> Copy | None:
        """The words in this language, or in the language it is a variety of (`en-GB` reads `en`); None = there are none."""
        return self.copies.get((about, audience, tag)) or self.copies.get((about, audience, tag.split("-")[0]))

    def language(self, tag: str) -> Language:
        """Whole: what a draft does not say yet is in English, so that it can be looked at. A draft is never sent."""
        language = self.languages.get(tag) or self.languages[tag.split("-")[0]]
        english = self.languages["en"]
        return replace(language, words={**english.words, **language.words}, scopes={**english.scopes, **language.scopes})


def read(folder: Path = FOLDER) -> Catalogue:
    languages = {}
    originals = {}
    for place in sorted(folder.iterdir()):
        if not place.is_dir():
            continue
        language = read_language(place / "language.toml")
        languages[language.tag] = language
        for path in sorted(place.glob("*.toml")):
            if path.name != "language.toml":
                copy = read_copy(path)
                originals[copy.about, copy.audience, language.tag] = copy
    check_same_meaning(languages, originals)
    return settled(languages, originals)


def settled(languages: Mapping[str, Language], originals: Originals) -> Catalogue:
    """Every copy for each audience it is told to: a draft, unless its words and what its language shares are both signed off."""
    copies = {}
    shared = {tag: signed_off(tag, language, of_language(languages["en"])) for tag, language in languages.items()}
    for (about, told, tag), copy in originals.items():
        ready = shared[tag] and signed_off(tag, copy, of_copy(originals[about, told, "en"]))
        for audience in (copy.audience, *copy.also_to):
            copies[about, audience, tag] = replace(
                copy, audience=audience, state=CopyState.REVIEWED if ready else CopyState.DRAFT
            )
    return Catalogue(languages, copies, originals)


def signed_off(tag: str, words: Copy | Language, english: Mapping[str, str]) -> bool:
    """A translation counts only beside the very English it was signed off beside."""
    return words.state is CopyState.REVIEWED and (tag == "en" or words.against == mark(english))


def read_language(path: Path) -> Language:
    said = tomllib.loads(path.read_text())
    return Language(
        said["tag"], said["direction"], tuple(said["days"]), tuple(said["months"]), said["words"], said.get("scopes", {}),
        CopyState(said["state"]), said.get("against"),
    )


def read_copy(path: Path) -> Copy:
    said: dict[str, Any] = tomllib.loads(path.read_text())
    facts = tuple(FactCopy(**fact) for fact in said.pop("facts"))
    copy = Copy(
        about=said["about"], audience=PartyKind(said["audience"]), state=CopyState(said["state"]), title=said["title"],
        what_happened=tuple(said["what_happened"]), facts=facts, what_you_can_do=tuple(said["what_you_can_do"]),
        by_when=said.get("by_when"), reply=said.get("reply", False),
        answers=tuple(said.get("answers", ())), answer_words=tuple(said.get("answer_words", ())),
        also_to=tuple(PartyKind(kind) for kind in said.get("also_to", ())), opening=said.get("opening", "what_happened"),
        easy=tuple(Idea(**idea) for idea in said.get("easy", ())),
        against=said.get("against"),
    )
    known = {fact.name for fact in facts if not fact.optional} | MEANT_EVERYWHERE
    for line in (*copy.what_happened, *copy.what_you_can_do, copy.by_when or ""):
        for _, name, _, _ in Formatter().parse(line):
            if name is not None and name not in known:
                raise BrokenCopy(f"{path.parent.name}/{path.name}: {{{name}}} is no fact of this message")
    return copy


def check_same_meaning(languages: Mapping[str, Language], originals: Originals) -> None:
    """Every language says the same facts as English, in passages with the same placeholders; words differ, facts do not.
    Phrases that English has anew may be missing from what a draft's messages share."""
    for tag, language in languages.items():
        said, english = of_language(language), of_language(languages["en"])
        to_come = english.keys() - said.keys() if language.state is CopyState.DRAFT else set()
        refuse(f"{tag}/language.toml", problems({name: english[name] for name in english.keys() - to_come}, said))
    for (about, audience, tag), copy in originals.items():
        model = originals.get((about, audience, "en"))
        if model is None or meaning(model) != meaning(copy):
            raise BrokenCopy(f"{tag}/{about} for {audience} does not mean what the English means")
        refuse(f"{tag}/{about} for {audience}", problems(of_copy(model), of_copy(copy)))


def refuse(where: str, found: Mapping[str, str]) -> None:
    if found:
        raise BrokenCopy(f"{where}: " + "; ".join(f"{name}: {problem}" for name, problem in sorted(found.items())))


def meaning(copy: Copy) -> tuple[object, ...]:
    facts = [(fact.name, fact.kind, fact.private, fact.optional, fact.if_room) for fact in copy.facts]
    return copy.reply, len(copy.answer_words), copy.also_to, copy.opening, facts
