"""Messages read aloud: the spoken script, and the recording made by a worker process of its own, by the best voice there is."""
import asyncio
import base64
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import espeakng_loader

from services.notifier.domain.message import Artefact
from services.notifier.domain.wording import Content
from services.notifier.ports import NotMade
from services.notifier.renderers.better_voices import BetterVoice
from services.notifier.renderers.mp3 import SECONDS
from services.notifier.renderers.prose import paragraphs
from services.notifier.renderers.worker import Worker

VOICES = {"en": "gmw/en", "cy": "cel/cy"}
"""Language -> espeak-ng voice id. A language without a voice of its own is never read in a neighbour's."""

BY_A_COMPUTER, BY_A_PERSON = "message.mp3", "read-by-a-person.mp3"
WORDS_A_MINUTE = 140  # a little slower than talk: it is listened to once, perhaps by somebody who is hard of hearing
LONGEST_DATA_PATH = 150  # bytes; espeak-ng cuts paths at 160


def speaks(language: str) -> bool:
    return language.split("-")[0] in VOICES


def script(content: Content) -> str:
    """What is said, a pause after each line."""
    words = content.language.words
    hello, end = words["hello"].format(name=content.greeting_name), words["spoken_end"].format(sender=content.sender)
    return sentences([hello, f"{content.title}.", *said_under(paragraphs(content), content), end])


def what_differs(content: Content) -> str:
    """What no recording made beforehand can say: the facts, and how to answer."""
    headings = {content.heading("facts"), content.heading("reply")}
    return sentences(said_under([part for part in paragraphs(content) if part[0] in headings], content))


def said_under(parts: Sequence[tuple[str, tuple[str, ...]]], content: Content) -> list[str]:
    return [line for heading, said in parts for line in (f"{heading}.", *[spoken(one, content) for one in said])]


def sentences(lines: Sequence[str]) -> str:
    return "\n".join(line if line.endswith((".", "!", "?")) else f"{line}." for line in lines if line)


def spoken(line: str, content: Content) -> str:
    """A line as it is said: codes letter by letter, addresses without their beginnings, and no link nobody could write down."""
    if content.reply:
        if content.reply.link in line:
            return ""
        line = line.replace(content.reply.code, ", ".join(content.reply.code.replace("-", "")))
    return line.replace(content.link, content.link.partition("://")[2].rstrip("/"))


def voice_data(state: Path) -> Path:
    """The voices' folder, copied to where its path is short enough for espeak-ng."""
    data = Path(espeakng_loader.get_data_path())
    if len(str(data)) <= LONGEST_DATA_PATH:
        return data
    copy = state.absolute() / "voices" / data.name
    if len(str(copy)) > LONGEST_DATA_PATH:
        copy = Path(tempfile.mkdtemp(prefix="voices-")) / data.name
    if not copy.exists():
        half = copy.with_name(f"{data.name}.half")
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(data, half)
        half.rename(copy)  # whole or not there: a copy cut short would be silent
    return copy


@dataclass
class Voice(Worker):
    makes = "voice"
    module = "services.notifier.renderers.voice_worker"
    state: Path
    better: Sequence[BetterVoice] = ()
    """Used first, in this order, for the languages they have."""

    def speaks(self, language: str) -> bool:
        return speaks(language) or any(language.split("-")[0] in one.voices for one in self.better)

    async def render(self, content: Content, by_a_person: tuple[bytes, str] | None = None) -> tuple[Artefact, ...]:
        """`by_a_person`: the council's own recording and its transcript. The computer then says only what it cannot."""
        words = what_differs(content) if by_a_person else script(content)
        made = []
        if by_a_person:
            made.append(Artefact(BY_A_PERSON, "audio/mpeg", *by_a_person))
        if words:
            recording = await self.recorded(content.language.tag.split("-")[0], words)
            made.append(Artefact(BY_A_COMPUTER, "audio/mpeg", recording, words))
        return tuple(made)

    async def heard(self, recording: bytes) -> tuple[bytes, float] | None:
        """A person's recording as MP3, without whatever else its file held, and its seconds; None = nothing can be heard."""
        async with self.lock:
            try:
                said = await self.ask({"recording": base64.b64encode(recording).decode()})
            except NotMade:
                return None
        return said[SECONDS.size :], SECONDS.unpack_from(said)[0]

    async def recorded(self, language: str, words: str) -> bytes:
        """Raises NotMade when no voice of this language could say it."""
        for better in self.better:
            if language in better.voices:
                with suppress(NotMade):
                    return await better.record(language, words)
        if language not in VOICES:
            raise NotMade("voice")
        async with self.lock:
            return await self.record(VOICES[language], words)

    async def record(self, voice: str, words: str) -> bytes:
        """Raises NotMade as `ask` does."""
        return await self.ask({"voice": voice, "words": words, "rate": WORDS_A_MINUTE})

    async def given(self) -> Path:
        return await asyncio.to_thread(voice_data, self.state)

    async def stop(self) -> None:
        await super().stop()
        for better in self.better:
            await better.stop()
