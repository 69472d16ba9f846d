"""Pools and those who share them, as rows."""
from typing import Any
from uuid import UUID

from services.portal.domain.pool import Member, Pool
from services.portal.store.statements import sql
from shared.runtime.postgres import Connection


class PostgresPools:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def hold(self, council: str, pool_id: UUID) -> Pool | None:
        return await self._whole(await self.connection.fetchrow(sql.hold_pool, council, pool_id))

    async def hold_by_code(self, council: str, code: str) -> Pool | None:
        return await self._whole(await self.connection.fetchrow(sql.hold_pool_by_code, council, code))

    async def hold_of_plan(self, council: str, plan_id: UUID) -> Pool | None:
        held = await self._whole(await self.connection.fetchrow(sql.hold_pool_of_plan, council, plan_id))
        return held if held and held.member(plan_id) else None  # left while we waited for it

    async def find(self, council: str, pool_id: UUID) -> Pool | None:
        return await self._whole(await self.connection.fetchrow(sql.find_pool, council, pool_id))

    async def with_plan(self, council: str, plan_id: UUID) -> Pool | None:
        return await self._whole(await self.connection.fetchrow(sql.find_pool_with_plan, council, plan_id))

    async def of_person(self, council: str, person_id: UUID) -> list[Pool]:
        rows = await self.connection.fetch(sql.pools_of_person, council, person_id)
        return [pool for row in rows if (pool := await self._whole(row))]

    async def save(self, pool: Pool) -> None:
        await self.connection.execute(sql.save_pool, pool.council, pool.pool_id, pool.plan_id, pool.code, pool.revision)
        for nth, one in enumerate(pool.members):
            await self.connection.execute(
                sql.save_pool_member, pool.council, pool.pool_id, nth, one.plan_id, one.person_id, one.quarters, one.agreed_at,
                one.consent, one.evidence, one.left_at,
            )  # fmt: skip

    async def _whole(self, row: Any) -> Pool | None:
        if row is None:
            return None
        members = await self.connection.fetch(sql.pool_members, row["council"], row["pool_id"])
        found = tuple(Member(**dict(one)) for one in members)
        return Pool(row["council"], row["pool_id"], row["plan_id"], row["code"], row["revision"], found)
