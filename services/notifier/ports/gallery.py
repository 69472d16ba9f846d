"""What shows every message in every form."""
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from services.notifier.domain.contact import PartyKind
from services.notifier.domain.gallery import Form, Listed, Shown
from services.notifier.domain.message import Artefact


class NoSuchExhibit(Exception):
    """There is no such message, or no such language. The gallery's list has all there are."""


class NotThereYet(Exception):
    """This message is not there in this form and language yet."""


class Gallery(Protocol):
    def listed(self, council: str) -> Sequence[Listed]: ...

    async def shown(self, council: str, about: str, audience: PartyKind, language: str, size: int, now: datetime) -> Shown:
        """Raises NoSuchExhibit."""

    async def file(
        self, council: str, about: str, audience: PartyKind, language: str, form: Form, name: str, size: int, now: datetime
    ) -> Artefact:
        """Raises NoSuchExhibit or NotThereYet."""
