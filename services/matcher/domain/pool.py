"""What each of several people pays of one job that they share: by the hours they agreed, to the penny."""
from collections.abc import Sequence
from dataclasses import dataclass

from services.matcher.domain.budget import WhoPays, who_pays
from services.matcher.domain.plan import Share


class NobodyShares(ValueError):
    """There is something to share out, and nobody has agreed to any hours."""


@dataclass(frozen=True)
class Part:
    """One person's part of the cost, in pence."""

    share: Share
    a_week: int
    a_year: int
    paid_by: WhoPays


def split(whole: int, hours: Sequence[int]) -> tuple[int, ...]:
    """`whole` shared out in proportion to `hours`. The parts add up to it exactly.

    Largest remainder: each first gets the whole pence of their part; the pence left over go one each to those who lost most
    by that, the earlier first where it is the same. So nobody is further than a penny from their exact part.
    """
    all_hours = sum(hours)
    if not all_hours:
        if whole:
            raise NobodyShares
        return tuple(0 for _ in hours)
    floors = [whole * one // all_hours for one in hours]
    lost = [whole * one % all_hours for one in hours]
    left_over = whole - sum(floors)
    takers = set(sorted(range(len(hours)), key=lambda nth: (-lost[nth], nth))[:left_over])
    return tuple(floor + (nth in takers) for nth, floor in enumerate(floors))


def parts(shares: Sequence[Share], a_week: int, a_year: int) -> tuple[Part, ...]:
    """In the order of the shares. Weeks and years are each shared out, so each adds up to its own total."""
    hours = [share.quarters for share in shares]
    if not any(hours):
        return ()
    weeks, years = split(a_week, hours), split(a_year, hours)
    return tuple(
        Part(share, week, year, who_pays(week, budget=share.budget, contribution=share.contribution, funding=share.funding))
        for share, week, year in zip(shares, weeks, years, strict=True)
    )
