"""Which needs a figure is of: some facets are one value, some are none of several, the rest may be anything."""
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from services.matcher.domain.gaps.need import Need
from services.matcher.domain.gaps.rules import FACETS, Facet


@dataclass(frozen=True)
class Bound:
    facet: Facet
    values: tuple[str, ...]
    """In order, so that equal bounds are equal."""
    among: bool
    """True: the need's value is the one named. False: it is none of those named."""

    def holds(self, value: str) -> bool:
        return (value in self.values) is self.among


@dataclass(frozen=True)
class Region:
    bounds: tuple[Bound, ...] = ()
    """At most one for each facet, in the order of the facets."""

    def only(self, facet: Facet, value: str) -> "Region":
        return self._bound(Bound(facet, (value,), among=True))

    def without(self, facet: Facet, values: Iterable[str]) -> "Region":
        return self._bound(Bound(facet, tuple(sorted(values)), among=False))

    def _bound(self, bound: Bound) -> "Region":
        return Region(tuple(sorted((*self.bounds, bound), key=lambda one: FACETS.index(one.facet))))

    def on(self, facet: Facet) -> Bound | None:
        return next((bound for bound in self.bounds if bound.facet is facet), None)

    def holds(self, need: Need) -> bool:
        return all(bound.holds(need.value(bound.facet)) for bound in self.bounds)

    def overlaps(self, other: "Region") -> bool:
        """Whether any need at all could be in both."""
        return all(
            _agree(bound, against) for bound in self.bounds if (against := other.on(bound.facet)) is not None
        )

    @property
    def key(self) -> str:
        """The same for the same region in every week."""
        return "&".join(f"{bound.facet}{'=' if bound.among else '!'}{'|'.join(bound.values)}" for bound in self.bounds)


def _agree(one: Bound, other: Bound) -> bool:
    if not one.among and not other.among:
        return True  # there is always a value that neither names
    named = chain(one.values if one.among else (), other.values if other.among else ())
    return any(one.holds(value) and other.holds(value) for value in named)
