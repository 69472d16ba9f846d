"""Every message in every form and language, filled with made-up facts, to be looked at. Nothing of it is ever sent."""
from dataclasses import dataclass
from enum import StrEnum

from services.notifier.domain.contact import Format, Method, PartyKind, Preference
from services.notifier.domain.pages import Page


class Form(StrEnum):
    """What a message can be looked at as, in the order it is shown in."""

    TEXT = "text"
    EMAIL = "email"
    LETTER = "letter"
    LARGE_PRINT = "large_print"
    EASY_READ = "easy_read"
    AUDIO = "audio"
    BRAILLE = "braille"
    BRAILLE_GRADE_1 = "braille_grade_1"
    PHONE = "phone"
    """What a worker reads out, or has said by an interpreter: the script is in English whatever the language."""
    SIGN_VIDEO = "sign_video"
    """In BSL or Makaton: the council's own films, which are looked at on a page of their own."""


class Ready(StrEnum):
    MADE = "made"
    NO_FORM = "no_form"
    """We cannot make this form in this language yet."""
    NO_WORDS = "no_words"
    """The message, or something in it, has no words in this language yet."""


class InLanguage(StrEnum):
    REVIEWED = "reviewed"
    DRAFT = "draft"
    MISSING = "missing"


WAYS = {
    Form.TEXT: (Method.TEXT, Format.PLAIN),
    Form.EMAIL: (Method.EMAIL, Format.PLAIN),
    Form.LETTER: (Method.LETTER, Format.PLAIN),
    Form.LARGE_PRINT: (Method.LETTER, Format.LARGE_PRINT),
    Form.EASY_READ: (Method.LETTER, Format.EASY_READ),
    Form.AUDIO: (Method.LETTER, Format.AUDIO),
    Form.BRAILLE: (Method.LETTER, Format.BRAILLE),
    Form.BRAILLE_GRADE_1: (Method.LETTER, Format.BRAILLE_GRADE_1),
}
LEAST_SIZE, USUAL_SIZE, LARGEST_SIZE = 16, 18, 28


@dataclass(frozen=True, slots=True)
class Listed:
    about: str
    audience: PartyKind
    title: str
    """In English."""
    languages: dict[str, InLanguage]


@dataclass(frozen=True, slots=True)
class File:
    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One form of one message. Its files are made when they are asked for."""

    form: Form
    ready: Ready
    words: str | None = None
    segments: int | None = None
    """Of a text message: how many a network bills it as."""
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    listed: Listed
    language: str
    direction: str
    exhibits: tuple[Exhibit, ...]
    page: Page | None
    """As somebody reads it in the portal; None = it has no words, or not all, in this language."""


def way_of(form: Form, language: str, size: int) -> Preference | None:
    """None: this is not a thing that we make."""
    if form not in WAYS:
        return None
    method, kind = WAYS[form]
    return Preference(method, kind, language, size if kind is Format.LARGE_PRINT else None)
