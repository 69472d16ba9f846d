"""A council's own recordings and films of a message: read by a person, in British Sign Language, or in Makaton. Never made by us.

They hold what a message always says. What is different each time (the facts) stands beside a film, and is read by the computer
voice after a recording. One counts only while the words of its message are those it was made of.
"""
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import NAMESPACE_URL, UUID, uuid5

from services.notifier.domain.contact import Format, PartyKind
from services.notifier.domain.translation import mark, of_copy, placeholders
from services.notifier.domain.wording import Copy, Language, Places, help_lines

EVERYWHERE = frozenset({"list_link", "sender"})
"""Placeholders that mean the same in every message of a council."""
MOST_BYTES = 15_000_000
"""A longer film is put where the council has its films, and its address is put down here."""
MOST_LETTERS = 20_000
QUICKEST = 5.0
"""Words a second that nobody outdoes who wants to be understood: a recording is at least so long."""
CUE = re.compile(r"(\d\d:)?\d\d:\d\d\.\d{3} --> (\d\d:)?\d\d:\d\d\.\d{3}")
FILMS = {b"ftyp": (4, "video/mp4"), b"\x1a\x45\xdf\xa3": (0, "video/webm")}
"""How the files of the two kinds that browsers show begin, and where."""


class Kind(StrEnum):
    RECORDING = "recording"
    BSL_VIDEO = "bsl_video"
    MAKATON_VIDEO = "makaton_video"


OF_FORMAT = {
    Format.AUDIO: Kind.RECORDING, Format.BSL_VIDEO: Kind.BSL_VIDEO, Format.MAKATON_VIDEO: Kind.MAKATON_VIDEO,
}


@dataclass(frozen=True, slots=True)
class Slot:
    """One message to one audience, in one language (of a film: that of its captions), as one kind."""

    about: str
    audience: PartyKind
    language: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Medium:
    council: str
    slot: Slot
    words: str
    """The mark of the words it was made of."""
    transcript: str
    called: str
    """What its link is called in a message, for example 'Watch this in BSL'; empty for a recording."""
    link: str | None
    """Where a film is that is not kept here."""
    media_type: str | None
    captions: str | None
    """WebVTT, for a film that is kept here."""
    put_in_by: UUID
    put_in_at: datetime

    @property
    def media_id(self) -> UUID:
        """The same for the newest of its slot, so that a link in an older message shows the newest."""
        return medium_id(self.council, self.slot)

    def still_says(self, copy: Copy) -> bool:
        return self.words == mark(of_copy(copy))


def medium_id(council: str, slot: Slot) -> UUID:
    return uuid5(NAMESPACE_URL, f"{council}/{slot.about}/{slot.audience}/{slot.language}/{slot.kind}")


def whole_by_itself(copy: Copy) -> bool:
    """Whether a recording can say all of it: nothing in it is another each time."""
    return not copy.facts and not copy.reply


def to_be_said(copy: Copy, language: Language, places: Places) -> str:
    """What somebody reads aloud or signs: every sentence but those with a fact in them, which nobody knows beforehand."""
    values = {"list_link": places.list_link, "sender": places.sender}
    sentences = (*copy.what_happened, *copy.what_you_can_do, *([copy.by_when] if copy.by_when else []))
    always = [line.format(**values) for line in sentences if placeholders(line) <= EVERYWHERE]
    return "\n".join([copy.title, *always, *help_lines(language, places)])


@dataclass(frozen=True, slots=True)
class Offered:
    """What somebody wants to put in."""

    transcript: str
    called: str = ""
    link: str | None = None
    link_has_captions: bool = False
    body: bytes | None = None
    captions: str | None = None


def problems(kind: Kind, offered: Offered) -> dict[str, str]:
    """What keeps it from being put in, by field, in words for whoever wants to."""
    found = {}
    if not offered.transcript.strip():
        found["transcript"] = "Write down what is said, word for word"
    if offered.body is not None and len(offered.body) > MOST_BYTES:
        found["file"] = f"The file is too big. The most is {MOST_BYTES // 1_000_000} MB"
    if kind is not Kind.RECORDING:
        return {**of_a_film(offered), **found}
    return found if offered.body else {**found, "file": "Choose the recording"}


def of_a_film(offered: Offered) -> Mapping[str, str]:
    found = {}
    if not offered.called.strip():
        found["called"] = "Write what the link is called, for example: Watch this in BSL"
    if bool(offered.body) == bool(offered.link):
        found["file"] = "Choose a film, or write the address of one. Not both"
    elif offered.body:
        if film_type(offered.body) is None:
            found["file"] = "Choose a film in MP4 or WebM: browsers show no other"
        if not has_captions(offered.captions):
            found["captions"] = "Choose the file of captions (WebVTT, with at least one caption)"
    elif offered.link:
        if not offered.link.startswith("https://"):
            found["link"] = "Write the whole address, beginning with https://"
        if not offered.link_has_captions:
            found["link_has_captions"] = "Put captions on the film first, then tick this"
    return found


def film_type(body: bytes) -> str | None:
    return next((kind for begins, (at, kind) in FILMS.items() if body[at : at + len(begins)] == begins), None)


def has_captions(captions: str | None) -> bool:
    return captions is not None and captions.removeprefix("\ufeff").startswith("WEBVTT") and bool(CUE.search(captions))


def long_enough(seconds: float, transcript: str) -> bool:
    return seconds >= len(transcript.split()) / QUICKEST
