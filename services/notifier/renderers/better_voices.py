"""Better computer voices, where somebody put them: Piper's, each a model of one language, spoken by a process of their own."""
import importlib.util
import re
from dataclasses import dataclass, field
from pathlib import Path

from services.notifier.renderers.worker import Worker

NAME = re.compile(r"(?P<language>[a-z]{2,3})_(?P<region>[A-Z]{2})-.+\.onnx")
"""As Piper's voices are called: `cy_GB-gwryw_gogleddol-medium.onnx`, with its `.onnx.json` beside it."""


def voices_in(folder: Path | None) -> dict[str, Path]:
    """Language -> model; a British voice before another, then by name. Without Piper itself there are none."""
    if folder is None or importlib.util.find_spec("piper") is None:
        return {}
    found: dict[str, Path] = {}
    whole = [model for model in folder.glob("*.onnx") if model.with_name(f"{model.name}.json").is_file()]
    for model in sorted(whole, key=lambda one: ("_GB-" not in one.name, one.name)):
        if named := NAME.fullmatch(model.name):
            found.setdefault(named["language"], model)
    return found


@dataclass
class BetterVoice(Worker):
    makes = "voice"
    module = "services.notifier.renderers.piper_worker"
    folder: Path | None
    voices: dict[str, Path] = field(init=False)

    def __post_init__(self) -> None:
        self.voices = voices_in(self.folder)

    async def record(self, language: str, words: str) -> bytes:
        """Raises NotMade as `ask` does."""
        async with self.lock:
            return await self.ask({"model": str(self.voices[language]), "words": words})

    async def given(self) -> Path:
        assert self.folder is not None
        return self.folder
