"""What is needed of what people ask about their own data."""
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.portal.domain.own_data import DataRequest

Document = Mapping[str, object]
"""All that one service holds about one party: `parts`, by kind of thing."""


class DataRequests(Protocol):
    async def add(self, request: DataRequest) -> bool:
        """False: the same was asked before and is not done yet, so nothing happened."""

    async def save(self, request: DataRequest) -> None: ...

    async def find(self, council: str, request_id: UUID) -> DataRequest | None: ...

    async def hold(self, council: str, request_id: UUID) -> DataRequest | None:
        """For change: nobody else may change it until this work is done."""

    async def of_party(self, council: str, party_id: UUID) -> list[DataRequest]:
        """Newest first."""

    async def open(self, council: str) -> list[DataRequest]:
        """Oldest first, at most 500."""

    async def ready(self, council: str) -> list[DataRequest]:
        """Copies that can be taken, newest first, at most 500."""

    async def taken_back_since(self, council: str, since: datetime) -> list[DataRequest]:
        """Newest first, at most 500."""

    async def next_to_look_at(self, now: datetime) -> DataRequest | None:
        """For change; passes over those another courier holds."""

    async def keep_part(self, request: DataRequest, service: str, document: Document) -> None:
        """What one service answered. The first answer stays."""

    async def parts(self, request: DataRequest) -> dict[str, Document]:
        """By service."""

    async def keep_copy(self, request: DataRequest, body: bytes) -> None:
        """In place of the parts it was made of."""

    async def copy(self, request: DataRequest) -> bytes | None: ...

    async def to_be_erased(self, council: str, party_id: UUID) -> DataRequest | None:
        """The one that is agreed and not begun, for change."""

    async def erase_words(self, council: str, party_id: UUID) -> None:
        """All that is theirs and is no number, time or count, but what has a use case of its own: plans, and these requests."""

    async def forget_copy(self, request: DataRequest) -> None:
        """And whatever was gathered for it."""
