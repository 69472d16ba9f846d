"""What makes messages into what is sent."""
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.notifier.domain.contact import Contact, Preference
from services.notifier.domain.media import Medium
from services.notifier.domain.message import Artefact, Message
from services.notifier.domain.pages import Page
from services.notifier.domain.planning import Cannot
from services.notifier.domain.translation import Translation
from services.notifier.domain.wording import ReplyWays


class NotMade(Exception):
    """A form could not be made just now. The message takes the next recorded way; nothing stands in for it."""


class Press(Protocol):
    """Makes messages into what is sent."""

    def edition(self, council: str) -> int:
        """Which edition of this council's own words it knows; 0 = none."""

    def learn(self, council: str, edition: int, kept: Sequence[Translation], media: Sequence[Medium]) -> None: ...

    def recording(self, message: Message, preference: Preference) -> UUID | None:
        """The council's own recording that goes with this message when it is read aloud; None = there is none that counts."""

    def film(self, message: Message) -> Medium | None:
        """The council's own film that goes with this message as it was made; None = it was made in another form."""

    def obstacle(self, message: Message, preference: Preference) -> Cannot | None:
        """Why this message cannot be made in this form and language; None = it can."""

    def title(self, message: Message) -> str:
        """For lists, and for the team: in English, never with a fact in it."""

    def in_words(self, preference: Preference) -> str:
        """A recorded way in plain English, for the team."""

    async def make(
        self, message: Message, contact: Contact, preference: Preference, reply: ReplyWays | None, now: datetime,
        recording: bytes | None = None,
    ) -> tuple[str, Sequence[Artefact]]:
        """(title or subject, artefacts). `recording`: the council's own. Raises NotMade."""

    def script(self, message: Message, contact: Contact | None, now: datetime) -> str:
        """What a team member says, in plain English."""

    def page(self, message: Message, contact: Contact | None) -> Page | None:
        """What it says, in the language it was made in; None = it was not made, or has no words any more."""

    def reply_ways(self, link_code: str, short_code: str) -> ReplyWays: ...
