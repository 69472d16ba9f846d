"""What the PAs of a drawn register say they have, do and cannot: many columns of chance made into claims."""
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np

from deploy.sample.pas import habits
from services.matcher.domain.profile import Claim

Draw = np.random.Generator
DAY = date(2026, 11, 2)
AT_ONCE = 4096
"""Drawn together, always all of them: so PA 17 is the same in a register of 20 and of a million."""
UNSURE = 0.01
"""The share of claims understood by likeness only, and not confirmed yet."""


def practice_shares(backgrounds: Sequence[tuple[str, str]]) -> Mapping[str, Any]:
    known = habits()
    shares = {
        background: known["practices"]
        | known["practices_by_culture"].get(background[1], {})
        | known["practices_by_faith"].get(background[0], {})
        for background in set(backgrounds)
    }
    codes = sorted({code for some in shares.values() for code in some})
    return {code: np.array([shares[background].get(code, 0.0) for background in backgrounds]) for code in codes}


@cache
def _claim(code: str, has: bool = True, until: date | None = None, confirmed: bool = True) -> Claim:
    return Claim(code, has, until, confirmed)


def claims(draw: Draw, shares: Mapping[str, Any]) -> list[tuple[Claim, ...]]:
    found: list[list[Claim]] = [[] for _ in range(AT_ONCE)]
    for code, share in shares.items():
        sure = draw.random(AT_ONCE) >= UNSURE
        for nth in np.flatnonzero(draw.random(AT_ONCE) < share).tolist():
            found[nth].append(_claim(code, confirmed=bool(sure[nth])))
    return [tuple(claims) for claims in found]


def skills(draw: Draw) -> list[tuple[Claim, ...]]:
    """Training that runs out carries its last day, and some has run out."""
    found: list[list[Claim]] = [[] for _ in range(AT_ONCE)]
    for code, (share, months) in habits()["skills"].items():
        sure, days = draw.random(AT_ONCE) >= UNSURE, draw.integers(-60, max(1, months * 30), AT_ONCE)
        for nth in np.flatnonzero(draw.random(AT_ONCE) < share).tolist():
            until = DAY + timedelta(days=int(days[nth])) if months else None
            found[nth].append(_claim(code, True, until, bool(sure[nth])))
    return [tuple(claims) for claims in found]


def yes_and_no(draw: Draw, shares: Mapping[str, tuple[float, float]]) -> list[tuple[Claim, ...]]:
    """How many say yes, how many say no; the rest said nothing."""
    found: list[list[Claim]] = [[] for _ in range(AT_ONCE)]
    for code, (yes, no) in shares.items():
        mark, sure = draw.random(AT_ONCE), draw.random(AT_ONCE) >= UNSURE
        for nth in np.flatnonzero((mark < yes) | (mark > 1 - no)).tolist():
            found[nth].append(_claim(code, bool(mark[nth] < yes), None, bool(sure[nth])))
    return [tuple(claims) for claims in found]
