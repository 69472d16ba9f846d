"""What the portal asks the matcher: who fits a plan and why, and introductions."""
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import TypeAdapter

from services.portal.clients.asking import Asker, Heard
from services.portal.clients.costs import Cost
from services.portal.clients.teaming import StandIns, Teams
from services.portal.clients.what_if import WhatIf

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
    cost: Cost | None = None
    """None: it cannot be said."""


class Matches(Heard):
    """`newest` higher than `edition`: this list was replaced since its pages began to be turned."""

    group: Group
    page: int
    pages: int
    total: int
    shortlist_revision: int
    edition: int
    newest: int
    counts: Counts
    items: tuple[Match, ...]


class Wish(Heard):
    criterion: str
    strength: Literal["must", "important", "nice"]


class Compared(Heard):
    """`reasons[n]` of each is about `wishes[n]`."""

    wishes: tuple[Wish, ...]
    items: tuple[Match, ...]


class Difference(Heard):
    profile_id: UUID
    what: Literal["added", "lost", "moved"]
    why: tuple[str, ...]
    text: str


class Changes(Heard):
    """`since` None: the first list of this plan, so there is nothing to compare."""

    since: int | None = None
    added: int
    lost: int
    moved: int
    items: tuple[Difference, ...] = ()


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


class Span(Standing):
    begins: date
    counted_on: date


class OverTime(Heard):
    weeks: tuple[Span, ...] = ()
    months: tuple[Span, ...] = ()


class Speaks(Heard):
    criterion: str
    to_you: str


class Opportunity(Heard):
    ref: str
    group: Literal["fitting", "near"]
    quarters: int
    away: str
    coverage: int | None = None
    tasks: tuple[str, ...] = ()
    begins: date
    speaks_for: tuple[Speaks, ...] = ()
    unmet: tuple[Lacked, ...] = ()


class Opportunities(Heard):
    page: int
    pages: int
    total: int
    items: tuple[Opportunity, ...] = ()


INTRODUCTIONS = TypeAdapter(tuple[Introduction, ...])


class Matcher:
    def __init__(self, asker: Asker) -> None:
        self.asker = asker

    async def shortlist(self, council: str, plan_id: UUID) -> Shortlist:
        """NotThere until the plan was ranked, which is moments after it was first told."""
        return await self.asker.ask(Shortlist, "GET", f"/councils/{council}/plans/{plan_id}/shortlist")

    async def matches(
        self, council: str, plan_id: UUID, group: Group, page: int = 1, size: int = 10, edition: int | None = None
    ) -> Matches:
        """Refused with 410: that edition was replaced, and is not kept any more."""
        params: dict[str, str | int] = {"group": group, "page": page, "size": size}
        if edition is not None:
            params["edition"] = edition
        return await self.asker.ask(Matches, "GET", f"/councils/{council}/plans/{plan_id}/matches", params=params)

    async def compare(self, council: str, plan_id: UUID, profile_ids: Sequence[UUID]) -> Compared:
        """Two to four of the list. NotThere: one of them is not on it any more."""
        params = {"profile_id": [str(one) for one in profile_ids]}
        return await self.asker.ask(Compared, "GET", f"/councils/{council}/plans/{plan_id}/compare", params=params)

    async def changes(self, council: str, plan_id: UUID) -> Changes:
        return await self.asker.ask(Changes, "GET", f"/councils/{council}/plans/{plan_id}/changes")

    async def what_if(self, council: str, plan_id: UUID) -> WhatIf:
        return await self.asker.ask(WhatIf, "GET", f"/councils/{council}/plans/{plan_id}/what-if")

    async def cost(self, council: str, plan_id: UUID) -> Cost:
        """What the plan's highest rate would cost it a week. NotThere, or Refused where there is no rate to go by."""
        return await self.asker.ask(Cost, "GET", f"/councils/{council}/plans/{plan_id}/cost")

    async def teams(self, council: str, plan_id: UUID) -> Teams:
        return await self.asker.ask(Teams, "GET", f"/councils/{council}/plans/{plan_id}/teams")

    async def stand_ins(self, council: str, plan_id: UUID, first: date, last: date) -> StandIns:
        """For each PA who said yes to this plan."""
        dates = {"from": first.isoformat(), "to": last.isoformat()}
        return await self.asker.ask(StandIns, "GET", f"/councils/{council}/plans/{plan_id}/stand-ins", params=dates)

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

    async def over_time(self, council: str, profile_id: UUID) -> OverTime:
        return await self.asker.ask(OverTime, "GET", f"/councils/{council}/profiles/{profile_id}/standing/over-time")

    async def opportunities(self, council: str, profile_id: UUID, page: int = 1, size: int = 10) -> Opportunities:
        path = f"/councils/{council}/profiles/{profile_id}/opportunities"
        return await self.asker.ask(Opportunities, "GET", path, params={"page": page, "size": size})
