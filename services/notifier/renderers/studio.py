"""What a council's own recordings and films are held against: the words of their messages, and what can be heard."""
from dataclasses import dataclass

from services.notifier.domain.media import Slot, long_enough, to_be_said
from services.notifier.domain.wording import Copy
from services.notifier.ports.media import CannotBeHeard, NoSuchMedium
from services.notifier.renderers.press import Presses


@dataclass(frozen=True)
class OurStudio:
    press: Presses

    def copy_of(self, council: str, slot: Slot) -> Copy:
        copy = self.press.words_of(council).copies.get((slot.about, slot.audience, slot.language))
        if copy is None:
            raise NoSuchMedium
        return copy

    def to_be_said(self, council: str, slot: Slot) -> str:
        language = self.press.words_of(council).language(slot.language)
        return to_be_said(self.copy_of(council, slot), language, self.press.places)

    async def heard(self, recording: bytes, transcript: str) -> bytes:
        found = await self.press.voice.heard(recording)
        if found is None or not long_enough(found[1], transcript):
            raise CannotBeHeard
        return found[0]
