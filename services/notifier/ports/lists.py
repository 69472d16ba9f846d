"""What the notifier keeps of other services' facts."""
from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from services.notifier.domain.calls import PaBefore, PaCopy
from services.notifier.domain.lists import GapCopy, PlanCopy, PoolCopy, Supporting, Told


class Lists(Protocol):
    """Small read copies of what others own, and what each person was last told of their list."""

    async def told(self, council: str, plan_id: UUID) -> Told | None: ...

    async def save_told(self, told: Told) -> None: ...

    async def digest_due(self, now: datetime) -> Told | None:
        """A plan with changes to tell whose time has come. Locked."""

    async def save_plan(self, plan: PlanCopy) -> None: ...

    async def plan(self, council: str, plan_id: UUID) -> PlanCopy | None: ...

    async def save_supporting(self, supporting: Supporting) -> None: ...

    async def supporting(self, council: str, delegation_id: UUID) -> Supporting | None: ...

    async def let_in_by(self, council: str, person_id: UUID) -> Sequence[Supporting]:
        """Whom this person lets help them now."""

    async def save_gap(self, gap: GapCopy) -> None: ...

    async def open_gaps(self, council: str) -> Sequence[GapCopy]:
        """Most people first."""

    async def save_pa(self, pa: PaCopy) -> PaBefore:
        """As it was before. For which day they were last asked to look at it, is kept."""

    async def profile_to_look_at(self, confirmed_by: date) -> PaCopy | None:
        """Of a PA who looks for work and last said by that day that it is true, and was not asked since. Locked.
        One that is to pause by itself is told that instead."""

    async def asked_to_look(self, pa: PaCopy) -> None: ...

    async def pa(self, council: str, profile_id: UUID) -> PaCopy | None: ...

    async def who_hear_of_gaps(self, council: str) -> Sequence[PaCopy]:
        """PAs who asked for it and have not stopped messages."""

    async def save_pool(self, pool: PoolCopy) -> None: ...

    async def pool(self, council: str, pool_id: UUID) -> PoolCopy | None: ...

    async def sharing(self, council: str, plan_id: UUID) -> Sequence[UUID]:
        """Who shares the job whose own plan this is. Empty: it is one person's plan."""
