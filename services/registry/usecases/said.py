"""What somebody says of a PA, as they type it: words or codes. A field that is absent was not said; None takes it back."""
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TypedDict
from uuid import UUID

from services.registry.domain.consent import Facet, How
from services.registry.domain.values import AgeBand, Employment, Level, State, Travel


class LanguageSaid(TypedDict, total=False):
    tag: str | None
    name: str | None
    spoken: Level | None
    read: Level | None
    signed: Level | None


class ThingSaid(TypedDict, total=False):
    code: str
    until: date | None


class SlotSaid(TypedDict):
    day: str
    start: str
    end: str


class AwaySaid(TypedDict):
    first: date
    last: date


Times = str | Sequence[SlotSaid] | None
Languages = str | Sequence[str | LanguageSaid] | None
Things = str | Sequence[str | ThingSaid] | None


class Said(TypedDict, total=False):
    profile_id: UUID | None
    ref: str | None
    chosen_name: str
    about_me: str | None
    postcode: str
    travel: Travel
    furthest_miles: Decimal | None
    languages: Languages
    practices: Things
    skills: Things
    tasks: Things
    will_not_do: Things
    interests: Things
    fine_with: Things
    cannot_be_with: Things
    smokes: bool | None
    faith: str | None
    culture: str | None
    sex: str | None
    consents: Sequence[Facet] | None
    consent_how: How
    availability: Times
    sleep_ins: bool | None
    away: Sequence[AwaySaid] | None
    hours_least: Decimal | None
    hours_most: Decimal | None
    short_notice: bool | None
    few_people: bool | None
    rate: Decimal | None
    age_band: AgeBand | None
    employment: Employment | None
    state: State
    free_from: date | None
    confirmed_on: date


ABOUT_THE_SAYING = frozenset({"profile_id", "ref", "consent_how"})
"""Which profile, and how; not what is said of it."""
