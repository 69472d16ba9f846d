"""How the notifier remembers translations, and who was asked to see to which."""
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from services.notifier.domain.message import Message
from services.notifier.domain.translation import Translation, Unit
from services.notifier.store.messages import to_message
from services.notifier.store.statements import sql
from shared.runtime.postgres import Connection


class PostgresTranslations:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def edition(self, council: str) -> int:
        return int(await self.connection.fetchval(sql.translation_edition, council) or 0)

    async def change(self, council: str) -> None:
        await self.connection.execute(sql.next_translation_edition, council)

    async def newest(self, council: str) -> Sequence[Translation]:
        return [to_translation(row) for row in await self.connection.fetch(sql.newest_translations, council)]

    async def versions(self, council: str, language: str, unit: Unit) -> Sequence[Translation]:
        rows = await self.connection.fetch(sql.translation_versions, council, language, unit.about, unit.audience)
        return [to_translation(row) for row in rows]

    async def add(self, translation: Translation) -> None:
        t = translation
        await self.connection.execute(
            sql.add_translation, t.council, t.language, t.unit.about, t.unit.audience, t.version, dict(t.passages), t.english,
            t.written_by, t.written_at, t.signed_by, t.signed_at,
        )

    async def asked(self, council: str) -> Mapping[tuple[str, Unit], UUID]:
        rows = await self.connection.fetch(sql.translations_asked, council)
        return {(row["language"], Unit(row["about"], row["audience"])): row["asked_of"] for row in rows}

    async def ask(self, council: str, language: str, unit: Unit, of: UUID | None, by: UUID, now: datetime) -> None:
        key = (council, language, unit.about, unit.audience)
        if of is None:
            await self.connection.execute(sql.ask_translation_of_nobody, *key)
        else:
            await self.connection.execute(sql.ask_translation, *key, of, by, now)

    async def written_in(self, council: str, language: str, about: str | None) -> Sequence[Message]:
        return [to_message(row) for row in await self.connection.fetch(sql.written_in, council, language, about)]


def to_translation(row: Record) -> Translation:
    return Translation(
        row["council"], row["language"], Unit(row["about"], row["audience"]), row["version"], row["passages"], row["english"],
        row["written_by"], row["written_at"], row["signed_by"], row["signed_at"],
    )
