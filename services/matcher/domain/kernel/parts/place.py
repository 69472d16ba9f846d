"""How far, against how far the PA travels and the person asked."""
import numpy as np

from services.matcher.domain.finding import Finding, Reason, no, yes
from services.matcher.domain.kernel.columns import NEVER, Array, Bools, Ints
from services.matcher.domain.kernel.parts.part import Question, Said
from services.matcher.domain.kernel.views import View
from services.matcher.domain.kernel.writing import FAR, TRAVELS, beyond, on_the_map
from services.matcher.domain.plan import Criterion, Strength, Wish
from services.matcher.domain.profile import Point
from services.matcher.domain.rules import WHOLE


class Place:
    """`wish` None: only whether the PA reaches, which always must hold."""

    def __init__(self, wish: Wish | None, strength: Strength, question: Question) -> None:
        self.said = Said(Criterion.PLACE, strength)
        self.within = None if wish is None else wish.within_m
        self.point = where(question)
        self.comfortable = np.array([question.rules.reaches[travel].comfortable_m for travel in TRAVELS], np.int64)

    def unmet(self, view: View) -> Bools:
        """In 32 bits, where whatever is further than FAR either way counts as just so far. That is exact for all whose
        reach is less; of the few who reach further the whole squares are looked at."""
        squared, reach = self._nearly(view), view.column("beyond")
        found: Bools = squared >= (reach if self.within is None else np.minimum(reach, beyond(self.within)))
        far = np.flatnonzero(reach == NEVER)
        if len(far):
            found[far] = self._out_of(View(view.held, view.numbers()[far], view.shared))
        return found

    def _nearly(self, view: View) -> Array:
        if "nearly" not in view.known:
            east = np.minimum(np.abs(view.column("east_m") - np.int32(self.point.east_m)), np.int32(FAR))
            north = np.minimum(np.abs(view.column("north_m") - np.int32(self.point.north_m)), np.int32(FAR))
            view.known["nearly"] = east * east + north * north
        found: Array = view.known["nearly"]
        return found

    def _out_of(self, view: View) -> Bools:
        away = view.away_m(self.point)
        found: Bools = away > view.column("furthest_m")
        return found if self.within is None else found | (away > self.within)

    def worth(self, view: View) -> Ints:
        return self._found(view)[3]

    def _found(self, view: View) -> tuple[Ints, Ints, Ints, Ints]:
        """Distance, comfortable, furthest, fit."""
        away = view.away_m(self.point)
        furthest = view.column("furthest_m").astype(np.int64)
        comfortable = np.minimum(self.comfortable[view.column("travel")], furthest)
        falling = np.maximum(furthest - away, 0) * WHOLE // np.maximum(furthest - comfortable, 1)
        return away, comfortable, furthest, np.where(away <= comfortable, WHOLE, falling)

    def told(self, view: View) -> list[Reason]:
        away, comfortable, furthest, fit = (found.tolist() for found in self._found(view))
        travels = view.column("travel").tolist()
        return [self.said.reason(self._finding(*one)) for one in zip(away, comfortable, furthest, fit, travels, strict=True)]

    def _finding(self, away: int, comfortable: int, furthest: int, fit: int, travel: int) -> Finding:
        how = (("distance_m", away), ("travel", TRAVELS[travel].value))
        if away > furthest:
            return no("out_of_reach", *how)
        if self.within is not None and away > self.within:
            return no("beyond_asked", *how, ("within_m", self.within), fit=fit)
        return yes("near" if away <= comfortable else "some_way", *how, fit=fit)


def where(question: Question) -> Point:
    return Point(on_the_map(question.plan.place.east_m), on_the_map(question.plan.place.north_m))
