"""How far apart a person and a PA are, and whether the PA's way of travelling reaches."""
from math import isqrt

from services.matcher.domain.finding import Finding, no, yes
from services.matcher.domain.plan import Wish
from services.matcher.domain.profile import Point, Profile
from services.matcher.domain.rules import WHOLE, Reach, Rules


def distance_m(one: Point, other: Point) -> int:
    """Whole metres, rounded down, between two approximate points."""
    return isqrt((one.east_m - other.east_m) ** 2 + (one.north_m - other.north_m) ** 2)


def reach(profile: Profile, rules: Rules) -> Reach:
    """The published table for how they travel; their own word on how far, where they gave one, stands over it."""
    table = rules.reaches[profile.travel]
    furthest = table.furthest_m if profile.furthest_m is None else profile.furthest_m
    return Reach(min(table.comfortable_m, furthest), furthest)


def place(wish: Wish | None, profile: Profile, away_m: int, rules: Rules) -> Finding:
    """`wish` None: only whether the PA reaches, which always must hold."""
    how = (("distance_m", away_m), ("travel", profile.travel.value))
    limit = reach(profile, rules)
    if away_m > limit.furthest_m:
        return no("out_of_reach", *how)
    if away_m <= limit.comfortable_m:
        fit = WHOLE
    else:
        fit = (limit.furthest_m - away_m) * WHOLE // (limit.furthest_m - limit.comfortable_m)
    if wish is not None and wish.within_m is not None and away_m > wish.within_m:
        return no("beyond_asked", *how, ("within_m", wish.within_m), fit=fit)
    return yes("near" if away_m <= limit.comfortable_m else "some_way", *how, fit=fit)
