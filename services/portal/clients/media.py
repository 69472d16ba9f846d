"""What the portal asks the notifier about a council's own recordings and films of messages."""
import base64
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from services.portal.clients.asking import Asker, Heard


class Medium(Heard):
    media_id: UUID
    kind: str
    about: str
    audience: str
    language: str
    title: str
    stale: bool
    transcript: str
    called: str = ""
    link: str | None = None
    media_type: str | None = None
    put_in_by: UUID
    put_in_at: datetime


class OfMessage(Heard):
    to_be_said: str
    media: tuple[Medium, ...]


class Media:
    def __init__(self, asker: Asker) -> None:
        self.asker = asker

    async def of_message(self, council: str, about: str, audience: str, language: str) -> OfMessage:
        """Raises NotThere where the message has no words in this language."""
        return await self.asker.ask(OfMessage, "GET", where(council, "of", about, audience, language))

    async def one(self, council: str, media_id: UUID) -> Medium:
        return await self.asker.ask(Medium, "GET", where(council, str(media_id)))

    async def file(self, council: str, media_id: UUID) -> tuple[bytes, str]:
        """The bytes and their media type."""
        answer = await self.asker.send("GET", where(council, str(media_id), "file"))
        return answer.content, answer.headers.get("content-type", "application/octet-stream")

    async def captions(self, council: str, media_id: UUID) -> bytes:
        return (await self.asker.send("GET", where(council, str(media_id), "captions"))).content

    async def put_in(
        self, council: str, about: str, audience: str, language: str, kind: str, *, transcript: str, called: str, link: str,
        link_has_captions: bool, file: bytes, captions: str, by: UUID,
    ) -> None:
        """Raises Refused with what is not whole, by field."""
        body = {
            "transcript": transcript, "called": called, "link": link or None, "link_has_captions": link_has_captions,
            "file": base64.b64encode(file).decode() if file else None, "captions": captions or None, "by": str(by),
        }
        await self.asker.send("PUT", where(council, "of", about, audience, language, kind), body=body)

    async def take_away(self, council: str, about: str, audience: str, language: str, kind: str) -> None:
        await self.asker.send("DELETE", where(council, "of", about, audience, language, kind))


def where(council: str, *parts: str) -> str:
    return "/".join([f"/councils/{council}/media", *[quote(part, safe="") for part in parts]])
