"""What the notifier needs of a way into the world: to be given a parcel, and to be asked about it."""
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from services.notifier.domain.contact import Method
from services.notifier.domain.message import Artefact
from services.notifier.domain.receipt import Word


class AddressRefused(Exception):
    """Nobody can ever be reached at this address or number."""


class ChannelDown(Exception):
    """The channel is failing or throttling; the address may be fine."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a channel is given: everything it needs, so that no transaction is open while it works."""

    council: str
    message_id: UUID
    attempt_ref: UUID
    method: Method
    to: str
    """Email address, phone number, or postal address with line breaks."""
    title: str
    artefacts: tuple[Artefact, ...]


class Channel(Protocol):
    """One way into the world. Whatever it raises beside these is taken as doubt: the message may have left."""

    @property
    def name(self) -> str:
        """What the ledger calls it; never changed, or what is under way could not be asked about."""

    @property
    def keeps_ledger(self) -> bool:
        """Whether `has` can ever answer."""

    @property
    def gives_word(self) -> bool:
        """Whether the end of what it accepted is told later: then it is a Teller."""

    def carries(self, parcel: Parcel) -> bool:
        """Whether it can take just this, in the form it was made in. Nothing stands in for a form."""

    async def send(self, parcel: Parcel) -> str | None:
        """The channel's own id of it, if any. Raises AddressRefused for never, ChannelDown for not now (nothing has left)."""

    async def has(self, council: str, message_id: UUID, attempt_ref: UUID) -> bool | None:
        """Whether this attempt was accepted; None = it cannot be asked (now, or ever)."""

    async def forget(self, council: str, message_id: UUID) -> None:
        """Remove what this channel keeps of a message. Asking again is no harm. Raises ChannelDown."""


class Teller(Channel, Protocol):
    """A channel that can be asked what became of something."""

    async def word_of(self, attempt_ref: UUID) -> Word | None:
        """None = it knows nothing of this reference. Raises ChannelDown when it cannot be asked."""
