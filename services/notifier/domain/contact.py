"""How one party is reached: what they asked for, in their order, and what must never be done."""
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NewType
from uuid import UUID

PartyId = NewType("PartyId", UUID)

QUIET_FROM = time(20, 0)
QUIET_TO = time(8, 0)
A_YEAR = timedelta(days=365)
"""After it they are asked again whether all is still right, where they chose no other day."""
"""Nothing rings or buzzes from eight in the evening to eight in the morning, London time, unless asked otherwise."""


class Method(StrEnum):
    """How to reach somebody: the Accessible Information Standard's 'specific contact method'."""

    TEXT = "text"
    EMAIL = "email"
    LETTER = "letter"
    PHONE = "phone"
    VISIT = "visit"


class Format(StrEnum):
    """In what form: the Standard's 'specific information format'."""

    PLAIN = "plain"
    LARGE_PRINT = "large_print"
    EASY_READ = "easy_read"
    AUDIO = "audio"
    BRAILLE = "braille"
    """Contracted (grade 2)."""
    BRAILLE_GRADE_1 = "braille_grade_1"
    """Uncontracted: every letter is there."""
    BSL_VIDEO = "bsl_video"
    MAKATON_VIDEO = "makaton_video"
    """A film that the council made. The language is that of the words beside it."""
    VERBAL = "verbal"


class PartyKind(StrEnum):
    PERSON = "person"
    PA = "pa"
    SUPPORTER = "supporter"
    STAFF = "staff"


class Topic(StrEnum):
    """What a supporter may be told of too, when the person chooses so."""

    LISTS = "lists"
    MEETINGS = "meetings"
    SHARED_JOBS = "shared_jobs"


class HowOften(StrEnum):
    """How often a person is told that their list changed."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


BY_A_PERSON = frozenset({Method.PHONE, Method.VISIT})
"""No machine speaks to people on these: a contact task asks somebody to, in whatever language it takes."""

HEARD_AT_ONCE = frozenset({Method.TEXT, Method.PHONE})
"""These disturb, so they wait for the quiet hours to end. Letters, emails and visits do not ring at night."""


IN_BRAILLE = frozenset({Format.BRAILLE, Format.BRAILLE_GRADE_1})
"""Made here, but nothing here embosses it: by post it goes through a braille house, which the contact team asks."""


SIGNED = frozenset({Format.BSL_VIDEO, Format.MAKATON_VIDEO})


@dataclass(frozen=True, slots=True)
class Preference:
    """One recorded way: three axes that never stand in for each other."""

    method: Method
    format: Format
    language: str
    point_size: int | None = None
    """Large print only: the smallest letter they can read, in points (the Standard codes 20, 24 and 28; 16 is the least)."""


@dataclass(frozen=True, slots=True)
class SafeTime:
    """On these days (Monday is 0), from `begins` until before `ends`, by London's clock."""

    days: frozenset[int]
    begins: time
    ends: time


@dataclass(frozen=True, slots=True)
class SupporterCopy:
    """A supporter the person wants told too, and of what. It gives them no right: that is the delegation's."""

    supporter_id: UUID
    topics: frozenset[Topic]


@dataclass(frozen=True, slots=True)
class Contact:
    """What one party recorded. The order of `preferences` is theirs; nothing outside it is ever used."""

    council: str
    party_id: PartyId
    kind: PartyKind
    address_as: str
    preferences: tuple[Preference, ...]
    phone: str | None = None
    """E.164."""
    email: str | None = None
    postal_address: tuple[str, ...] = ()
    quiet_from: time = QUIET_FROM
    quiet_to: time = QUIET_TO
    """Equal times mean no quiet hours."""
    never: frozenset[Method] = frozenset()
    closed: frozenset[Method] = frozenset()
    """Ways whose address or number turned out not to work. Open again once it is another, or confirmed anew."""
    unchecked: Mapping[Method, int] = field(default_factory=dict)
    """Ways whose number or address is new, and where nobody has said yet that it is theirs; with the version it came with."""
    check_asked_at: datetime | None = None
    """When the newest of them was asked."""
    discreet: bool = False
    safe_times: tuple[SafeTime, ...] = ()
    """The only times at which anything may reach them. None: any time outside the quiet hours."""
    shared_post: bool = False
    """Somebody else opens their post, so a letter says only that there is a message."""
    needs: tuple[str, ...] = ()
    """What they need when they talk with somebody: SNOMED CT codes of the Standard's communication professionals and support."""
    copies: tuple[SupporterCopy, ...] = ()
    stopped_at: datetime | None = None
    confirmed_on: date | None = None
    ask_again_on: date | None = None
    """From this day on we ask whether all this is still right."""
    shown_as: str | None = None
    """The name the other side may be told once both said yes; None = no name is told."""
    hear_of_gaps: bool = False
    """A PA asked to be told where help is wanted near them."""
    list_news: HowOften = HowOften.DAILY
    version: int = 1

    def point(self, method: Method) -> str | None:
        """Where a message goes by this method; None = we do not know."""
        match method:
            case Method.EMAIL:
                return self.email
            case Method.TEXT | Method.PHONE:
                return self.phone
            case Method.LETTER | Method.VISIT:
                return "\n".join(self.postal_address) or None

    def close(self, method: Method) -> "Contact":
        """By this method only: a number that takes no texts may well be rung, and somebody who rings notices."""
        return replace(self, closed=self.closed | {method}, version=self.version + 1) if method not in self.closed else self

    @property
    def awaited(self) -> frozenset[Method]:
        """Ways at which somebody may still say that it is theirs."""
        return frozenset(self.unchecked.keys() - self.closed)

    def checked(self, method: Method) -> "Contact":
        """Somebody there says that it is theirs."""
        left = {way: version for way, version in self.unchecked.items() if way is not method}
        return replace(self, unchecked=left, version=self.version + 1) if method in self.unchecked else self

    def still_right(self, on: date) -> "Contact":
        """They say that all of it stands as it is."""
        return replace(self, confirmed_on=on, ask_again_on=on + A_YEAR, version=self.version + 1)

    def still_closed(self, held: "Contact") -> frozenset[Method]:
        """What stays closed when this record takes the place of `held`: keeping the same address again proves nothing."""
        if self.confirmed_on and self.confirmed_on != held.confirmed_on:
            return frozenset()
        return frozenset(method for method in held.closed if self.point(method) == held.point(method))

    def stop(self, now: datetime) -> "Contact":
        return self if self.stopped_at else replace(self, stopped_at=now, version=self.version + 1)

    def start(self) -> "Contact":
        return replace(self, stopped_at=None, version=self.version + 1) if self.stopped_at else self


def first_by_post(contact: Contact | None) -> bool:
    """Whether the first way they recorded is a letter, which takes some days."""
    return contact is not None and contact.preferences[:1] != () and contact.preferences[0].method is Method.LETTER
