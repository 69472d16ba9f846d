"""What is needed of the words for where two people meet."""
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.notifier.domain.meeting import Place


class Places(Protocol):
    async def add(self, place: Place) -> None: ...

    async def several(self, council: str, place_ids: Sequence[UUID]) -> Sequence[Place]:
        """Those of them that are not forgotten."""

    async def keep_until(self, council: str, place_id: UUID, forget_at: datetime) -> None: ...

    async def forget(self, now: datetime) -> int:
        """Those whose time is over: how many."""
