"""The portal's ports, kept in memory: for use cases without a database."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from services.portal.domain.accounts import Account, Role, Session
from services.portal.domain.copies import IntroductionCopy, Look, MessageCopy, NamedLook, ShortlistCopy
from services.portal.domain.lawful import ReasonEntry
from services.portal.domain.own_data import DataRequest, State
from services.portal.domain.plan import Plan, PlanNotFound
from services.portal.domain.pool import Pool
from services.portal.domain.sign_in_code import Asks, SignInCode
from services.portal.domain.supporting import Delegation
from services.portal.ports import Work
from services.portal.ports.own_data import Document
from shared.contracts import Event
from tests.unit.portal.memory_of_asks import SupportRequests


class Accounts:
    def __init__(self) -> None:
        self.kept: dict[tuple[str, UUID], Account] = {}
        self.refs: dict[tuple[str, str, str], UUID] = {}
        self.teams: dict[tuple[str, UUID], str] = {}

    async def put(self, account: Account) -> bool:
        key = (account.council, account.account_id)
        known = self.kept.get(key)
        if known:
            account = replace(
                account,
                chosen_name=account.chosen_name or known.chosen_name,
                organisation=account.organisation or known.organisation,
            )
        self.kept[key] = account
        return account != known

    async def find(self, council: str, account_id: UUID) -> Account | None:
        return self.kept.get((council, account_id))

    async def named(self, council: str, account_ids: Sequence[UUID]) -> dict[UUID, Account]:
        return {key: self.kept[council, key] for key in account_ids if (council, key) in self.kept}

    async def page(self, council: str, role: Role | None, *, after: int = 0, most: int = 100) -> list[Account]:
        found = [one for one in self.kept.values() if one.council == council and role in (None, one.role)]
        found.sort(key=lambda one: (one.chosen_name is None, one.chosen_name or "", one.account_id))
        return found[after : after + most]

    async def councils(self) -> list[str]:
        return sorted({council for council, _ in self.kept})

    async def put_team(self, council: str, account_id: UUID, team: str) -> None:
        self.teams[council, account_id] = team

    async def team_of(self, council: str, account_id: UUID) -> str | None:
        return self.teams.get((council, account_id))

    async def person_for(self, council: str, source: str, ref: str, fresh: UUID) -> UUID:
        return self.refs.setdefault((council, source, ref), fresh)

    async def refs_of(self, council: str, person_id: UUID) -> list[tuple[str, str]]:
        return [(source, ref) for (where, source, ref), one in self.refs.items() if (where, one) == (council, person_id)]


class Sessions:
    def __init__(self) -> None:
        self.kept: dict[tuple[str, bytes], Session] = {}

    async def add(self, session: Session) -> None:
        self.kept[session.council, session.token_hash] = session

    async def find(self, council: str, token_hash: bytes) -> Session | None:
        return self.kept.get((council, token_hash))

    async def used(self, council: str, token_hash: bytes, now: datetime) -> None:
        self.kept[council, token_hash] = replace(self.kept[council, token_hash], last_used_at=now)

    async def end(self, council: str, token_hash: bytes) -> None:
        self.kept.pop((council, token_hash), None)

    async def sweep(self, now: datetime) -> int:
        over = [key for key, one in self.kept.items() if one.expires_at <= now]
        for key in over:
            del self.kept[key]
        return len(over)


class SignInCodes:
    def __init__(self) -> None:
        self.kept: dict[tuple[str, bytes], SignInCode] = {}
        self.asks: list[tuple[str, bytes, bytes, datetime]] = []

    async def alone(self, council: str) -> None: ...

    async def count(self, council: str, contact_hash: bytes, from_hash: bytes, lately: datetime, a_day_ago: datetime) -> Asks:
        mine = [one for one in self.asks if one[0] == council and one[3] > a_day_ago]
        late = [one for one in mine if one[3] > lately]
        return Asks(
            sum(one[1] == contact_hash for one in late),
            sum(one[1] == contact_hash for one in mine),
            sum(one[2] == from_hash for one in late),
            len(late),
        )

    async def note(self, council: str, contact_hash: bytes, from_hash: bytes, now: datetime) -> None:
        self.asks.append((council, contact_hash, from_hash, now))

    async def add(self, code: SignInCode) -> None:
        assert (code.council, code.browser_hash) not in self.kept
        self.kept[code.council, code.browser_hash] = code

    async def hold(self, council: str, browser_hash: bytes) -> SignInCode | None:
        return self.kept.get((council, browser_hash))

    async def save(self, code: SignInCode) -> None:
        self.kept[code.council, code.browser_hash] = code

    async def end(self, council: str, browser_hash: bytes) -> None:
        self.kept.pop((council, browser_hash), None)

    async def end_of_account(self, council: str, account_id: UUID) -> None:
        self.kept = {key: one for key, one in self.kept.items() if (one.council, one.account_id) != (council, account_id)}

    async def sweep(self, now: datetime, asks_before: datetime) -> None:
        self.kept = {key: one for key, one in self.kept.items() if one.expires_at > now}
        self.asks = [one for one in self.asks if one[3] > asks_before]


class Plans:
    def __init__(self) -> None:
        self.kept: dict[tuple[str, UUID], Plan] = {}

    async def hold_by_source(self, council: str, source: str, source_id: str) -> Plan | None:
        mine = (one for one in self.kept.values() if one.council == council)
        return next((one for one in mine if (one.source.source, one.source.source_id) == (source, source_id)), None)

    async def hold(self, council: str, plan_id: UUID) -> Plan:
        if (council, plan_id) not in self.kept:
            raise PlanNotFound
        return self.kept[council, plan_id]

    async def find(self, council: str, plan_id: UUID) -> Plan | None:
        return self.kept.get((council, plan_id))

    async def save(self, plan: Plan) -> None:
        self.kept[plan.council, plan.plan_id] = plan

    async def of_person(self, council: str, person_id: UUID) -> list[Plan]:
        return [one for one in self.kept.values() if (one.council, one.person_id) == (council, person_id)]

    async def page(self, council: str, *, after: int = 0, most: int = 100) -> list[Plan]:
        return [one for one in self.kept.values() if one.council == council][after : after + most]

    async def count(self, council: str) -> int:
        return sum(one.council == council for one in self.kept.values())


class LawfulReasons:
    def __init__(self) -> None:
        self.kept: list[ReasonEntry] = []

    async def add(self, entry: ReasonEntry) -> None:
        self.kept.append(entry)

    async def of_plan(self, council: str, plan_id: UUID) -> list[ReasonEntry]:
        return [one for one in self.kept if (one.council, one.plan_id) == (council, plan_id)]


class Pools:
    def __init__(self) -> None:
        self.kept: dict[tuple[str, UUID], Pool] = {}

    def first(self, council: str, fits: Callable[[Pool], object]) -> Pool | None:
        return next((pool for (where, _), pool in self.kept.items() if where == council and fits(pool)), None)

    async def hold(self, council: str, pool_id: UUID) -> Pool | None:
        return self.kept.get((council, pool_id))

    find = hold

    async def hold_by_code(self, council: str, code: str) -> Pool | None:
        return self.first(council, lambda pool: pool.code == code)

    async def hold_of_plan(self, council: str, plan_id: UUID) -> Pool | None:
        return self.first(council, lambda pool: pool.member(plan_id))

    async def with_plan(self, council: str, plan_id: UUID) -> Pool | None:
        return self.first(council, lambda pool: pool.plan_id == plan_id)

    async def of_person(self, council: str, person_id: UUID) -> list[Pool]:
        mine = [pool for (where, _), pool in self.kept.items() if where == council]
        return [pool for pool in mine if any(one.person_id == person_id for one in pool.sharing)]

    async def save(self, pool: Pool) -> None:
        self.kept[pool.council, pool.pool_id] = pool


class Supporters:
    def __init__(self) -> None:
        self.kept: dict[tuple[str, UUID], Delegation] = {}

    async def add(self, delegation: Delegation) -> None:
        self.kept[delegation.council, delegation.delegation_id] = delegation

    async def hold(self, council: str, delegation_id: UUID) -> Delegation | None:
        return self.kept.get((council, delegation_id))

    async def save(self, delegation: Delegation) -> None:
        self.kept[delegation.council, delegation.delegation_id] = delegation

    async def standing(self, council: str, supporter_id: UUID, person_id: UUID) -> list[Delegation]:
        return [one for one in await self.of_supporter(council, supporter_id) if one.person_id == person_id]

    async def of_person(self, council: str, person_id: UUID) -> list[Delegation]:
        return [one for one in self.kept.values() if (one.council, one.person_id) == (council, person_id)]

    async def of_supporter(self, council: str, supporter_id: UUID) -> list[Delegation]:
        mine = [one for one in self.kept.values() if (one.council, one.supporter_id) == (council, supporter_id)]
        return [one for one in mine if one.revoked_at is None]


class Looks:
    def __init__(self) -> None:
        self.kept: list[Look] = []

    async def add(self, look: Look) -> None:
        self.kept.append(look)

    async def of_person(self, council: str, person_id: UUID, *, most: int = 200) -> list[NamedLook]:
        mine = [one for one in reversed(self.kept) if (one.council, one.person_id) == (council, person_id)]
        return [NamedLook(one, None, None) for one in mine[:most]]


class Copies:
    def __init__(self) -> None:
        self.shortlists: dict[tuple[str, UUID], ShortlistCopy] = {}
        self.introductions_kept: dict[tuple[str, UUID], IntroductionCopy] = {}
        self.messages_kept: dict[tuple[str, UUID], MessageCopy] = {}
        self.told_at: dict[tuple[str, UUID], datetime] = {}

    async def put_shortlist(self, shortlist: ShortlistCopy) -> None:
        self.shortlists[shortlist.council, shortlist.plan_id] = shortlist

    async def shortlist(self, council: str, plan_id: UUID) -> ShortlistCopy | None:
        found = self.shortlists.get((council, plan_id))
        return found and replace(found, told_at=await self.told(council, plan_id, found.person_id))

    async def put_introduction(self, introduction: IntroductionCopy) -> None:
        self.introductions_kept[introduction.council, introduction.introduction_id] = introduction

    async def introduction(self, council: str, introduction_id: UUID) -> IntroductionCopy | None:
        return self.introductions_kept.get((council, introduction_id))

    async def introductions(
        self, council: str, *, plan_id: UUID | None = None, profile_id: UUID | None = None, person_id: UUID | None = None
    ) -> list[IntroductionCopy]:
        return [
            one
            for one in self.introductions_kept.values()
            if one.council == council
            and plan_id in (None, one.plan_id)
            and profile_id in (None, one.profile_id)
            and person_id in (None, one.person_id)
        ]

    async def put_message(self, message: MessageCopy) -> None:
        self.messages_kept[message.council, message.message_id] = message
        if message.tells_of_a_list():
            self.told_at.setdefault((message.council, message.message_id), message.at)

    async def messages(self, council: str, party_id: UUID, *, most: int = 100) -> list[MessageCopy]:
        return [one for one in self.messages_kept.values() if (one.council, one.party_id) == (council, party_id)][:most]

    async def told(self, council: str, plan_id: UUID, person_id: UUID) -> datetime | None:
        return min(
            (
                at
                for key, at in self.told_at.items()
                if key[0] == council
                and (self.messages_kept[key].plan_id, self.messages_kept[key].party_id) == (plan_id, person_id)
            ),
            default=None,
        )


class DataRequests:
    def __init__(self) -> None:
        self.kept: dict[tuple[str, UUID], DataRequest] = {}
        self.heard: dict[UUID, dict[str, Document]] = {}
        self.copies: dict[UUID, bytes] = {}

    async def add(self, request: DataRequest) -> bool:
        same = [one for one in await self.of_party(request.council, request.party_id) if one.kind is request.kind and one.is_open]
        if not same:
            await self.save(request)
        return not same

    async def save(self, request: DataRequest) -> None:
        self.kept[request.council, request.request_id] = request

    async def find(self, council: str, request_id: UUID) -> DataRequest | None:
        return self.kept.get((council, request_id))

    hold = find

    async def of_party(self, council: str, party_id: UUID) -> list[DataRequest]:
        mine = [one for one in self.kept.values() if (one.council, one.party_id) == (council, party_id)]
        return sorted(mine, key=lambda one: one.asked_at, reverse=True)

    async def open(self, council: str) -> list[DataRequest]:
        return sorted((one for one in self.kept.values() if one.council == council and one.is_open), key=lambda one: one.asked_at)

    async def ready(self, council: str) -> list[DataRequest]:
        return [one for one in self.kept.values() if one.council == council and one.can_be_taken]

    async def taken_back_since(self, council: str, since: datetime) -> list[DataRequest]:
        back = [one for one in self.kept.values() if one.council == council and one.taken_back_at is not None]
        return [one for one in back if one.taken_back_at is not None and one.taken_back_at > since]

    async def next_to_look_at(self, now: datetime) -> DataRequest | None:
        due = [one for one in self.kept.values() if one.look_at is not None and one.look_at <= now]
        return min(due, key=lambda one: one.look_at or now, default=None)

    async def keep_part(self, request: DataRequest, service: str, document: Document) -> None:
        self.heard.setdefault(request.request_id, {}).setdefault(service, document)

    async def parts(self, request: DataRequest) -> dict[str, Document]:
        return dict(self.heard.get(request.request_id, {}))

    async def keep_copy(self, request: DataRequest, body: bytes) -> None:
        self.copies[request.request_id] = body
        self.heard.pop(request.request_id, None)

    async def copy(self, request: DataRequest) -> bytes | None:
        return self.copies.get(request.request_id)

    async def to_be_erased(self, council: str, party_id: UUID) -> DataRequest | None:
        return next((one for one in await self.of_party(council, party_id) if one.state is State.AGREED), None)

    async def erase_words(self, council: str, party_id: UUID) -> None:
        """Which words there are is a matter of tables: see tests/integration."""

    async def forget_copy(self, request: DataRequest) -> None:
        self.copies.pop(request.request_id, None)
        self.heard.pop(request.request_id, None)
        self.heard.pop(request.request_id, None)


class Erased:
    def __init__(self) -> None:
        self.begun: set[tuple[str, UUID]] = set()

    async def begin(self, council: str, party_id: UUID, known_as: Collection[Mapping[str, str]] = ()) -> bool:
        self.known_as = list(known_as)
        fresh = (council, party_id) not in self.begun
        self.begun.add((council, party_id))
        return fresh

    async def done(self, council: str, party_id: UUID) -> None: ...

    async def has(self, council: str, party_id: UUID) -> bool:
        return (council, party_id) in self.begun

    async def among(self, council: str, party_ids: Collection[UUID]) -> set[UUID]:
        return {one for one in party_ids if (council, one) in self.begun}

    async def under_way(self) -> list[tuple[str, UUID]]:
        return []


class Outbox:
    def __init__(self) -> None:
        self.told: list[Event] = []

    async def append(self, event: Event) -> None:
        self.told.append(event)

    def of(self, kind: type[Any]) -> list[Any]:
        return [event for event in self.told if isinstance(event, kind)]


class Memory:
    """One portal's memory. `work` is what use cases are given."""

    def __init__(self) -> None:
        self.accounts, self.sessions, self.plans = Accounts(), Sessions(), Plans()
        self.supporters, self.looks, self.copies, self.outbox = Supporters(), Looks(), Copies(), Outbox()
        self.sign_in_codes, self.lawful_reasons, self.pools = SignInCodes(), LawfulReasons(), Pools()
        self.data_requests, self.erased, self.support_requests = DataRequests(), Erased(), SupportRequests(self.accounts.refs)
        self.work = Work(
            self.accounts, self.sessions, self.plans, self.lawful_reasons, self.supporters, self.looks, self.copies,
            self.sign_in_codes, self.pools, self.data_requests, self.erased, self.support_requests, self.outbox,
        )
