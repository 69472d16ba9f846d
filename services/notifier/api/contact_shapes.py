"""A contact record as it is said over HTTP, checked field by field."""
import unicodedata
from datetime import date, datetime, time
from typing import Annotated, Literal, Self, get_args
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from services.notifier.domain.contact import (
    A_YEAR,
    QUIET_FROM,
    QUIET_TO,
    Contact,
    Format,
    HowOften,
    Method,
    PartyId,
    PartyKind,
    Preference,
    SafeTime,
    SupporterCopy,
    Topic,
)
from services.notifier.domain.standard import need_from, needs_of
from shared.contracts import LanguageTag
from shared.vocabulary import contact_points

Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
DAYS: tuple[Day, ...] = get_args(Day)
STAYS = ("safe_times", "shared_post", "needs", "copies", "ask_again_on", "list_news")


def on_one_line(typed: str) -> str:
    """Line ends and signs no name has become spaces: nothing begins its own line in a letter or the head of an email."""
    kept = (" " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter for letter in typed)
    return " ".join("".join(kept).split())


Line = BeforeValidator(lambda typed: on_one_line(typed) if isinstance(typed, str) else typed)
Phone = Annotated[str, Field(min_length=3, max_length=30), AfterValidator(contact_points.phone)]
Email = Annotated[str, Field(min_length=3, max_length=320), AfterValidator(contact_points.email)]
Need = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(need_from)]


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


class SafeTimeIO(BaseModel):
    """On these days, from `begins` until before `ends`, by London's clock."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    days: Annotated[list[Day], Field(min_length=1, max_length=7)]
    begins: time
    ends: time

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        if self.begins >= self.ends:
            raise ValueError("ends must be later than begins: for a night, write one time for each of its two days")
        return self


class SupporterCopyIO(BaseModel):
    """A supporter who is told too, and of what."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    supporter_id: UUID
    topics: Annotated[list[Topic], Field(min_length=1, max_length=len(Topic))]


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
    safe_times: Annotated[
        list[SafeTimeIO] | None,
        Field(max_length=20, description="The only times at which anything but a letter may reach them. Left out: as it was"),
    ] = None
    shared_post: Annotated[
        bool | None,
        Field(description="Somebody else opens their post: a letter says only that there is a message. Left out: as it was"),
    ] = None
    needs: Annotated[
        list[Need] | None,
        Field(
            max_length=40,
            description="What they need when they talk with somebody: codes, or labels word for word, of the Accessible "
            "Information Standard's communication professionals and communication support. Left out: as it was",
        ),
    ] = None
    copies: Annotated[
        list[SupporterCopyIO] | None,
        Field(max_length=20, description="Supporters who are told too, topic by topic. For people. Left out: as it was"),
    ] = None
    confirmed_on: date | None = None
    ask_again_on: Annotated[
        date | None, Field(description="When we ask whether this is still right. Left out: a year after it was confirmed")
    ] = None
    version: Annotated[
        int | None, Field(ge=0, description="The version this was written over; 0 = none. Refused when another is there now")
    ] = None
    hear_of_gaps: Annotated[
        bool | None,
        Field(description="A PA asks to be told, once a week at most, where PAs are wanted near them. Left out: as it was"),
    ] = None

    list_news: Annotated[
        HowOften | None,
        Field(description="How often a person is told that their list changed. Left out: as it was, at first once a day"),
    ] = None

    @model_validator(mode="after")
    def only_pas_hear_of_gaps(self) -> Self:
        if self.hear_of_gaps and self.kind is not PartyKind.PA:
            raise ValueError("hear_of_gaps is for PAs: leave it out, or say kind pa")
        return self

    @model_validator(mode="after")
    def only_people_have_copies(self) -> Self:
        if self.copies and self.kind is not PartyKind.PERSON:
            raise ValueError("copies are for people: leave them out, or say kind person")
        if len({copy.supporter_id for copy in self.copies or ()}) < len(self.copies or ()):
            raise ValueError("copies name a supporter twice: put their topics together")
        return self

    @model_validator(mode="after")
    def asked_again_later(self) -> Self:
        if self.ask_again_on and self.confirmed_on and self.ask_again_on <= self.confirmed_on:
            raise ValueError("ask_again_on must be later than confirmed_on")
        return self

    @property
    def left_out(self) -> frozenset[str]:
        """What stays as it was recorded: an older caller does not know of these, and must not undo somebody's safety."""
        return frozenset(name for name in STAYS if getattr(self, name) is None)

    def contact(self, council: str, party_id: UUID) -> Contact:
        return Contact(
            council=council, party_id=PartyId(party_id), kind=self.kind, address_as=self.address_as,
            preferences=tuple(Preference(p.method, p.format, p.language, p.point_size) for p in self.preferences),
            phone=self.phone, email=self.email, postal_address=tuple(self.postal_address), quiet_from=self.quiet_from,
            quiet_to=self.quiet_to, never=frozenset(self.never), discreet=self.discreet,
            confirmed_on=self.confirmed_on, shown_as=self.shown_as,
            safe_times=tuple(
                SafeTime(frozenset(DAYS.index(day) for day in one.days), one.begins, one.ends) for one in self.safe_times or ()
            ),
            shared_post=bool(self.shared_post), needs=tuple(dict.fromkeys(self.needs or ())),
            copies=tuple(SupporterCopy(copy.supporter_id, frozenset(copy.topics)) for copy in self.copies or ()),
            list_news=self.list_news or HowOften.DAILY,
            ask_again_on=self.ask_again_on or (self.confirmed_on and self.confirmed_on + A_YEAR),
        )


class ContactOfPartyIn(ContactIn):
    party_id: UUID


class StandardOut(BaseModel):
    """One need as the Accessible Information Standard has it."""

    category: str
    label: str
    snomed: str


class ContactOut(ContactIn):
    """`closed`: methods whose address or number turned out not to work, until it is another or is confirmed anew.

    `unchecked`: methods whose number or address is new, and where nobody has said yet that it is theirs."""

    party_id: UUID
    closed: list[Method]
    unchecked: list[Method]
    version: int
    stopped_at: datetime | None
    standard: list[StandardOut]
    """All that the record says, in the Standard's own labels."""


def out(c: Contact) -> ContactOut:
    needs = [StandardOut(category=one.category, label=one.label, snomed=one.snomed) for one in needs_of(c)]
    return ContactOut(
        **said_of(c).model_dump(exclude={"version", "stopped"}), version=c.version, stopped=c.stopped_at is not None,
        stopped_at=c.stopped_at, closed=sorted(c.closed), unchecked=sorted(c.awaited), standard=needs,
    )


def said_of(c: Contact) -> ContactOfPartyIn:
    """As it would be recorded again: of somebody who is not stopped it says nothing, so that an old copy starts nobody."""
    return ContactOfPartyIn(
        party_id=c.party_id, kind=c.kind, address_as=c.address_as, shown_as=c.shown_as,
        preferences=[
            PreferenceIO(method=p.method, format=p.format, language=p.language, point_size=p.point_size) for p in c.preferences
        ],
        phone=c.phone, email=c.email, postal_address=list(c.postal_address), quiet_from=c.quiet_from, quiet_to=c.quiet_to,
        never=sorted(c.never), discreet=c.discreet, stopped=True if c.stopped_at else None, confirmed_on=c.confirmed_on,
        safe_times=[
            SafeTimeIO(days=[DAYS[day] for day in sorted(one.days)], begins=one.begins, ends=one.ends) for one in c.safe_times
        ],
        shared_post=c.shared_post, needs=list(c.needs), ask_again_on=c.ask_again_on, hear_of_gaps=c.hear_of_gaps,
        list_news=c.list_news,
        copies=[SupporterCopyIO(supporter_id=copy.supporter_id, topics=sorted(copy.topics)) for copy in c.copies],
    )
