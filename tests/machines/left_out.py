"""The parts of the notifier's `Work` that no test on the in-memory store needs."""
from typing import Any


class LeftOut:
    """What nobody here may need."""

    def __getattr__(self, name: str) -> Any:
        raise NotImplementedError(name)


LEFT_OUT: Any = LeftOut()


class NoTranslations(LeftOut):
    """Nobody here keeps words of their own."""

    async def edition(self, council: str) -> int:
        return 0


NO_TRANSLATIONS: Any = NoTranslations()
