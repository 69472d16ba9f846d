"""Messages read aloud: the spoken script, and the recording made by a worker process of its own."""
import asyncio
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import espeakng_loader

from services.notifier.domain.message import Artefact
from services.notifier.domain.wording import Content
from services.notifier.renderers.prose import paragraphs
from services.notifier.renderers.worker import Worker

VOICES = {"en": "gmw/en", "cy": "cel/cy"}
"""Language -> espeak-ng voice id. A language without a voice of its own is never read in a neighbour's."""

WORDS_A_MINUTE = 140  # a little slower than talk: it is listened to once, perhaps by somebody who is hard of hearing
LONGEST_DATA_PATH = 150  # bytes; espeak-ng cuts paths at 160


def speaks(language: str) -> bool:
    return language.split("-")[0] in VOICES


def script(content: Content) -> str:
    """What is said, a pause after each line."""
    words = content.language.words
    lines = [words["hello"].format(name=content.greeting_name), f"{content.title}."]
    for heading, said in paragraphs(content):
        lines.append(f"{heading}.")
        lines += [spoken(line, content) for line in said]
    lines.append(words["spoken_end"].format(sender=content.sender))
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

    async def render(self, content: Content) -> tuple[Artefact, ...]:
        words = script(content)
        async with self.lock:
            recording = await self.record(VOICES[content.language.tag.split("-")[0]], words)
        return (Artefact("message.mp3", "audio/mpeg", recording, words),)

    async def record(self, voice: str, words: str) -> bytes:
        """Raises NotMade as `ask` does."""
        return await self.ask({"voice": voice, "words": words, "rate": WORDS_A_MINUTE})

    async def given(self) -> Path:
        return await asyncio.to_thread(voice_data, self.state)
