"""What the portal asks the matcher: who fits a plan and why, and introductions."""
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import TypeAdapter

from services.portal.clients.asking import Asker, Heard

Group = Literal["fitting", "near", "others", "all"]
Whose = Literal["plan_id", "profile_id", "person_id"]


class Counts(Heard):
    fitting: int
    near: int
    others: int
    in_scope: int


class Shortlist(Heard):
    plan_id: UUID
    person_id: UUID
    revision: int
    plan_revision: int
    rules_version: int
    day: date
    cause: Literal["plan", "profiles", "rules"]
    counts: Counts


class Lacking(Heard):
    criterion: str
    code: str
    text: str


class Reason(Heard):
    criterion: str
    strength: str | None = None
    code: str
    fit: int | None = None
    met: Literal["yes", "no", "unknown"]
    text: str
    params: dict[str, Any] = {}


class Match(Heard):
    profile_id: UUID
    profile_revision: int
    rank: int
    group: Literal["fitting", "near", "others"]
    score: int
    distance_m: int | None = None
    coverage: int | None = None
    confirmed_on: date | None = None
    unmet: tuple[Lacking, ...] = ()
    reasons: tuple[Reason, ...] = ()


class Matches(Heard):
    group: Group
    page: int
    pages: int
    total: int
    shortlist_revision: int
    counts: Counts
    items: tuple[Match, ...]


class Introduction(Heard):
    introduction_id: UUID
    plan_id: UUID
    person_id: UUID
    profile_id: UUID
    state: Literal["asked", "accepted", "declined", "expired", "withdrawn"]
    asked_by: Literal["person", "supporter"]
    asked_at: datetime
    answer_by: datetime
    route: str | None = None
    revision: int


class Lacked(Heard):
    """What keeps a PA out, said to them, and which of their own pages can change it."""

    code: str
    to_you: str
    change: str


class KeptOut(Lacked):
    times: int


class Standing(Heard):
    in_lists: int
    fitting: int
    near: int
    kept_out_by: tuple[KeptOut, ...] = ()


INTRODUCTIONS = TypeAdapter(tuple[Introduction, ...])


class Matcher:
    def __init__(self, asker: Asker) -> None:
        self.asker = asker

    async def shortlist(self, council: str, plan_id: UUID) -> Shortlist:
        """NotThere until the plan was ranked, which is moments after it was first told."""
        return await self.asker.ask(Shortlist, "GET", f"/councils/{council}/plans/{plan_id}/shortlist")

    async def matches(self, council: str, plan_id: UUID, group: Group, page: int = 1, size: int = 10) -> Matches:
        params: dict[str, str | int] = {"group": group, "page": page, "size": size}
        return await self.asker.ask(Matches, "GET", f"/councils/{council}/plans/{plan_id}/matches", params=params)

    async def ask_to_meet(self, council: str, plan_id: UUID, profile_id: UUID, asked_by: str) -> Introduction:
        body = {"profile_id": str(profile_id), "asked_by": asked_by}
        return await self.asker.ask(Introduction, "POST", f"/councils/{council}/plans/{plan_id}/introductions", body=body)

    async def introductions(self, council: str, of: Whose, one: UUID) -> tuple[Introduction, ...]:
        return await self.asker.ask(INTRODUCTIONS, "GET", f"/councils/{council}/introductions", params={of: str(one)})

    async def answer(self, council: str, introduction_id: UUID, answer: str) -> Introduction:
        path = f"/councils/{council}/introductions/{introduction_id}/answer"
        return await self.asker.ask(Introduction, "POST", path, body={"answer": answer, "route": "page"})

    async def withdraw(self, council: str, introduction_id: UUID) -> Introduction:
        path = f"/councils/{council}/introductions/{introduction_id}/withdraw"
        return await self.asker.ask(Introduction, "POST", path, body={})

    async def standing(self, council: str, profile_id: UUID) -> Standing:
        return await self.asker.ask(Standing, "GET", f"/councils/{council}/profiles/{profile_id}/standing")
