"""What the portal asks the notifier about translations: what there is, one beside its English, keeping, signing off, asking."""
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from pydantic import TypeAdapter

from services.portal.clients.asking import Asker, Heard


class Row(Heard):
    language: str
    about: str
    audience: str
    title: str
    standing: str
    version: int = 0
    signed_by: UUID | None = None
    signed_at: datetime | None = None
    asked_of: UUID | None = None


class Language(Heard):
    tag: str
    direction: str = "ltr"
    messages: tuple[Row, ...] = ()

    def how_many(self, standing: str) -> int:
        return sum(row.standing == standing for row in self.messages)


class Passage(Heard):
    name: str
    english: str
    said: str = ""
    problem: str | None = None


class Version(Heard):
    version: int
    written_by: UUID
    written_at: datetime
    signed_by: UUID | None = None
    signed_at: datetime | None = None


class Sheet(Row):
    direction: str = "ltr"
    passages: tuple[Passage, ...] = ()
    characters: int = 0
    segments: int | None = None
    not_shown: str = ""
    versions: tuple[Version, ...] = ()

    @property
    def people(self) -> set[UUID]:
        """Everybody named on it."""
        named = {self.asked_of, *(one.written_by for one in self.versions), *(one.signed_by for one in self.versions)}
        return {one for one in named if one}


LANGUAGES = TypeAdapter(tuple[Language, ...])


class Translations:
    def __init__(self, asker: Asker) -> None:
        self.asker = asker

    async def languages(self, council: str) -> tuple[Language, ...]:
        return await self.asker.ask(LANGUAGES, "GET", f"/councils/{council}/translations")

    async def begin(self, council: str, language: str, by: UUID) -> None:
        await self.asker.send("PUT", f"/councils/{council}/translations/{quote(language, safe='')}", body={"by": str(by)})

    async def sheet(self, council: str, language: str, about: str, audience: str) -> Sheet:
        return await self.asker.ask(Sheet, "GET", where(council, language, about, audience))

    async def keep(self, council: str, row: Row, passages: Mapping[str, str], *, seen: int, by: UUID, sign_off: bool) -> Sheet:
        body = {"passages": dict(passages), "seen": seen, "by": str(by), "sign_off": sign_off}
        return await self.asker.ask(Sheet, "PUT", where(council, row.language, row.about, row.audience), body=body)

    async def ask(self, council: str, row: Row, of: UUID | None, by: UUID) -> None:
        body = {"of": str(of) if of else None, "by": str(by)}
        await self.asker.send("PUT", f"{where(council, row.language, row.about, row.audience)}/asked", body=body)


def where(council: str, language: str, about: str, audience: str) -> str:
    return f"/councils/{council}/translations/{quote(language, safe='')}/{quote(about, safe='')}/{quote(audience, safe='')}"
