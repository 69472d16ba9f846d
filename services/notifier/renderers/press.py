"""Makes a message into what its recorded way asks for, or says plainly that it cannot."""
import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from services.notifier.domain.asks import ASKS, put_by
from services.notifier.domain.checking import IS_THIS_YOU
from services.notifier.domain.closed_letters import says_nothing
from services.notifier.domain.contact import IN_BRAILLE, SIGNED, Contact, Format, Method, Preference
from services.notifier.domain.media import OF_FORMAT, Medium, Slot, whole_by_itself
from services.notifier.domain.message import Artefact, Message
from services.notifier.domain.pages import Page, page_of
from services.notifier.domain.planning import Cannot
from services.notifier.domain.questions import ASKED_IN
from services.notifier.domain.reply import shown
from services.notifier.domain.translation import Translation
from services.notifier.domain.wording import Content, CopyState, NoWords, Places, ReplyWays, compose
from services.notifier.ports import NotMade
from services.notifier.renderers import email, prose, text
from services.notifier.renderers.braille import Braille, writes
from services.notifier.renderers.catalogue import Catalogue
from services.notifier.renderers.letter import Letters
from services.notifier.renderers.translations import with_signed
from services.notifier.renderers.voice import Voice
from shared.vocabulary import gap_words, terms

MADE = frozenset({
    (Method.TEXT, Format.PLAIN),
    (Method.EMAIL, Format.PLAIN),
    (Method.EMAIL, Format.LARGE_PRINT),
    (Method.EMAIL, Format.EASY_READ),
    (Method.EMAIL, Format.AUDIO),
    (Method.LETTER, Format.PLAIN),
    (Method.LETTER, Format.LARGE_PRINT),
    (Method.LETTER, Format.EASY_READ),
    (Method.LETTER, Format.AUDIO),
    (Method.EMAIL, Format.BRAILLE),
    (Method.EMAIL, Format.BRAILLE_GRADE_1),
    (Method.LETTER, Format.BRAILLE),
    (Method.LETTER, Format.BRAILLE_GRADE_1),
    (Method.TEXT, Format.BSL_VIDEO),
    (Method.TEXT, Format.MAKATON_VIDEO),
    (Method.EMAIL, Format.BSL_VIDEO),
    (Method.EMAIL, Format.MAKATON_VIDEO),
})
"""What can be made now. Anything else is the next recorded way's, or a person's."""

METHODS = {
    Method.TEXT: "text message", Method.EMAIL: "email", Method.LETTER: "letter", Method.PHONE: "a phone call",
    Method.VISIT: "a visit",
}
FORMATS = {
    Format.PLAIN: "ordinary print", Format.LARGE_PRINT: "large print", Format.EASY_READ: "easy read", Format.AUDIO: "read aloud",
    Format.BRAILLE: "braille", Format.BRAILLE_GRADE_1: "uncontracted braille",
    Format.BSL_VIDEO: "a film in British Sign Language", Format.MAKATON_VIDEO: "a film in Makaton",
    Format.VERBAL: "told in words",
}


ASK_FOR_AN_ANSWER = "\nIf they are asked something: yes or no? On the telephone they can press 1 for yes, or 2 for no.\n"


@dataclass(frozen=True)
class Presses:
    catalogue: Catalogue
    places: Places
    reply_url: str
    letters: Letters
    voice: Voice
    braille: Braille
    editions: dict[str, tuple[int, Catalogue]] = field(default_factory=dict)
    """By council: the catalogue with the words its own people signed off."""
    media: dict[str, dict[Slot, Medium]] = field(default_factory=dict)
    """By council: its own recordings and films."""

    def edition(self, council: str) -> int:
        return self.editions[council][0] if council in self.editions else 0

    def learn(self, council: str, edition: int, kept: Sequence[Translation], media: Sequence[Medium] = ()) -> None:
        self.editions[council] = edition, with_signed(self.catalogue, kept)
        self.media[council] = {one.slot: one for one in media}

    def words_of(self, council: str) -> Catalogue:
        return self.editions[council][1] if council in self.editions else self.catalogue

    def obstacle(self, message: Message, preference: Preference) -> Cannot | None:
        if (preference.method, preference.format) not in MADE:
            return Cannot.NO_FORMAT
        if preference.format is Format.AUDIO and not self.can_be_heard(message, preference):
            return Cannot.NO_FORMAT
        if preference.format in SIGNED and self.medium(message, preference) is None:
            return Cannot.NO_FORMAT
        if preference.format in IN_BRAILLE and not writes(preference.language, preference.format):
            return Cannot.NO_FORMAT
        copy = self.words_of(message.council).copy(message.about, message.audience, preference.language)
        if copy and preference.format is Format.EASY_READ and not copy.easy:
            return Cannot.NO_FORMAT
        if copy is None or copy.state is not CopyState.REVIEWED:
            return Cannot.NO_COPY
        return None

    def medium(self, message: Message, preference: Preference) -> Medium | None:
        """The council's own recording or film of this message that counts: made of the words as they are now."""
        kind = OF_FORMAT.get(preference.format)
        copy = self.words_of(message.council).copy(message.about, message.audience, preference.language)
        if kind is None or copy is None:
            return None
        kept = self.media.get(message.council, {})
        for tag in (preference.language, preference.language.split("-")[0]):
            if (found := kept.get(Slot(message.about, message.audience, tag, kind))) and found.still_says(copy):
                return found
        return None

    def can_be_heard(self, message: Message, preference: Preference) -> bool:
        """By a voice of this language; or by a person alone, where nothing is left for a voice to say."""
        if self.voice.speaks(preference.language):
            return True
        copy = self.words_of(message.council).copy(message.about, message.audience, preference.language)
        return copy is not None and whole_by_itself(copy) and self.medium(message, preference) is not None

    def recording(self, message: Message, preference: Preference) -> UUID | None:
        found = self.medium(message, preference) if preference.format is Format.AUDIO else None
        return found.media_id if found else None

    def film(self, message: Message) -> Medium | None:
        return self.medium(message, message.made_for) if message.format in SIGNED and message.language else None

    def film_link(self, message: Message, preference: Preference) -> tuple[str, str] | None:
        found = self.medium(message, preference) if preference.format in SIGNED else None
        return (found.called, f"{self.reply_url}/watch/{message.council}/{found.media_id}") if found else None

    def title(self, message: Message) -> str:
        copy = self.catalogue.copy(message.about, message.audience, "en")
        assert copy is not None, message.about
        return copy.title

    def in_words(self, preference: Preference) -> str:
        size = f" at {preference.point_size} point" if preference.point_size else ""
        language = terms.label(terms.Kind.LANGUAGE, preference.language)
        return f"{METHODS[preference.method]}, {FORMATS[preference.format]}{size}, in {language}"

    def reply_ways(self, link_code: str, short_code: str) -> ReplyWays:
        return ReplyWays(f"{self.reply_url}/r/{link_code}", shown(short_code))

    async def make(
        self, message: Message, contact: Contact, preference: Preference, reply: ReplyWays | None, now: datetime,
        recording: bytes | None = None,
    ) -> tuple[str, Sequence[Artefact]]:
        try:
            content = self.content(message, preference.language, contact, reply, now)
        except (NoWords, KeyError) as lacking:  # KeyError: a fact that was not given
            raise NotMade("words") from lacking
        film, medium = self.film_link(message, preference), self.medium(message, preference)
        by_a_person = (recording, medium.transcript) if recording and medium else None
        if preference.format in SIGNED and film is None:
            raise NotMade("film")  # it was taken away, or its words changed, since this way was chosen
        match preference.method:
            case Method.TEXT:
                return content.title, text.render(content, film)
            case Method.EMAIL:
                plain = preference.format is Format.PLAIN or film is not None
                form = () if plain else await self.form(content, preference, (), now, by_a_person)
                return email.subject(content), email.render(content, preference.point_size, form, film)
            case _ if contact.shared_post:
                content = says_nothing(content)
                return content.title, await self.form(content, preference, contact.postal_address, now)
            case _:
                return content.title, await self.form(content, preference, contact.postal_address, now, by_a_person)

    async def form(
        self, content: Content, preference: Preference, address: tuple[str, ...], now: datetime,
        by_a_person: tuple[bytes, str] | None = None,
    ) -> tuple[Artefact, ...]:
        """The message in the recorded form by itself: what is posted, or attached to an email."""
        if preference.format is Format.AUDIO:
            return await self.voice.render(content, by_a_person)
        if preference.format in IN_BRAILLE:
            files = await self.braille.render(content, preference.format)
            return files if preference.method is Method.LETTER else files[:1]  # displays take BRF; PEF is for embossers
        sets = self.letters.easy_read if preference.format is Format.EASY_READ else self.letters.render
        try:
            return await asyncio.to_thread(sets, content, address, preference.point_size, now)
        except RuntimeError as refused:  # typst says why in words that may hold the letter's: they are not passed on
            raise NotMade("letter") from refused

    def script(self, message: Message, contact: Contact | None, now: datetime) -> str:
        try:
            reads = prose.plain(self.content(message, "en", contact, None, now))
        except (NoWords, KeyError):
            reads = f"{self.title(message)}\n\nThe rest could not be put into words. Please look at the plan first.\n"
        return reads + (ASK_FOR_AN_ANSWER if message.about in ASKED_IN or put_by(message.about) in ASKS else "")

    def page(self, message: Message, contact: Contact | None) -> Page | None:
        if message.language is None or message.written_at is None:
            return None
        copy = self.words_of(message.council).copy(message.about, message.audience, message.language)
        if copy is None or copy.state is not CopyState.REVIEWED:
            return None
        try:
            return page_of(self.content(message, message.language, contact, None, message.written_at))
        except (NoWords, KeyError):
            return None

    def content(
        self, message: Message, language: str, contact: Contact | None, reply: ReplyWays | None, now: datetime
    ) -> Content:
        words = self.words_of(message.council)
        copy = words.copy(message.about, message.audience, language)
        assert copy is not None, message.about
        spoken = words.language(language)
        address_as = contact.address_as if contact else ""
        if message.about == IS_THIS_YOU:
            address_as = spoken.words["somebody"]  # no name goes where we do not know who reads it
        return compose(
            copy, spoken, message.given, address_as=address_as,
            places=self.places, now=now, names=names, reply=reply, discreet=contact.discreet if contact else False,
        )


def names(kind: str, code: str, language: str) -> str | None:
    """Words for a code: the vocabulary's, which are English only."""
    if language != "en":
        return None
    if kind != "tasks":
        return gap_words.named(kind, code)
    known = terms.terms(terms.Kind.TASK).get(code)
    return known.label if known else None
