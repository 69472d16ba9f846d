"""One sample council as streams of the JSON bodies that the services take."""
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

SAMPLE_DAY = date(2026, 11, 2)
"""The day a sample is made for when none is said, so that the same seed gives the same bytes on every day."""


@dataclass(frozen=True)
class Sample:
    council: str
    pas: int = 200
    plans: int = 40
    seed: int = 7
    day: date = SAMPLE_DAY

    def profiles(self) -> Iterator[dict[str, Any]]: ...
    def contacts(self) -> Iterator[dict[str, Any]]: ...
    def accounts(self) -> Iterator[dict[str, Any]]: ...
    def supporters(self) -> Iterator[dict[str, Any]]: ...
    def support_plans(self) -> Iterator[dict[str, Any]]: ...
