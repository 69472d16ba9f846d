"""What a provider says became of something it accepted, and what that means here."""
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from uuid import UUID


class Fate(IntEnum):
    """The first final one that is heard is the end."""

    UNDERWAY = 0
    NOT_REACHED = 1
    """It did not arrive; the address may be fine."""
    NEVER = 2
    """The address or number does not work."""
    REACHED = 3

    @property
    def final(self) -> bool:
        return self is not Fate.UNDERWAY


FATES = {
    "delivered": Fate.REACHED,
    "sent": Fate.REACHED,  # abroad: some networks never say more
    "received": Fate.REACHED,  # a letter: printed and posted
    "permanent-failure": Fate.NEVER,
    "temporary-failure": Fate.NOT_REACHED,
    "technical-failure": Fate.NOT_REACHED,
    "cancelled": Fate.NOT_REACHED,
    "virus-scan-failed": Fate.NOT_REACHED,
    "validation-failed": Fate.NOT_REACHED,
}
"""GOV.UK Notify's final statuses. Every other, also one that we do not know, ends nothing."""


@dataclass(frozen=True, slots=True)
class Word:
    """One saying of a provider: about which reference, under which id of its own."""

    provider_id: str
    attempt_ref: UUID
    status: str

    @property
    def fate(self) -> Fate:
        return FATES.get(self.status, Fate.UNDERWAY)


class Effect(StrEnum):
    """What one saying changed."""

    SETTLED = "settled"
    NOTHING_FINAL = "nothing_final"
    """It is on its way still."""
    UNKNOWN = "unknown"
    """Nothing of ours has this reference now."""
    NOT_ITS_OWN = "not_its_own"
    """The reference is ours, but was accepted under another id."""
    NOT_SENT_YET = "not_sent_yet"
    """We do not count it as accepted (yet): when we do, we ask."""
    TOO_LATE = "too_late"
    """Its end was known before."""
