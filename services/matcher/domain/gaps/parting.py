"""Part people into groups that never overlap, each as narrow as it can be and none of fewer than five.

As groups never overlap and no total stands beside them, there is nothing to subtract: what follows from several figures of
one week is a sum of whole groups. The rules are public, so what follows from a value *not* being named counts too: of each
such value it must stay possible that nobody has it (decision 0046 has the argument; `test_gaps_attacked` tries every case).
"""
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.matcher.domain.gaps.need import Need
from services.matcher.domain.gaps.region import Region
from services.matcher.domain.gaps.rules import FACETS, INTIMATE, Facet, GapRules


@dataclass(frozen=True)
class Group:
    region: Region
    needs: tuple[Need, ...]


def parted(needs: Sequence[Need], rules: GapRules) -> tuple[Group, ...]:
    """Nobody is in two groups; a few may be in none, and with fewer than `least` people in all there is none."""
    return tuple(_parted(needs, Region(), FACETS, rules)) if len(needs) >= rules.least else ()


def _parted(needs: Sequence[Need], region: Region, facets: Sequence[Facet], rules: GapRules) -> list[Group]:
    for nth, facet in enumerate(facets, start=1):
        by_value: dict[str, list[Need]] = defaultdict(list)
        for need in needs:
            by_value[need.value(facet)].append(need)
        naming = named({value: len(those) for value, those in by_value.items()}, facet, rules)
        if not naming.values and naming.with_rest:
            continue
        groups = []
        for value in naming.values:
            groups += _parted(by_value[value], region.only(facet, value), facets[nth:], rules)
        if naming.with_rest:
            rest = [need for need in needs if need.value(facet) not in naming.values]
            groups += _parted(rest, region.without(facet, naming.values), facets[nth:], rules)
        return groups
    return [Group(region, tuple(needs))]


@dataclass(frozen=True)
class Naming:
    values: tuple[str, ...]
    """None: this facet tells nobody apart here."""
    with_rest: bool
    """False: there is nobody else, or they are left out."""


def named(sizes: Mapping[str, int], facet: Facet, rules: GapRules) -> Naming:
    """Every value of enough people; the others together, where they are enough and not too many for it.

    Too many: each has fewer than `least`, so with few such values there would have to be somebody in each. An intimate facet is
    told only beside a rest, and as many of its values join that as it takes: else whoever knows that somebody is in the wider
    group would know this of them too.
    """
    enough = sorted((value for value, size in sizes.items() if size >= rules.least), key=lambda value: (-sizes[value], value))
    everybody, possible = sum(sizes.values()), rules.possible[facet]
    for many in range(len(enough), 0, -1):
        rest = everybody - sum(sizes[value] for value in enough[:many])
        with_rest = rules.least <= rest <= _room(possible - many, rules)
        if with_rest or facet not in INTIMATE:
            return Naming(tuple(sorted(enough[:many])), with_rest)
    return Naming((), with_rest=facet in INTIMATE or everybody <= _room(possible, rules))


def _room(values: int, rules: GapRules) -> int:
    """The most people that so many values, none of enough people, can hold when one of them holds nobody."""
    return (rules.least - 1) * (values - 1)
