"""What looking at one wish finds: a code and what goes in it (words come later), how well it fits, and whether it is met."""
from dataclasses import dataclass
from enum import StrEnum

from services.matcher.domain.plan import Criterion, Strength
from services.matcher.domain.rules import WHOLE

Params = tuple[tuple[str, str | int], ...]


class Met(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    """Not known, please ask. Never meets a must, and is never said as no."""


@dataclass(frozen=True, slots=True)
class Finding:
    code: str
    met: Met
    fit: int | None
    """Millionths; None: not known."""
    params: Params = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """A finding about one asked criterion, or about a must that always holds."""

    criterion: Criterion
    strength: Strength
    code: str
    met: Met
    fit: int | None
    params: Params = ()


def yes(code: str, *params: tuple[str, str | int], fit: int = WHOLE) -> Finding:
    return Finding(code, Met.YES, fit, params)


def no(code: str, *params: tuple[str, str | int], fit: int = 0) -> Finding:
    return Finding(code, Met.NO, fit, params)


def unknown(code: str, *params: tuple[str, str | int]) -> Finding:
    return Finding(code, Met.UNKNOWN, None, params)
