"""Every message of the catalogue, filled with made-up facts and made as it would be for somebody."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.notifier.domain.contact import Contact, Format, Method, PartyId, PartyKind, Preference
from services.notifier.domain.gallery import Exhibit, File, Form, InLanguage, Listed, Ready, Shown, way_of
from services.notifier.domain.message import About, Artefact, BusinessKey, Message
from services.notifier.domain.pages import page_of
from services.notifier.domain.planning import Cannot
from services.notifier.domain.samples import ADDRESS, LINK_CODE, NAME, SHORT_CODE, given_for
from services.notifier.domain.wording import Content, Copy, NoWords, ReplyWays
from services.notifier.ports import NotMade
from services.notifier.ports.gallery import NoSuchExhibit, NotThereYet
from services.notifier.renderers import easy_read, prose, text, voice
from services.notifier.renderers.catalogue import Catalogue
from services.notifier.renderers.letter import file_name
from services.notifier.renderers.press import Presses

NOBODY = UUID(int=0)
PDF, BRF, PEF = "application/pdf", "application/x-brf", "application/x-pef+xml"


@dataclass(frozen=True)
class Gallery:
    press: Presses

    def words(self, council: str) -> Catalogue:
        return self.press.words_of(council)

    def listed(self, council: str) -> Sequence[Listed]:
        words = self.words(council)
        told = sorted((about, audience) for about, audience, tag in words.copies if tag == "en")
        return [self.one(words, about, audience) for about, audience in told]

    def one(self, words: Catalogue, about: str, audience: PartyKind) -> Listed:
        english = words.copies.get((about, audience, "en"))
        if english is None:
            raise NoSuchExhibit
        tags = sorted(words.languages, key=lambda tag: (tag != "en", tag))
        return Listed(about, audience, english.title, {
            tag: InLanguage(copy.state) if (copy := words.copies.get((about, audience, tag))) else InLanguage.MISSING
            for tag in tags
        })  # fmt: skip

    async def shown(self, council: str, about: str, audience: PartyKind, language: str, size: int, now: datetime) -> Shown:
        words = self.words(council)
        listed = self.one(words, about, audience)
        if language not in words.languages:
            raise NoSuchExhibit
        message = self.message(council, about, audience, language, now)
        content = self.content(message, language, now) if message else None
        english = self.message(council, about, audience, "en", now)
        assert english is not None
        script = Exhibit(Form.PHONE, Ready.MADE, self.press.script(english, contact_of(english), now))
        exhibits = tuple([
            script if form is Form.PHONE else await self.exhibit(message, content, form, language, size, now) for form in Form
        ])
        return Shown(listed, language, words.languages[language].direction, exhibits, page_of(content) if content else None)

    async def exhibit(
        self, message: Message | None, content: Content | None, form: Form, language: str, size: int, now: datetime
    ) -> Exhibit:
        way = way_of(form, language, size)
        if way is None:
            return Exhibit(form, Ready.NO_FORM)
        if message is None or content is None:
            return Exhibit(form, Ready.NO_WORDS)
        if self.press.obstacle(message, way) is Cannot.NO_FORMAT or not await self.can_be_printed(content, way, now):
            return Exhibit(form, Ready.NO_FORM)
        if form is Form.TEXT:
            said = text.words_of(content)
            return Exhibit(form, Ready.MADE, said, text.segments(said), files_of(way))
        said = script_of(content, form)
        return Exhibit(form, Ready.MADE, said, files=files_of(way))

    async def can_be_printed(self, content: Content, way: Preference, now: datetime) -> bool:
        """A letter is the one form of which nobody knows before whether our letters have every shape of a script."""
        if way.method is not Method.LETTER or way.format not in (Format.PLAIN, Format.LARGE_PRINT):
            return True
        try:
            await self.press.form(content, way, ADDRESS, now)
        except NotMade:
            return False
        return True

    async def file(
        self, council: str, about: str, audience: PartyKind, language: str, form: Form, name: str, size: int, now: datetime
    ) -> Artefact:
        words = self.words(council)
        self.one(words, about, audience)
        if language not in words.languages:
            raise NoSuchExhibit
        message, way = self.message(council, about, audience, language, now), way_of(form, language, size)
        if message is None or way is None or self.press.obstacle(message, way) is Cannot.NO_FORMAT:
            raise NotThereYet
        try:
            _, made = await self.press.make(message, contact_of(message, way), way, self.reply(), now)
        except NotMade as problem:
            raise NotThereYet from problem
        found = next((one for one in made if one.name == name), None)
        if found is None:
            raise NotThereYet
        return found

    def message(self, council: str, about: str, audience: PartyKind, language: str, now: datetime) -> Message | None:
        """None: there are no words for it in this language."""
        copy = self.words(council).copies.get((about, audience, language))
        return sample_of(council, copy, language, now) if copy else None

    def content(self, message: Message, language: str, now: datetime) -> Content | None:
        try:
            return self.press.content(message, language, contact_of(message), self.reply(), now)
        except NoWords:
            return None

    def reply(self) -> ReplyWays:
        return self.press.reply_ways(LINK_CODE, SHORT_CODE)


def sample_of(council: str, copy: Copy, language: str, now: datetime) -> Message:
    key = BusinessKey(PartyId(NOBODY), "preview", NOBODY, "1")
    return Message(council, NOBODY, key, copy.about, copy.audience, given_for(copy, language, now), About(), now)


def contact_of(message: Message, *ways: Preference, name: str = NAME) -> Contact:
    address = (name, *ADDRESS[1:])
    return Contact(message.council, PartyId(NOBODY), message.audience, name, ways, postal_address=address)


def script_of(content: Content, form: Form) -> str:
    if form is Form.EASY_READ:
        return easy_read.words_of(content)
    return voice.script(content) if form is Form.AUDIO else prose.plain(content)


def files_of(way: Preference) -> tuple[File, ...]:
    match way.method, way.format:
        case Method.TEXT, _:
            return (File("message.txt", "text/plain; charset=utf-8"),)
        case Method.EMAIL, _:
            return (File("message.txt", "text/plain; charset=utf-8"), File("message.html", "text/html; charset=utf-8"))
        case _, Format.EASY_READ:
            return (File(easy_read.FILE, PDF),)
        case _, Format.AUDIO:
            return (File("message.mp3", "audio/mpeg"),)
        case _, (Format.BRAILLE | Format.BRAILLE_GRADE_1):
            return (File("message.brf", BRF), File("message.pef", PEF))
        case _:
            return (File(file_name(way.point_size), PDF),)
