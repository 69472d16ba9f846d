"""How a party is reached, over HTTP: record it, read it, stop and start."""
import asyncio
import unicodedata
from datetime import date, datetime, time
from typing import Annotated, Literal, Self
from uuid import UUID

from fastapi import APIRouter
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from services.notifier.domain.contact import QUIET_FROM, QUIET_TO, Contact, Format, Method, PartyId, PartyKind, Preference
from services.notifier.ports import Begin, Clock, PartyUnknown
from services.notifier.usecases import reaching
from shared.contracts import Council, LanguageTag
from shared.runtime.http import Problem
from shared.vocabulary import contact_points

ACKNOWLEDGE_WITHIN = 30.0  # seconds; longer than any channel's call
LOOK_EVERY = 0.05  # seconds


def on_one_line(typed: str) -> str:
    """Line ends and signs no name has become spaces: nothing begins its own line in a letter or the head of an email."""
    kept = (" " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter for letter in typed)
    return " ".join("".join(kept).split())


Line = BeforeValidator(lambda typed: on_one_line(typed) if isinstance(typed, str) else typed)
Phone = Annotated[str, Field(min_length=3, max_length=30), AfterValidator(contact_points.phone)]
Email = Annotated[str, Field(min_length=3, max_length=320), AfterValidator(contact_points.email)]


class PreferenceIO(BaseModel):
    """One way to be reached: how, in what form, in what language."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    method: Method
    format: Format
    language: LanguageTag
    point_size: Annotated[int | None, Field(ge=16, le=28, description="large print only, in points")] = None

    @model_validator(mode="after")
    def size_for_large_print_only(self) -> Self:
        if (self.format is Format.LARGE_PRINT) != (self.point_size is not None):
            raise ValueError("point_size goes with large_print, and only with it: from 16 to 28")
        return self


class ContactIn(BaseModel):
    """How one party is reached. The order of preferences is the party's own."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    kind: PartyKind
    address_as: Annotated[str, Line, Field(min_length=1, max_length=100)]
    shown_as: Annotated[
        Annotated[str, Line, Field(min_length=1, max_length=100)] | None,
        Field(description="The name the other side may be told once both said yes"),
    ] = None
    preferences: Annotated[list[PreferenceIO], Field(max_length=12)] = []
    phone: Phone | None = None
    email: Email | None = None
    postal_address: Annotated[list[Annotated[str, Line, Field(min_length=1, max_length=60)]], Field(max_length=7)] = []
    quiet_from: Annotated[time, Field(description="Nothing rings from this time (London)…")] = QUIET_FROM
    quiet_to: Annotated[time, Field(description="…until this one. Equal times: no quiet hours")] = QUIET_TO
    never: list[Method] = []
    discreet: bool = False
    stopped: Annotated[bool | None, Field(description="Left out: as it was, so that keeping a record starts nothing")] = None
    confirmed_on: date | None = None
    hear_of_gaps: Annotated[
        bool | None,
        Field(description="A PA asks to be told, once a week at most, where PAs are wanted near them. Left out: as it was"),
    ] = None

    @model_validator(mode="after")
    def only_pas_hear_of_gaps(self) -> Self:
        if self.hear_of_gaps and self.kind is not PartyKind.PA:
            raise ValueError("hear_of_gaps is for PAs: leave it out, or say kind pa")
        return self

    def contact(self, council: str, party_id: UUID) -> Contact:
        return Contact(
            council=council, party_id=PartyId(party_id), kind=self.kind, address_as=self.address_as,
            preferences=tuple(Preference(p.method, p.format, p.language, p.point_size) for p in self.preferences),
            phone=self.phone, email=self.email, postal_address=tuple(self.postal_address), quiet_from=self.quiet_from,
            quiet_to=self.quiet_to, never=frozenset(self.never), discreet=self.discreet,
            confirmed_on=self.confirmed_on, shown_as=self.shown_as,
        )


class ContactOfPartyIn(ContactIn):
    party_id: UUID


class ContactOut(ContactIn):
    """`closed`: methods whose address or number turned out not to work, until it is another or is confirmed anew."""

    party_id: UUID
    closed: list[Method]
    version: int
    stopped_at: datetime | None


class BulkOut(BaseModel):
    recorded: int


class StoppedOut(BaseModel):
    stopped_at: datetime


class StartedOut(BaseModel):
    stopped_at: Literal[None] = None


def out(c: Contact) -> ContactOut:
    return ContactOut(
        party_id=c.party_id, version=c.version, kind=c.kind, address_as=c.address_as, shown_as=c.shown_as,
        preferences=[
            PreferenceIO(method=p.method, format=p.format, language=p.language, point_size=p.point_size) for p in c.preferences
        ],
        phone=c.phone, email=c.email, postal_address=list(c.postal_address), quiet_from=c.quiet_from, quiet_to=c.quiet_to,
        never=sorted(c.never), closed=sorted(c.closed), discreet=c.discreet, stopped=c.stopped_at is not None,
        stopped_at=c.stopped_at, confirmed_on=c.confirmed_on, hear_of_gaps=c.hear_of_gaps,
    )


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


def router(begin: Begin, clock: Clock) -> APIRouter:
    api = APIRouter(prefix="/councils/{council}", tags=["how parties are reached"])

    @api.put("/parties/{party_id}/contact")
    async def record(council: Council, party_id: UUID, said: ContactIn) -> ContactOut:
        async with begin() as work:
            contact = await reaching.record(said.contact(council, party_id), said.stopped, clock(), work, said.hear_of_gaps)
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

    @api.post("/contacts/bulk")
    async def record_many(council: Council, said: Annotated[list[ContactOfPartyIn], Field(max_length=10_000)]) -> BulkOut:
        """All of them, or, when one is wrong, none."""
        async with begin() as work:
            for one in sorted(said, key=lambda one: one.party_id):  # one order of locks: two bulks never wait for each other
                await reaching.record(one.contact(council, one.party_id), one.stopped, clock(), work, one.hear_of_gaps)
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
