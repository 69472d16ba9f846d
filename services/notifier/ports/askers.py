"""What is needed of who asks a person to be let in."""
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.notifier.domain.support_request import Asker


class Askers(Protocol):
    async def keep(self, asker: Asker) -> None:
        """The same again changes nothing."""

    async def of(self, council: str, request_id: UUID) -> Asker | None: ...
    async def forget(self, council: str, request_id: UUID) -> None: ...

    async def forget_old(self, now: datetime) -> int:
        """Those whose time is over: how many."""
