"""Every message in every form and language, filled with made-up facts by the notifier; and leaflets to send."""
from collections.abc import Mapping
from urllib.parse import quote
from uuid import UUID

from pydantic import TypeAdapter

from services.portal.clients.asking import Asker, Heard
from services.portal.clients.notifier import Page


class Listed(Heard):
    about: str
    audience: str
    title: str
    languages: Mapping[str, str]
    """Tag -> reviewed, draft or missing."""


class File(Heard):
    name: str
    media_type: str


class Exhibit(Heard):
    form: str
    ready: str
    words: str | None = None
    segments: int | None = None
    files: tuple[File, ...] = ()


class Shown(Listed):
    language: str
    direction: str
    forms: tuple[Exhibit, ...]
    page: Page | None = None


class Leaflet(Heard):
    about: str
    title: str


class Sent(Heard):
    sent: bool


LEAFLETS = TypeAdapter(tuple[Leaflet, ...])
LISTED = TypeAdapter(tuple[Listed, ...])


class Gallery:
    def __init__(self, asker: Asker) -> None:
        self.asker = asker

    async def listed(self, council: str) -> tuple[Listed, ...]:
        return await self.asker.ask(LISTED, "GET", f"/councils/{council}/gallery")

    async def shown(self, council: str, about: str, audience: str, language: str, size: int) -> Shown:
        """Raises NotThere."""
        path = f"/councils/{council}/gallery/{quote(about, safe='')}/{quote(audience, safe='')}"
        return await self.asker.ask(Shown, "GET", path, params={"language": language, "size": size})

    async def file(
        self, council: str, about: str, audience: str, form: str, name: str, language: str, size: int
    ) -> tuple[bytes, str]:
        """The bytes and their media type. Raises NotThere, or Refused where it is not there in this form or language yet."""
        parts = "/".join(quote(part, safe="") for part in (about, audience, form, name))
        answer = await self.asker.send(
            "GET", f"/councils/{council}/gallery/{parts}", params={"language": language, "size": size}
        )
        return answer.content, answer.headers.get("content-type", "application/octet-stream")

    async def leaflets(self, council: str, party_id: UUID) -> tuple[Leaflet, ...]:
        """Raises NotThere where they have not said yet how they are told things."""
        return await self.asker.ask(LEAFLETS, "GET", f"/councils/{council}/parties/{party_id}/leaflets")

    async def send_leaflet(self, council: str, party_id: UUID, about: str) -> bool:
        """False: it was sent earlier today. Raises NotThere, or Refused where they said stop."""
        path = f"/councils/{council}/parties/{party_id}/leaflets"
        return (await self.asker.ask(Sent, "POST", path, body={"about": about})).sent
