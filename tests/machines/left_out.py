"""The parts of the notifier's `Work` that no test on the in-memory store needs."""
from typing import Any
from uuid import UUID


class LeftOut:
    """What nobody here may need."""

    def __getattr__(self, name: str) -> Any:
        raise NotImplementedError(name)


LEFT_OUT: Any = LeftOut()


class NoTranslations(LeftOut):
    """Nobody here keeps words of their own."""

    async def edition(self, council: str) -> int:
        return 0


class NoReplies(LeftOut):
    """Nobody answers: what is offered is not looked at."""

    async def offer(self, capability: Any) -> None: ...

    async def revoke(self, council: str, ask_id: UUID, kind: Any) -> None: ...


class NobodyErased(LeftOut):
    """Nobody asks to be forgotten here."""

    async def has(self, council: str, party_id: UUID) -> bool:
        return False


NOBODY_ERASED: Any = NobodyErased()
NO_REPLIES: Any = NoReplies()
NO_TRANSLATIONS: Any = NoTranslations()
