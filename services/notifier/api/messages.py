"""Messages, and what they were made into, over HTTP."""
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from services.notifier.api.pages import PageOfIt, page_out
from services.notifier.api.tasks import TaskOut, task_out
from services.notifier.domain.message import Artefact, Message
from services.notifier.domain.sign_in_code import NOT_SHOWN, is_code
from services.notifier.ports import Begin, Clock, MessageUnknown, Press, Work
from services.notifier.usecases.translating import bring_up_to_date
from shared.contracts import Council


class MessageOut(BaseModel):
    """One message to one party. `state`: waiting, written, handed_over, task, done_by_task, dropped."""

    message_id: UUID
    party_id: UUID
    about: str
    title: str
    state: str
    method: str | None
    format: str | None
    language: str | None
    point_size: int | None
    plan_id: UUID | None
    plan_revision: int | None
    introduction_id: UUID | None
    asked_at: datetime
    written_at: datetime | None
    handed_over_at: datetime | None
    dropped_why: str | None


class PageOut(BaseModel):
    items: list[MessageOut]
    total: int
    page: int
    pages: int


class ArtefactOut(BaseModel):
    name: str
    media_type: str
    size: int
    words: str
    """The same in plain text: the script of a recording, the words of a letter."""


class WholeMessageOut(MessageOut):
    artefacts: list[ArtefactOut]
    task: TaskOut | None
    page: PageOfIt | None
    """What it says, part by part, in the language it was made in; null = it was not made, or is a code."""
    film: UUID | None
    """The council's film that goes with it, in BSL or Makaton; null = it was made in another form."""


def shown(m: Message, press: Press) -> MessageOut:
    return MessageOut(
        message_id=m.message_id, party_id=m.party_id, about=m.about, title=m.title or press.title(m), state=m.state,
        method=m.method, format=m.format, language=m.language, point_size=m.point_size, plan_id=m.belongs.plan_id,
        plan_revision=m.belongs.plan_revision, introduction_id=m.belongs.introduction_id, asked_at=m.asked_at,
        written_at=m.written_at, handed_over_at=m.handed_over_at, dropped_why=m.dropped_why,
    )


def artefact_out(a: Artefact) -> ArtefactOut:
    return ArtefactOut(name=a.name, media_type=a.media_type, size=len(a.body), words=a.words)


async def shown_of(message: Message, work: Work) -> Sequence[Artefact]:
    """What was made of a message. Of a code, only that there was one: nobody but who asked for it may read it."""
    if is_code(message):
        return (Artefact("message.txt", "text/plain; charset=utf-8", NOT_SHOWN.encode(), NOT_SHOWN),)
    return await work.messages.artefacts(message.council, message.message_id)


def router(look: Begin, press: Press, clock: Clock) -> APIRouter:
    api = APIRouter(prefix="/councils/{council}", tags=["messages"])

    @api.get("/messages")
    async def page(
        council: Council, party_id: UUID | None = None, page: Annotated[int, Query(ge=1, le=100_000)] = 1,
        size: Annotated[int, Query(ge=1, le=200)] = 20,
    ) -> PageOut:
        """Newest first."""
        async with look() as work:
            found, total = await work.messages.page(council, party_id, page, size)
        return PageOut(items=[shown(m, press) for m in found], total=total, page=page, pages=max(1, -(-total // size)))

    @api.get("/messages/{message_id}")
    async def whole(council: Council, message_id: UUID) -> WholeMessageOut:
        async with look() as work:
            message = await work.messages.of(council, message_id)
            artefacts = await shown_of(message, work)
            task = await work.tasks.of_message(council, message_id)
            contact = await work.contacts.of(council, message.party_id)
            await bring_up_to_date(council, press, work)
        page = None if is_code(message) else press.page(message, contact)
        film = press.film(message)
        return WholeMessageOut(
            **shown(message, press).model_dump(), artefacts=[artefact_out(a) for a in artefacts],
            task=task_out(task, clock()) if task else None,
            page=page_out(page), film=film.media_id if film else None,
        )

    @api.get("/messages/{message_id}/artefacts/{name}", response_class=Response)
    async def artefact(council: Council, message_id: UUID, name: str) -> Response:
        async with look() as work:
            artefacts = await shown_of(await work.messages.of(council, message_id), work)
        for found in artefacts:
            if found.name == name:
                return Response(found.body, media_type=found.media_type, headers={"Cache-Control": "no-store"})
        raise MessageUnknown

    return api
