"""How far, against how far the PA travels and the person asked."""
import numpy as np

from services.matcher.domain.finding import Met, Params, Reason
from services.matcher.domain.kernel.columns import NEVER, Array, Bools, Ints
from services.matcher.domain.kernel.parts.part import Kinds, Question, Said, by_keys
from services.matcher.domain.kernel.views import View
from services.matcher.domain.kernel.writing import FAR, TRAVELS, beyond, on_the_map
from services.matcher.domain.kernel.zones import ANYWHERE, ZONE
from services.matcher.domain.plan import Criterion, Strength, Wish
from services.matcher.domain.profile import Point
from services.matcher.domain.rules import WHOLE

MANY = 0.7
"""Of the zones must be far, or reading them all at once is quicker."""
FEW = 64 * ZONE
"""Rows that are read in less time than it takes to look at their zones."""
BY = [("travel", travel.value) for travel in TRAVELS]


class Place:
    """`wish` None: only whether the PA reaches, which always must hold."""

    def __init__(self, wish: Wish | None, strength: Strength, question: Question) -> None:
        self.said = Said(Criterion.PLACE, strength)
        self.within = None if wish is None else wish.within_m
        self.point = where(question)
        self.made: dict[tuple[int, ...], Reason] = {}
        self.comfortable = np.array([question.rules.reaches[travel].comfortable_m for travel in TRAVELS], np.int64)

    def unmet(self, view: View) -> Bools:
        """Zones that are out of everybody's reach are not read."""
        if not isinstance(view.rows, slice) or len(view) <= FEW:
            return self._unmet(view)
        first, last = view.rows.start // ZONE, -(-view.rows.stop // ZONE)
        far = view.held.zones.out_of_reach(first, last, self.point, ANYWHERE if self.within is None else (self.within + 1) ** 2)
        if np.count_nonzero(far) < MANY * len(far):
            return self._unmet(view)
        near = (np.flatnonzero(~far)[:, None] * ZONE + np.arange(ZONE)).ravel() + (first * ZONE - view.rows.start)
        near = near[np.searchsorted(near, 0) : np.searchsorted(near, len(view))]
        found = np.ones(len(view), np.bool_)
        found[near] = self._unmet(View(view.held, near + view.rows.start, view.shared))
        return found

    def _unmet(self, view: View) -> Bools:
        """In 32 bits, where whatever is further than FAR either way counts as just so far. That is exact for all whose
        reach is less; of the few who reach further the whole squares are looked at."""
        squared, reach = self._nearly(view), view.column("beyond")
        found: Bools = squared >= (reach if self.within is None else np.minimum(reach, beyond(self.within)))
        far = np.flatnonzero(reach == NEVER)
        if len(far):
            found[far] = self._out_of(View(view.held, view.numbers()[far], view.shared))
        return found

    def _nearly(self, view: View) -> Array:
        return view.kept("nearly", self._work_out_nearly)

    def _work_out_nearly(self, view: View) -> Array:
        east = np.minimum(np.abs(view.column("east_m") - np.int32(self.point.east_m)), np.int32(FAR))
        north = np.minimum(np.abs(view.column("north_m") - np.int32(self.point.north_m)), np.int32(FAR))
        found: Array = east * east + north * north
        return found

    def _out_of(self, view: View) -> Bools:
        away = view.away_m(self.point)
        found: Bools = away > view.column("furthest_m")
        return found if self.within is None else found | (away > self.within)

    def worth(self, view: View) -> Ints:
        return self._found(view)[3]

    def _found(self, view: View) -> tuple[Ints, Ints, Ints, Ints]:
        """Distance, comfortable, furthest, fit."""
        return view.kept("reach", self._work_out)

    def _work_out(self, view: View) -> tuple[Ints, Ints, Ints, Ints]:
        away = view.away_m(self.point)
        furthest = view.column("furthest_m").astype(np.int64)
        comfortable = np.minimum(self.comfortable[view.column("travel")], furthest)
        falling = np.maximum(furthest - away, 0) * WHOLE // np.maximum(furthest - comfortable, 1)
        return away, comfortable, furthest, np.where(away <= comfortable, WHOLE, falling)

    def told(self, view: View) -> list[Reason]:
        columns = (*self._found(view), view.column("travel"))
        keys = list(zip(*(column.tolist() for column in columns), strict=True))
        return by_keys(keys, self.made, lambda key: self._reason(*key))

    def kinds(self, view: View) -> Kinds:
        away, comfortable, furthest, _ = self._found(view)
        beyond = view.none() if self.within is None else away > self.within
        which = np.where(away > furthest, 0, np.where(beyond, 1, np.where(away <= comfortable, 2, 3)))
        said = (("out_of_reach", Met.NO), ("beyond_asked", Met.NO), ("near", Met.YES), ("some_way", Met.YES))
        return which, [Reason(Criterion.PLACE, self.said.strength, code, met, None) for code, met in said]

    def _reason(self, away: int, comfortable: int, furthest: int, fit: int, travel: int) -> Reason:
        kind, strength = Criterion.PLACE, self.said.strength
        how: Params = (("distance_m", away), BY[travel])
        if away > furthest:
            return Reason(kind, strength, "out_of_reach", Met.NO, 0, how)
        if self.within is not None and away > self.within:
            return Reason(kind, strength, "beyond_asked", Met.NO, fit, (*how, ("within_m", self.within)))
        return Reason(kind, strength, "near" if away <= comfortable else "some_way", Met.YES, fit, how)


def where(question: Question) -> Point:
    return Point(on_the_map(question.plan.place.east_m), on_the_map(question.plan.place.north_m))
