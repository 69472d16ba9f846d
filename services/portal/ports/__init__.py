"""What the portal needs of the world outside it."""
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.portal.domain.accounts import Account, Role, Session
from services.portal.domain.copies import IntroductionCopy, Look, MessageCopy, NamedLook, ShortlistCopy
from services.portal.domain.lawful import ReasonEntry
from services.portal.domain.plan import Plan
from services.portal.domain.pool import Pool
from services.portal.domain.sign_in_code import Asks, SignInCode
from services.portal.domain.support_request import SupportRequest
from services.portal.domain.supporting import Delegation
from services.portal.ports.own_data import DataRequests
from shared.messaging.erased import Erased
from shared.messaging.outbox import Outbox


class Accounts(Protocol):
    async def put(self, account: Account) -> bool:
        """Add it, or change its name and organisation. False: nothing was new. A name is never replaced by none."""

    async def find(self, council: str, account_id: UUID) -> Account | None: ...

    async def named(self, council: str, account_ids: Sequence[UUID]) -> dict[UUID, Account]: ...

    async def page(self, council: str, role: Role | None, *, after: int = 0, most: int = 100, called: str = "") -> list[Account]:
        """By name, then number. `called`: only those with this in their name."""

    async def councils(self) -> list[str]:
        """Councils that have accounts here, by name: for the try-out sign-in page."""

    async def put_team(self, council: str, account_id: UUID, team: str) -> None:
        """The team a council worker works in."""

    async def team_of(self, council: str, account_id: UUID) -> str | None: ...

    async def person_for(self, council: str, source: str, ref: str, fresh: UUID) -> UUID:
        """The person a source means by `ref`; `fresh` becomes their number at first sight."""

    async def refs_of(self, council: str, person_id: UUID) -> list[tuple[str, str]]:
        """Each source that knows this person, and what it calls them."""


class Sessions(Protocol):
    async def add(self, session: Session) -> None: ...

    async def find(self, council: str, token_hash: bytes) -> Session | None: ...

    async def used(self, council: str, token_hash: bytes, now: datetime) -> None: ...

    async def end(self, council: str, token_hash: bytes) -> None: ...

    async def sweep(self, now: datetime) -> int:
        """Forget sign-ins that are over; how many."""


class SignInCodes(Protocol):
    async def alone(self, council: str) -> None:
        """Until this work is done, nobody else asks for a code in this council: two at once would count the same."""

    async def count(self, council: str, contact_hash: bytes, from_hash: bytes, lately: datetime, a_day_ago: datetime) -> Asks:
        """Asks for codes before this one."""

    async def note(self, council: str, contact_hash: bytes, from_hash: bytes, now: datetime) -> None: ...

    async def add(self, code: SignInCode) -> None: ...

    async def hold(self, council: str, browser_hash: bytes) -> SignInCode | None:
        """For a try: nobody else may try it until this work is done."""

    async def save(self, code: SignInCode) -> None:
        """Keeps the tries that are left."""

    async def end(self, council: str, browser_hash: bytes) -> None: ...

    async def end_of_account(self, council: str, account_id: UUID) -> None: ...

    async def sweep(self, now: datetime, asks_before: datetime) -> None:
        """Forget codes that are over, and older asks."""


class Plans(Protocol):
    async def hold_by_source(self, council: str, source: str, source_id: str) -> Plan | None:
        """For change. Also holds the place of a plan that is not there yet, so that two cannot begin at once."""

    async def hold(self, council: str, plan_id: UUID) -> Plan:
        """For change: nobody else may change it until this work is done. Raises PlanNotFound."""

    async def find(self, council: str, plan_id: UUID) -> Plan | None: ...

    async def save(self, plan: Plan) -> None:
        """Add or replace."""

    async def of_person(self, council: str, person_id: UUID) -> list[Plan]: ...

    async def page(self, council: str, *, after: int = 0, most: int = 100) -> list[Plan]:
        """Newest change first."""

    async def count(self, council: str) -> int: ...


class LawfulReasons(Protocol):
    async def add(self, entry: ReasonEntry) -> None: ...

    async def of_plan(self, council: str, plan_id: UUID) -> list[ReasonEntry]:
        """Oldest first."""


class Pools(Protocol):
    """Held: nobody else changes it until this work is done. Always after the plan that joins or leaves, before the pool's own."""

    async def hold(self, council: str, pool_id: UUID) -> Pool | None: ...

    async def hold_by_code(self, council: str, code: str) -> Pool | None: ...

    async def hold_of_plan(self, council: str, plan_id: UUID) -> Pool | None:
        """The one this plan is part of now."""

    async def find(self, council: str, pool_id: UUID) -> Pool | None: ...

    async def with_plan(self, council: str, plan_id: UUID) -> Pool | None:
        """The one whose own plan this is."""

    async def of_person(self, council: str, person_id: UUID) -> list[Pool]:
        """Those they are in now."""

    async def save(self, pool: Pool) -> None: ...


class Supporters(Protocol):
    async def add(self, delegation: Delegation) -> None: ...

    async def hold(self, council: str, delegation_id: UUID) -> Delegation | None: ...

    async def save(self, delegation: Delegation) -> None: ...

    async def standing(self, council: str, supporter_id: UUID, person_id: UUID) -> list[Delegation]:
        """Those not taken off, held until this work is done: taking somebody off waits for it, and the next call sees it."""

    async def of_person(self, council: str, person_id: UUID) -> list[Delegation]:
        """All, also those that ended: the person sees their own history."""

    async def of_supporter(self, council: str, supporter_id: UUID) -> list[Delegation]:
        """Only those not taken off."""


class SupportRequests(Protocol):
    async def alone(self, council: str, supporter_id: UUID) -> None:
        """Until this work is done, this supporter asks nothing else: two asks at once would count the same."""

    async def save(self, request: SupportRequest) -> None:
        """Add it, or keep how it stands now."""

    async def hold(self, council: str, request_id: UUID) -> SupportRequest | None: ...

    async def of_supporter(self, council: str, supporter_id: UUID) -> list[SupportRequest]:
        """Newest first."""

    async def between(self, council: str, supporter_id: UUID, person_id: UUID) -> list[SupportRequest]:
        """All that this supporter asked this person, oldest first, held."""

    async def open_to(self, council: str, person_id: UUID) -> list[SupportRequest]:
        """Those that wait for this person's answer, oldest first."""

    async def next_over(self, now: datetime) -> SupportRequest | None:
        """One whose time is over and whose supporter has not been told, held."""

    async def forget(self, before: datetime) -> int:
        """Those that reached nobody and were over before then: how many."""

    async def person_of_ref(self, council: str, ref: str) -> UUID | None:
        """The one person any system sent under this number of its own; None also where there are several."""


class Looks(Protocol):
    async def add(self, look: Look) -> None: ...

    async def of_person(self, council: str, person_id: UUID, *, most: int = 200) -> list[NamedLook]:
        """Newest first."""


class Copies(Protocol):
    """Read copies of what others told. The inbox lets only news through, so each `put` simply replaces."""

    async def put_shortlist(self, shortlist: ShortlistCopy) -> None:
        """`told_at` is kept."""

    async def shortlist(self, council: str, plan_id: UUID) -> ShortlistCopy | None: ...

    async def put_introduction(self, introduction: IntroductionCopy) -> None: ...

    async def introduction(self, council: str, introduction_id: UUID) -> IntroductionCopy | None: ...

    async def introductions(
        self, council: str, *, plan_id: UUID | None = None, profile_id: UUID | None = None, person_id: UUID | None = None
    ) -> list[IntroductionCopy]:
        """Newest first; each argument given narrows it."""

    async def put_message(self, message: MessageCopy) -> None: ...

    async def messages(self, council: str, party_id: UUID, *, most: int = 100) -> list[MessageCopy]:
        """Newest first."""

    async def told(self, council: str, plan_id: UUID, person_id: UUID) -> datetime | None:
        """When the person was first told of a list for this plan."""


@dataclass(frozen=True, slots=True)
class Work:
    """All a use case may touch, in one transaction."""

    accounts: Accounts
    sessions: Sessions
    plans: Plans
    lawful_reasons: LawfulReasons
    supporters: Supporters
    looks: Looks
    copies: Copies
    sign_in_codes: SignInCodes
    pools: Pools
    data_requests: DataRequests
    erased: Erased
    support_requests: SupportRequests
    outbox: Outbox


Clock = Callable[[], datetime]
Begin = Callable[[], AbstractAsyncContextManager[Work]]
