"""A council's own recordings and films of messages, over HTTP: what there is, putting in, taking away, and having one."""
import base64
import binascii
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi import Path as InPath
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from services.notifier.domain.contact import PartyKind
from services.notifier.domain.media import MOST_BYTES, MOST_LETTERS, Kind, Medium, Offered, Slot
from services.notifier.ports import Begin, Clock, Press
from services.notifier.ports.media import NoSuchMedium, Studio
from services.notifier.usecases import media
from services.notifier.usecases.media import NotWhole
from services.notifier.usecases.translating import bring_up_to_date
from shared.contracts import Council, LanguageTag
from shared.runtime.http import PROBLEM_RESPONSES, FieldProblem, Problem

AboutOf = Annotated[str, InPath(pattern=r"^[a-z0-9_]{1,60}$")]


def in_base64(typed: str) -> str:
    try:
        base64.b64decode(typed, validate=True)
    except binascii.Error:
        raise ValueError("this is not base64: send the file's bytes in base64") from None
    return typed


InBase64 = Annotated[str, Field(max_length=MOST_BYTES * 4 // 3 + 4), AfterValidator(in_base64)]


class MediumIn(BaseModel):
    """A film has a file and captions, or the address of a film with captions in it; a recording has a file. Each has words."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    transcript: Annotated[str, Field(max_length=MOST_LETTERS, description="What is said in it, word for word")]
    called: Annotated[str, Field(max_length=80, description="Of a film: what its link is called in a message")] = ""
    link: Annotated[str | None, Field(max_length=500, description="Where a film is that is not kept here")] = None
    link_has_captions: bool = False
    file: Annotated[InBase64 | None, Field(description="Its bytes, in base64")] = None
    captions: Annotated[str | None, Field(max_length=MOST_LETTERS * 4, description="WebVTT, of a film that is kept here")] = None
    by: Annotated[UUID, Field(description="The account of who puts it in")]

    def offered(self) -> Offered:
        return Offered(
            self.transcript, self.called, self.link or None, self.link_has_captions,
            base64.b64decode(self.file) if self.file else None, self.captions,
        )


class MediumOut(BaseModel):
    """`stale`: the words of its message are others now, so it is not used."""

    media_id: UUID
    kind: Kind
    about: str
    audience: PartyKind
    language: str
    title: str
    """Of its message, in its language."""
    stale: bool
    transcript: str
    called: str
    link: str | None
    media_type: str | None
    put_in_by: UUID
    put_in_at: datetime


class OfMessageOut(BaseModel):
    to_be_said: str
    """What somebody reads aloud or signs. Facts are not in it: they are another each time."""
    media: list[MediumOut]


def router(begin: Begin, press: Press, studio: Studio, clock: Clock) -> APIRouter:
    api = APIRouter(prefix="/councils/{council}/media", tags=["messages"], responses=PROBLEM_RESPONSES)

    def out(one: Medium) -> MediumOut:
        copy, slot = studio.copy_of(one.council, one.slot), one.slot
        return MediumOut(
            media_id=one.media_id, kind=slot.kind, about=slot.about, audience=slot.audience, language=slot.language,
            title=copy.title, stale=not one.still_says(copy), transcript=one.transcript, called=one.called, link=one.link,
            media_type=one.media_type, put_in_by=one.put_in_by, put_in_at=one.put_in_at,
        )

    async def known(council: str, media_id: UUID) -> Medium:
        async with begin() as work:
            await bring_up_to_date(council, press, work)
            return await work.media.of(council, media_id)

    @api.get("/{media_id}")
    async def one(council: Council, media_id: UUID) -> MediumOut:
        return out(await known(council, media_id))

    @api.get("/{media_id}/file", response_class=Response)
    async def file(council: Council, media_id: UUID) -> Response:
        medium = await known(council, media_id)
        async with begin() as work:
            body = await work.media.body(council, media_id)
        if body is None:
            raise NoSuchMedium
        return Response(body, media_type=medium.media_type)

    @api.get("/{media_id}/captions", response_class=Response)
    async def captions(council: Council, media_id: UUID) -> Response:
        found = (await known(council, media_id)).captions
        if found is None:
            raise NoSuchMedium
        return Response(found, media_type="text/vtt; charset=utf-8")

    @api.get("/of/{about}/{audience}/{language}")
    async def of_message(council: Council, about: AboutOf, audience: PartyKind, language: LanguageTag) -> OfMessageOut:
        """What there is of one message in one language, and what is to be said in it."""
        async with begin() as work:
            await bring_up_to_date(council, press, work)
            found = await work.media.all(council)
        wanted = (about, audience, language)
        ours = [one for one in found if (one.slot.about, one.slot.audience, one.slot.language) == wanted]
        said = studio.to_be_said(council, Slot(about, audience, language, Kind.RECORDING))
        return OfMessageOut(to_be_said=said, media=[out(one) for one in ours])

    @api.put("/of/{about}/{audience}/{language}/{kind}")
    async def put_in(
        council: Council, about: AboutOf, audience: PartyKind, language: LanguageTag, kind: Kind, said: MediumIn
    ) -> MediumOut:
        """Refused until it is whole: nothing of it is kept before. It takes the place of the one before."""
        slot, offered = Slot(about, audience, language, kind), said.offered()
        try:
            body = await media.as_it_is_sent(kind, offered, studio)
        except NotWhole as wrong:
            raise not_whole(wrong) from None
        async with begin() as work:
            await bring_up_to_date(council, press, work)
            return out(await media.put_in(council, slot, offered, body, said.by, studio, clock(), work))

    @api.delete("/of/{about}/{audience}/{language}/{kind}", status_code=204)
    async def take_away(council: Council, about: AboutOf, audience: PartyKind, language: LanguageTag, kind: Kind) -> None:
        async with begin() as work:
            await media.take_away(council, Slot(about, audience, language, kind), work)

    return api


def not_whole(wrong: NotWhole) -> Problem:
    errors = [
        FieldProblem(field=name, problem=problem, remedy="Put this right, then put it in again.")
        for name, problem in wrong.problems.items()
    ]
    return Problem(422, "This cannot be put in yet", "Nothing was changed. See errors.", errors=errors)
