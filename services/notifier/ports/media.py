"""What is needed to keep a council's recordings and films, and to know what a message says."""
from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from services.notifier.domain.media import Medium, Slot
from services.notifier.domain.message import Message
from services.notifier.domain.wording import Copy


class NoSuchMedium(Exception):
    """There is no such recording or film, or no such message in this language."""


class CannotBeHeard(Exception):
    """This recording cannot be read, is silent, or is too short for its words."""


class Media(Protocol):
    """A council's own recordings and films, the newest of each slot."""

    async def all(self, council: str) -> Sequence[Medium]: ...

    async def of(self, council: str, media_id: UUID) -> Medium:
        """Raises NoSuchMedium."""

    async def body(self, council: str, media_id: UUID) -> bytes | None:
        """The file itself; None = there is only an address."""

    async def keep(self, medium: Medium, body: bytes | None) -> None:
        """In place of the one before."""

    async def take_away(self, council: str, slot: Slot) -> bool:
        """False: there was none."""

    async def made_with(self, council: str, slot: Slot) -> Sequence[Message]:
        """Messages that this would go with, made and not sent yet. Locked."""


class Studio(Protocol):
    """Knows what a message says, and what can be heard."""

    def copy_of(self, council: str, slot: Slot) -> Copy:
        """The words as they are now. Raises NoSuchMedium where there are none."""

    def to_be_said(self, council: str, slot: Slot) -> str: ...

    async def heard(self, recording: bytes, transcript: str) -> bytes:
        """The recording as it is sent. Raises CannotBeHeard."""
