"""What the portal asks the registry: a PA's profile, and the name on a card."""
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from pydantic import Field, TypeAdapter, field_validator

from services.portal.clients.asking import Asker, Heard


class Language(Heard):
    tag: str
    label: str = ""
    spoken: str | None = None
    read: str | None = None
    signed: str | None = None
    confirmed: bool = True
    typed: str | None = None


class Said(Heard):
    """Something a PA said of themselves."""

    code: str
    label: str = ""
    has: bool = True
    until: date | None = None
    confirmed: bool = True


class DaysAway(Heard):
    """Both ends included."""

    first: date
    last: date


class Suggestion(Heard):
    code: str
    label: str


class Question(Heard):
    """Something typed that was not understood well enough to count: it is asked, never guessed."""

    number: int
    field: str
    about: str = "word"
    """`level`: which language it is, is known; how well it is used was not said."""
    typed: str
    code: str | None = None
    """What is kept unconfirmed until the answer."""
    suggestions: tuple[Suggestion, ...] = ()


class Profile(Heard):
    profile_id: UUID
    revision: int
    state: str
    chosen_name: str
    about_me: str | None = None
    free_from: date | None = None
    outcode: str | None = None
    postcode: str | None = None
    travel: str = "bus"
    furthest_miles: float | None = None
    languages: tuple[Language, ...] = ()
    practices: tuple[Said, ...] = ()
    skills: tuple[Said, ...] = ()
    tasks: tuple[Said, ...] = ()
    interests: tuple[Said, ...] = ()
    limits: tuple[Said, ...] = ()
    smokes: bool | None = None
    faith: str | None = None
    culture: str | None = None
    sex: str | None = None
    consents: tuple[str, ...] = ()
    availability_words: str = ""
    week: str = "0" * 168
    sleep_ins: bool | None = None
    away: tuple[DaysAway, ...] = ()
    hours_least: float | None = None
    hours_most: float | None = None
    short_notice: bool | None = None
    few_people: bool | None = None
    rate: float | None = None
    age_band: str | None = None
    employment: str | None = None
    confirmed_on: date | None = None
    pauses_on: date | None = None
    """It pauses by itself on this day, or later, unless they say before that it is true."""
    paused_itself_on: date | None = None
    asked: tuple[Question, ...] = ()

    @field_validator(
        "languages", "practices", "skills", "tasks", "interests", "limits", "consents", "away", "asked", mode="before"
    )
    @classmethod
    def nothing_is_an_empty_list(cls, value: object) -> object:
        return () if value is None else value


class Card(Heard):
    profile_id: UUID
    chosen_name: str
    about_me: str | None = None


class Row(Heard):
    profile_id: UUID
    chosen_name: str
    state: str
    outcode: str | None = None
    revision: int
    confirmed_on: date | None = None


class Rows(Heard):
    items: tuple[Row, ...]
    total: int
    page: int = 1
    pages: int = Field(default=1)


CARDS = TypeAdapter(tuple[Card, ...])
CARDS_AT_ONCE = 50


class Registry:
    def __init__(self, asker: Asker) -> None:
        self.asker = asker

    async def profile(self, council: str, profile_id: UUID) -> Profile:
        return await self.asker.ask(Profile, "GET", f"/councils/{council}/profiles/{profile_id}")

    async def revise(self, council: str, profile_id: UUID, changes: Mapping[str, object], revision: int | None) -> Profile:
        """`revision`: the one the form showed. Refused with 412 when somebody changed the profile meanwhile."""
        headers = {"If-Match": str(revision)} if revision else None
        return await self.asker.ask(Profile, "PATCH", f"/councils/{council}/profiles/{profile_id}", body=changes, headers=headers)

    async def answer_question(self, council: str, profile_id: UUID, number: int, code: str | None) -> Profile:
        """`code` None: none of the suggestions; the word is left out."""
        path = f"/councils/{council}/profiles/{profile_id}/questions/{number}"
        return await self.asker.ask(Profile, "POST", path, body={"code": code})

    async def pause(self, council: str, profile_id: UUID, until: date | None) -> Profile:
        body = {"until": until.isoformat()} if until else {}
        return await self.asker.ask(Profile, "POST", f"/councils/{council}/profiles/{profile_id}/pause", body=body)

    async def resume(self, council: str, profile_id: UUID) -> Profile:
        return await self.asker.ask(Profile, "POST", f"/councils/{council}/profiles/{profile_id}/resume", body={})

    async def confirm(self, council: str, profile_id: UUID) -> Profile:
        return await self.asker.ask(Profile, "POST", f"/councils/{council}/profiles/{profile_id}/confirm", body={})

    async def cards(self, council: str, profile_ids: Iterable[UUID], purpose: str) -> dict[UUID, Card]:
        """Names by id. Every look-up says what the name is for."""
        wanted, found = sorted(set(profile_ids)), {}
        for start in range(0, len(wanted), CARDS_AT_ONCE):
            ids = ",".join(str(one) for one in wanted[start : start + CARDS_AT_ONCE])
            cards = await self.asker.ask(CARDS, "GET", f"/councils/{council}/cards", params={"ids": ids, "purpose": purpose})
            found.update({card.profile_id: card for card in cards})
        return found

    async def rows(self, council: str, *, state: str = "", page: int = 1, size: int = 25) -> Rows:
        params: dict[str, str | int] = {"page": page, "size": size} | ({"state": state} if state else {})
        return await self.asker.ask(Rows, "GET", f"/councils/{council}/profiles", params=params)
