"""PAs and plans as rows: what SQL asks about in columns, the rest as whole facets."""
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

import asyncpg
from pydantic import TypeAdapter

from services.matcher.domain.kernel.index import Index
from services.matcher.domain.kernel.mirror import Mirror
from services.matcher.domain.kernel.turned.openings import Openings
from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import PersonId, Plan, PlanId
from services.matcher.domain.profile import Profile, ProfileId
from services.matcher.ports import Indexed, Register
from services.matcher.store.blocks import Blocks
from services.matcher.store.decoded import Decoded
from services.matcher.store.followed import Followed
from services.matcher.store.statements import sql
from shared.runtime.postgres import LONG_ANSWER_WITHIN, Connection

PROFILE, PLAN = TypeAdapter(Profile), TypeAdapter(Plan)


class PostgresProfiles:
    def __init__(self, connection: Connection, registers: Followed[dict[UUID, Profile]], indexes: Followed[Index]) -> None:
        self.connection = connection
        self.registers = registers
        self.indexes = indexes

    async def find(self, council: str, profile_id: ProfileId) -> Profile | None:
        facets = await self.connection.fetchval(sql.find_profile, council, profile_id)
        return PROFILE.validate_json(facets) if facets is not None else None

    async def several(self, council: str, profile_ids: Collection[ProfileId]) -> Mapping[ProfileId, Profile]:
        rows = await self.connection.fetch(sql.several_profiles, council, list(profile_ids))
        return {row["profile_id"]: PROFILE.validate_json(row["facets"]) for row in rows}

    async def put(self, profile: Profile) -> None:
        await self.connection.execute(
            sql.put_profile, profile.council, profile.profile_id, profile.revision, profile.shown, PROFILE.dump_json(profile)
        )

    async def drop(self, council: str, profile_id: ProfileId, revision: int) -> None:
        await self.connection.execute(sql.drop_profile, council, profile_id, revision)
        await self.connection.execute(sql.forget_standing, council, profile_id)
        await self.connection.execute(sql.forget_facets, council, profile_id)
        await Blocks(self.connection).take_away(council)

    async def shown(self, council: str) -> Sequence[Profile]:
        return (await self.register(council)).profiles

    async def register(self, council: str) -> Register:
        clock, profiles = await self.registers.now(self.connection, council, lambda _: {})
        return Register(clock, list(profiles.values()))

    async def index(self, council: str, lore: Lore) -> Indexed:
        clock, index = await self._index(council, lore)
        return Indexed(clock, index.now(lore))

    async def keep_index(self, council: str, lore: Lore) -> int:
        return await Blocks(self.connection).keep(council, lambda: self._index(council, lore), self.indexes)

    async def _index(self, council: str, lore: Lore) -> tuple[int, Index]:
        if council not in self.indexes.known:
            found = await Blocks(self.connection).find(council, lore)
            if found is not None:
                self.indexes.known.setdefault(council, found)
        return await self.indexes.now(self.connection, council, lambda coming: Index(council, lore, room=max(1024, coming)))


class PostgresPlans:
    def __init__(
        self, connection: Connection, known: Decoded[Plan], mirrors: dict[str, Mirror], turned: dict[str, Openings]
    ) -> None:
        self.connection = connection
        self.known = known
        self.mirrors = mirrors
        self.turned = turned

    async def find(self, council: str, plan_id: PlanId) -> Plan | None:
        return _plan(await self.connection.fetchval(sql.find_plan, council, plan_id))

    async def hold(self, council: str, plan_id: PlanId) -> Plan | None:
        return _plan(await self.connection.fetchval(sql.hold_plan, council, plan_id))

    async def put(self, plan: Plan) -> None:
        await self.connection.execute(
            sql.put_plan, plan.council, plan.plan_id, plan.revision, plan.state.value, PLAN.dump_json(plan)
        )

    async def of_person(self, council: str, person_id: PersonId) -> Sequence[Plan]:
        rows = await self.connection.fetch(sql.plans_of_person, council, person_id, timeout=LONG_ANSWER_WITHIN)
        return [PLAN.validate_json(row["facets"]) for row in rows]

    async def open(self, council: str) -> Sequence[Plan]:
        return await self._read(council, await self.connection.fetch(sql.open_plans, council))

    async def touched(
        self, council: str, before: Profile | None, after: Profile | None, day: date, lore: Lore
    ) -> Sequence[PlanId]:
        rows = await self.connection.fetch(sql.open_plans, council)
        plans = await self._read(council, rows)
        if council not in self.mirrors or self.mirrors[council].lore is not lore:
            self.mirrors[council] = Mirror(council, lore)
        self.mirrors[council].follow(plans)
        due = {row["plan_id"] for row in rows if row["due"]}
        return [plan_id for plan_id in self.mirrors[council].touched(before, after, day) if plan_id not in due]

    def openings(self, council: str) -> Openings:
        return self.turned.setdefault(council, Openings(council))

    async def _read(self, council: str, rows: Sequence[asyncpg.Record]) -> Sequence[Plan]:
        if lacking := self.known.lacking(council, rows):
            some = await self.connection.fetch(sql.some_plans, council, lacking, timeout=LONG_ANSWER_WITHIN)
            self.known.learn(council, some)
        return self.known.of(council, rows)


def _plan(facets: bytes | None) -> Plan | None:
    return PLAN.validate_json(facets) if facets is not None else None
