"""What a reason, a change or a what-if says is written once: pages, messages, API and command line take it from here."""
import re
from pathlib import Path

import pytest

from shared.vocabulary.change_words import WHAT, WHY
from shared.vocabulary.pa_words import FOR_THE_PA, TO_THE_PA
from shared.vocabulary.reason_words import IN_GENERAL, REASONS
from shared.vocabulary.what_if_words import IFS, KEEP, WISHES
from tests.architecture.tree import ROOT

LONG_ENOUGH = 22  # characters: shorter pieces are everyday words
SOURCES = [
    file for folder in ("services", "deploy") for kind in ("*.py", "*.html", "*.toml", "*.yaml", "*.json")
    for file in (ROOT / folder).rglob(kind)
]  # fmt: skip


def pieces() -> set[str]:
    sentences = [
        *REASONS.values(), *IN_GENERAL.values(), *(text for text, _ in TO_THE_PA.values()), *FOR_THE_PA.values(), *IFS.values(),
        *WISHES.values(), *WHAT.values(), *WHY.values(), KEEP,
    ]  # fmt: skip
    parts = (part.strip(" .,“”:") for sentence in sentences for part in re.split(r"\{[^}]*\}", sentence))
    return {part for part in parts if len(part) >= LONG_ENOUGH}


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_other_file_says_it_too(file: Path) -> None:
    text = " ".join(file.read_text(encoding="utf-8").split())

    assert not [piece for piece in pieces() if piece in text]
