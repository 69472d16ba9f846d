"""How a party is reached, over HTTP: record it, read it, stop and start."""
import asyncio
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from services.notifier.api.contact_shapes import ContactIn, ContactOfPartyIn, ContactOut, out, said_of
from services.notifier.domain.contact import Contact, PartyId
from services.notifier.domain.hours import NeverSafe
from services.notifier.ports import Begin, Clock, PartyUnknown, Work
from services.notifier.usecases import erasing, reaching
from shared.contracts import Council
from shared.runtime.http import PROBLEM_RESPONSES, FieldProblem, Problem

ACKNOWLEDGE_WITHIN = 30.0  # seconds; longer than any channel's call
LOOK_EVERY = 0.05  # seconds


class BulkOut(BaseModel):
    recorded: int


class ContactsOut(BaseModel):
    """A page of records, each as it could be recorded again in bulk."""

    items: list[ContactOfPartyIn]
    total: int
    page: int
    pages: int


class VersionOut(BaseModel):
    """How they wished to be reached then. Numbers and addresses are only in the record as it is now."""

    version: int
    changed_at: datetime
    wishes: dict[str, Any]


class ToAskOut(BaseModel):
    party_id: UUID
    kind: str
    confirmed_on: date | None
    ask_again_on: date


class StoppedOut(BaseModel):
    stopped_at: datetime


class StartedOut(BaseModel):
    stopped_at: Literal[None] = None


async def until_nothing_in_hand(council: str, party_ids: list[UUID], begin: Begin) -> None:
    """Waits for sends that had begun: after this returns, nothing leaves."""
    async with asyncio.timeout(ACKNOWLEDGE_WITHIN):
        while True:
            async with begin() as work:
                if not sum([await work.deliveries.in_hand(council, party_id) for party_id in party_ids]):
                    return
            await asyncio.sleep(LOOK_EVERY)


async def acknowledged(council: str, party_ids: list[UUID], begin: Begin) -> None:
    """Raises a problem when a send that had begun does not come to an end: never a stop, or a *never*, that may not be one."""
    try:
        await until_nothing_in_hand(council, party_ids, begin)
    except TimeoutError:
        raise Problem(
            503, "Recorded, but one message had already begun to leave",
            "Nothing new will be sent against it. Ask again to be sure of the last.",
        ) from None


async def keep(said: ContactIn, council: str, party_id: UUID, where: str, now: datetime, work: Work) -> Contact:
    """`where`: what stands before the field's name in a problem."""
    try:
        return await reaching.record(
            said.contact(council, party_id), said.stopped, now, work, said.hear_of_gaps, left_out=said.left_out, seen=said.version
        )
    except NeverSafe:
        problem = "All safe times lie in the quiet hours, so nothing could ever reach them."
        error = FieldProblem(field=f"{where}safe_times", problem=problem, remedy="Change the safe times or the quiet hours.")
        raise Problem(422, "Some of this cannot be", "Nothing was changed. See errors.", errors=[error]) from None


def router(begin: Begin, clock: Clock) -> APIRouter:
    api = APIRouter(prefix="/councils/{council}", tags=["how parties are reached"], responses=PROBLEM_RESPONSES)

    @api.put("/parties/{party_id}/contact")
    async def record(council: Council, party_id: UUID, said: ContactIn) -> ContactOut:
        async with begin() as work:
            contact = await keep(said, council, party_id, "", clock(), work)
        if contact.stopped_at or contact.never:  # either may be about somebody's safety
            await acknowledged(council, [party_id], begin)
        return out(contact)

    @api.get("/parties/{party_id}/contact")
    async def read(council: Council, party_id: UUID) -> ContactOut:
        async with begin() as work:
            contact = await work.contacts.of(council, PartyId(party_id))
        if contact is None:
            raise PartyUnknown
        return out(contact)

    @api.get("/parties/{party_id}/contact/versions")
    async def versions(council: Council, party_id: UUID) -> list[VersionOut]:
        """How they wished to be reached, newest first."""
        async with begin() as work:
            kept = await work.contacts.versions(council, PartyId(party_id))
        if not kept:
            raise PartyUnknown
        return [VersionOut(version=number, changed_at=at, wishes=dict(wishes)) for number, at, wishes in kept]

    @api.delete("/parties/{party_id}/contact", status_code=204)
    async def erase(council: Council, party_id: UUID) -> None:
        """For somebody who asks to be forgotten: the record, every version of it, and the words of what was sent to them go.
        That there were messages, and how they ended, stays, without words. Tell them before you ask for this."""
        async with begin() as work:
            await reaching.stop(council, PartyId(party_id), clock(), work)
        await acknowledged(council, [party_id], begin)
        async with begin() as work:
            await erasing.erase(council, PartyId(party_id), clock(), work)

    @api.get("/contacts")
    async def all_of_them(
        council: Council, page: Annotated[int, Query(ge=1, le=100_000)] = 1, size: Annotated[int, Query(ge=1, le=1_000)] = 200
    ) -> ContactsOut:
        """Every record, to take away: by number, each as `POST /contacts/bulk` takes it."""
        async with begin() as work:
            found, total = await work.contacts.page(council, page, size)
        return ContactsOut(items=[said_of(one) for one in found], total=total, page=page, pages=max(1, -(-total // size)))

    @api.get("/contacts/to-ask")
    async def to_ask(
        council: Council, on: date | None = None, size: Annotated[int, Query(ge=1, le=1_000)] = 200
    ) -> list[ToAskOut]:
        """Whose record is to be asked about again by this day (left out: today), longest ago first."""
        async with begin() as work:
            found = await work.contacts.to_ask(council, on or clock().date(), size)
        return [
            ToAskOut(party_id=one.party_id, kind=one.kind, confirmed_on=one.confirmed_on, ask_again_on=one.ask_again_on)
            for one in found if one.ask_again_on
        ]

    @api.post("/contacts/bulk")
    async def record_many(council: Council, said: Annotated[list[ContactOfPartyIn], Field(max_length=10_000)]) -> BulkOut:
        """All of them, or, when one is wrong, none."""
        async with begin() as work:
            # one order of locks: two bulks never wait for each other
            for at, one in sorted(enumerate(said), key=lambda one: one[1].party_id):
                await keep(one, council, one.party_id, f"{at}.", clock(), work)
        await acknowledged(council, [one.party_id for one in said if one.stopped or one.never], begin)
        return BulkOut(recorded=len(said))

    @api.post("/parties/{party_id}/stop")
    async def stop(council: Council, party_id: UUID) -> StoppedOut:
        """Answers only once nothing more will reach them."""
        async with begin() as work:
            contact = await reaching.stop(council, PartyId(party_id), clock(), work)
        await acknowledged(council, [party_id], begin)
        assert contact.stopped_at is not None
        return StoppedOut(stopped_at=contact.stopped_at)

    @api.post("/parties/{party_id}/start")
    async def start(council: Council, party_id: UUID) -> StartedOut:
        async with begin() as work:
            await reaching.start(council, PartyId(party_id), clock(), work)
        return StartedOut()

    return api
