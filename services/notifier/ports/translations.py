"""What translating needs: the words that came with the product, and those a council's own people keep."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.notifier.domain.message import Message
from services.notifier.domain.translation import Passages, Translation, Unit


class NoSuchTranslation(Exception):
    """There is no such message or language to translate."""


class ChangedMeanwhile(Exception):
    """Somebody else changed these words meanwhile. Read theirs, then write yours again."""


class NotWhole(Exception):
    """These words cannot be signed off yet."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__()
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Looks:
    """How words come out: their length, and whether a letter can show them."""

    characters: int
    segments: int | None
    """What the text message costs, with made-up facts in it; None = it cannot be made of these words."""
    not_shown: str
    """Letters that no font of ours has, each once: a letter with them is not made."""


class Translations(Protocol):
    async def edition(self, council: str) -> int:
        """Another whenever anything of these changed."""

    async def change(self, council: str) -> None:
        """A new edition; nobody else changes anything until this work ends."""

    async def newest(self, council: str) -> Sequence[Translation]:
        """The newest version of each."""

    async def versions(self, council: str, language: str, unit: Unit) -> Sequence[Translation]:
        """Newest first."""

    async def add(self, translation: Translation) -> None: ...

    async def asked(self, council: str) -> Mapping[tuple[str, Unit], UUID]:
        """Who was asked to see to which."""

    async def ask(self, council: str, language: str, unit: Unit, of: UUID | None, by: UUID, now: datetime) -> None: ...

    async def written_in(self, council: str, language: str, about: str | None) -> Sequence[Message]:
        """Made and not sent yet, locked."""


class Shelf(Protocol):
    """The words that came with the product."""

    def languages(self) -> Mapping[str, str]:
        """Those that came with the product to translate into, and the direction they are written in."""

    def may_begin(self, language: str) -> bool:
        """Whether it is another that can be written: a council may begin it."""

    def units(self) -> Sequence[Unit]: ...

    def english(self, unit: Unit) -> Passages:
        """Raises NoSuchTranslation."""

    def shipped(self, language: str, unit: Unit) -> tuple[Passages | None, bool]:
        """(the words, whether they were signed off before they were shipped); no words where a council begins the language.
        Raises NoSuchTranslation."""

    def looks(self, language: str, unit: Unit, said: Passages, shared: Passages | None) -> Looks:
        """`shared`: what the council's own people wrote of what all messages share; None = as shipped."""
