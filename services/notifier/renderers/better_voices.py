"""Better computer voices, where somebody put them: Kokoro's and Piper's, each spoken by a process of its own."""
import importlib.util
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from services.notifier.renderers.worker import Worker

NAME = re.compile(r"(?P<language>[a-z]{2,3})_(?P<region>[A-Z]{2})-.+\.onnx")
"""As Piper's voices are called: `cy_GB-gwryw_gogleddol-medium.onnx`, with its `.onnx.json` beside it."""
KOKORO, ITS_VOICES = "kokoro-*.onnx", "voices-*.bin"
"""As Kokoro's are called: one model with the voices of all its languages in a file beside it."""


def voices_of_piper(folder: Path | None) -> dict[str, Path]:
    """Language -> model; a British voice before another, then by name. Without Piper itself there are none."""
    if folder is None or importlib.util.find_spec("piper") is None:
        return {}
    found: dict[str, Path] = {}
    whole = [model for model in folder.glob("*.onnx") if model.with_name(f"{model.name}.json").is_file()]
    for model in sorted(whole, key=lambda one: ("_GB-" not in one.name, one.name)):
        if named := NAME.fullmatch(model.name):
            found.setdefault(named["language"], model)
    return found


def voices_of_kokoro(folder: Path | None) -> dict[str, Path]:
    """English alone: what else it speaks, it speaks from sounds that are not made well for the languages here."""
    if folder is None or importlib.util.find_spec("kokoro_onnx") is None:
        return {}
    models = sorted(folder.glob(KOKORO))
    return {"en": models[0]} if models and any(folder.glob(ITS_VOICES)) else {}


@dataclass
class BetterVoice(Worker):
    """Those of one kind."""

    makes = "voice"
    folder: Path
    voices: Mapping[str, Path] = field(default_factory=dict)
    """By language: its model."""

    async def record(self, language: str, words: str) -> bytes:
        """Raises NotMade as `ask` does."""
        async with self.lock:
            return await self.ask({"model": str(self.voices[language]), "words": words})

    async def given(self) -> Path:
        return self.folder


@dataclass
class Piper(BetterVoice):
    module = "services.notifier.renderers.piper_worker"


@dataclass
class Kokoro(BetterVoice):
    module = "services.notifier.renderers.kokoro_worker"
    patience: ClassVar[float] = 100.0
    """A minute of speech takes it half a minute of two processors."""


def better_voices(folder: Path | None) -> tuple[BetterVoice, ...]:
    """The best first."""
    if folder is None:
        return ()
    return Kokoro(folder, voices_of_kokoro(folder)), Piper(folder, voices_of_piper(folder))
