"""Attacks on the published gaps: nothing under five follows from them; and attacks that find nothing would find something."""
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations_with_replacement, product
from random import Random
from uuid import UUID

import pytest

from services.matcher.domain.gaps.need import NOT_ASKED, Need
from services.matcher.domain.gaps.parting import Naming, named, parted
from services.matcher.domain.gaps.publishing import GapWeek, drawn_up
from services.matcher.domain.gaps.region import Region
from services.matcher.domain.gaps.rules import FACETS, GAPS_1, Facet
from services.matcher.domain.plan import PersonId
from tests.unit.matcher.attacking import Said, as_need, atoms_of, cells_of, inside, said, seen_to_change, worked_out

WEEK = date(2026, 11, 23)
LANGUAGES, AREAS, SKILLS = ("so", "gu", NOT_ASKED), ("LE2", "LE4", "LE5"), (NOT_ASKED, "hoist")


def some_needs(chance: Random, people: int, first: int = 0) -> list[Need]:
    return [
        Need(
            PersonId(UUID(int=first + number)),
            as_values({
                Facet.LANGUAGE: chance.choices(LANGUAGES, (1, 2, 3))[0],
                Facet.AREA: chance.choices(AREAS, (1, 2, 4))[0],
                Facet.SKILL: chance.choices(SKILLS, (2, 1))[0],
            }),
            chance.randint(8, 160),
        )
        for number in range(people)
    ]


def as_values(known: dict[Facet, str]) -> tuple[str, ...]:
    return tuple(known.get(facet, NOT_ASKED) for facet in FACETS)


def every_cell(needs: Sequence[Need], least: int = 5) -> list[Said]:
    """What is published where small counts are left out and nothing else is done."""
    counts = [(cell, sum(inside(cell)(need.values) for need in needs)) for cell in cells_of(atoms_of(needs))]
    return [Said(inside(cell), people) for cell, people in counts if people >= least]


@pytest.mark.parametrize("seed", range(4))
def test_no_count_under_five_follows_from_a_week_s_figures(seed: int) -> None:
    chance = Random(seed)
    needs = some_needs(chance, chance.randint(5, 60))

    week = drawn_up("leicester", WEEK, needs, None, GAPS_1)

    assert week.figures
    assert worked_out(atoms_of(needs), said(week)) == []


def test_the_attack_finds_what_leaving_out_small_counts_alone_gives_away() -> None:
    """Total 45, Somali 41: four others, and nobody had to say so."""
    needs = some_needs(Random(1), 45)

    assert worked_out(atoms_of(needs), every_cell(needs))


def test_the_attack_finds_a_small_rest_beside_a_total() -> None:
    """The groups as they are, but with a total beside groups whose rest was too small to be named."""
    needs = [Need(PersonId(UUID(int=n)), as_values({Facet.AREA: "LE5" if n < 7 else "LE4"}), 40) for n in range(10)]
    naive = [Said(lambda _: True, 10), Said(lambda atom: atom[1] == "LE5", 7)]

    assert worked_out(atoms_of(needs), naive)
    assert worked_out(atoms_of(needs), said(drawn_up("leicester", WEEK, needs, None, GAPS_1))) == []


@pytest.mark.parametrize(("kinds", "largest"), [
    ({Facet.AREA: ("LE2", "LE4", "LE5", "LE6")}, 18),
    ({Facet.AREA: ("LE2", "LE4", "LE5"), Facet.SKILL: (NOT_ASKED, "hoist")}, 13),
    ({Facet.BAND: ("nights", "weekend_days", NOT_ASKED)}, 22),
])
def test_with_the_rules_known_and_every_population_tried_no_count_under_five_is_sure(
    kinds: dict[Facet, tuple[str, ...]], largest: int
) -> None:
    """The strongest attack on one week: all there could be, as the very rules would have published it."""
    rules = replace(GAPS_1, possible={facet: len(kinds.get(facet, ("",))) for facet in FACETS})
    atoms = [as_values(dict(zip(kinds, values, strict=True))) for values in product(*kinds.values())]
    of = [[nth for nth, atom in enumerate(atoms) if inside(cell)(atom)] for cell in cells_of(atoms)]
    found: dict[object, tuple[list[int], list[int]]] = {}

    for people in range(largest + 1):
        for drawn in combinations_with_replacement(range(len(atoms)), people):
            counts = Counter(drawn)
            told = tuple((one.region, len(one.needs)) for one in parted([as_need(atoms[nth]) for nth in drawn], rules))
            here = [sum(counts[nth] for nth in those) for those in of]
            least, most = found.get(told, (here, here))
            found[told] = [min(two) for two in zip(least, here, strict=True)], [max(two) for two in zip(most, here, strict=True)]

    assert max(len(told) for told in found) > 1  # type: ignore[arg-type]
    assert not [told for told, (least, most) in found.items() if any(a >= 1 and b < 5 for a, b in zip(least, most, strict=True))]


@pytest.mark.parametrize("seed", range(2))
def test_between_two_weeks_nothing_shows_that_fewer_than_five_would_explain(seed: int) -> None:
    chance = Random(seed)
    needs = some_needs(chance, chance.randint(30, 50))
    before = drawn_up("leicester", WEEK, needs, None, GAPS_1)
    changed = False

    for nth in range(1, 6):
        for gone in chance.sample(needs, chance.choice((0, 1, 2, 7))):
            needs.remove(gone)
        needs += some_needs(chance, chance.choice((0, 1, 3, 9)), first=1000 * nth)
        after = drawn_up("leicester", WEEK + timedelta(7 * nth), needs, before, GAPS_1)
        changed |= after.figures != before.figures
        assert seen_to_change(atoms_of(needs), said(before), said(after)) == []
        before = after

    assert changed, "figures that never change are of no use"


def test_the_attack_sees_one_person_come_where_each_week_is_drawn_up_anew() -> None:
    needs = some_needs(Random(3), 30)
    newcomer = some_needs(Random(4), 1, first=500)
    before, after = (drawn_up("leicester", WEEK, some, None, GAPS_1) for some in (needs, needs + newcomer))

    held = drawn_up("leicester", WEEK + timedelta(7), needs + newcomer, before, GAPS_1)

    assert seen_to_change(atoms_of(needs + newcomer), said(before), said(after))
    assert seen_to_change(atoms_of(needs + newcomer), said(before), said(held)) == []


def test_a_group_that_grows_its_own_name_does_not_show_who_came_with_it() -> None:
    """Twelve were one group. Now five of thirteen could be named: told anew, the sum of both would say that one came."""
    def of(area: str, people: int, first: int) -> list[Need]:
        return [Need(PersonId(UUID(int=first + n)), as_values({Facet.AREA: area}), 40) for n in range(people)]

    twelve = of("LE2", 4, 0) + of("LE4", 4, 10) + of("LE5", 4, 20)
    thirteen = [*twelve, *of("LE5", 1, 30)]
    before = drawn_up("leicester", WEEK, twelve, None, GAPS_1)

    after = drawn_up("leicester", WEEK + timedelta(7), thirteen, before, GAPS_1)

    assert [figure.people for figure in before.figures] == [12]
    assert after.figures == before.figures
    anew = drawn_up("leicester", WEEK + timedelta(7), thirteen, None, GAPS_1)
    assert [figure.people for figure in anew.figures] == [8, 5]
    assert seen_to_change(atoms_of(thirteen), said(before), said(anew))


def test_figures_never_overlap_and_never_are_of_fewer_than_five() -> None:
    chance = Random(9)
    week: GapWeek | None = None
    needs: list[Need] = []

    for nth in range(40):
        needs = chance.sample(needs, len(needs) * 4 // 5) + some_needs(chance, chance.randint(0, 12), first=1000 * nth)
        week = drawn_up("leicester", WEEK + timedelta(7 * nth), needs, week, GAPS_1)
        regions = [figure.region for figure in week.figures]
        assert all(figure.people >= 5 for figure in week.figures)
        assert not [(a, b) for a in regions for b in regions if a is not b and a.overlaps(b)]


def test_regions_overlap_just_where_somebody_could_be_in_both() -> None:
    chance = Random(5)
    values = {Facet.LANGUAGE: ("so", "syl"), Facet.AREA: ("LE4", "LE5")}
    atoms = [as_values({Facet.LANGUAGE: a, Facet.AREA: b}) for a in ("so", "syl", "x") for b in ("LE4", "LE5", "y")]

    def some_region() -> Region:
        region = Region()
        for facet, some in values.items():
            match chance.randint(0, 2):
                case 0:
                    region = region.only(facet, chance.choice(some))
                case 1:
                    region = region.without(facet, chance.sample(some, chance.randint(1, 2)))
        return region

    for one, other in ((some_region(), some_region()) for _ in range(300)):
        assert one.overlaps(other) == any(one.holds(as_need(atom)) and other.holds(as_need(atom)) for atom in atoms)


def test_a_figure_stays_for_small_changes_moves_for_large_ones_and_ends_under_five() -> None:
    def week(nth: int, people: int, before: GapWeek | None) -> GapWeek:
        return drawn_up("leicester", WEEK + timedelta(7 * nth), some_of(people), before, GAPS_1)

    def some_of(people: int) -> list[Need]:
        return [Need(PersonId(UUID(int=n)), as_values({Facet.AREA: "LE5"}), 40) for n in range(people)]

    first = week(0, 7, None)
    stays = week(1, 11, first)
    moves = week(2, 12, stays)
    ends = week(3, 4, moves)

    assert [(one.people, one.since) for one in stays.figures] == [(7, WEEK)]
    assert [(one.people, one.since) for one in moves.figures] == [(12, WEEK + timedelta(14))]
    assert ends.figures == ()


def test_an_intimate_need_is_never_named_for_all_who_could_be_meant() -> None:
    """Whoever knows that somebody is one of the twelve in LE5 must not learn that they need help with epilepsy."""
    alike = [Need(PersonId(UUID(int=n)), as_values({Facet.AREA: "LE5", Facet.SKILL: "epilepsy"}), 40) for n in range(12)]
    others = [Need(PersonId(UUID(int=50 + n)), as_values({Facet.AREA: "LE5"}), 40) for n in range(5)]

    def told(needs: list[Need]) -> list[bool]:
        return [figure.region.on(Facet.SKILL) is not None for figure in drawn_up("leicester", WEEK, needs, None, GAPS_1).figures]

    assert told(alike) == [False]
    assert told(alike + others) == [True, True]


def test_hours_do_not_show_the_one_who_wants_far_more_than_the_others() -> None:
    def hours(*quarters: int) -> int:
        needs = [Need(PersonId(UUID(int=n)), as_values({}), one) for n, one in enumerate(quarters)]
        (figure,) = drawn_up("leicester", WEEK, needs, None, GAPS_1).figures
        return figure.hours

    assert hours(40, 40, 40, 40, 40) == 50
    assert hours(40, 40, 40, 40, 672) == 50
    assert hours(80, 80, 80, 40, 40) == 80
    assert hours(*[7] * 5) == 0


def test_a_figure_counts_everybody_of_its_kind_and_few_are_in_none() -> None:
    needs = some_needs(Random(2), 60)

    week = drawn_up("leicester", WEEK, needs, None, GAPS_1)

    for figure in week.figures:
        assert figure.people == sum(figure.region.holds(need) for need in needs)
    assert sum(figure.people for figure in week.figures) >= 50


def test_few_others_are_left_out_and_hide_nobody_else() -> None:
    assert named({"syl": 7, "gu": 4}, Facet.LANGUAGE, GAPS_1) == Naming(("syl",), with_rest=False)
    assert named({"syl": 7, "gu": 4, "so": 1}, Facet.LANGUAGE, GAPS_1) == Naming(("syl",), with_rest=True)
    assert named({"gu": 4, "so": 4}, Facet.LANGUAGE, GAPS_1) == Naming((), with_rest=True)


def test_of_few_values_and_many_people_nothing_is_said() -> None:
    """Six parts of the week and no set times: with 28 people and nowhere five, there are four in each."""
    assert named({str(nth): 4 for nth in range(7)}, Facet.BAND, GAPS_1) == Naming((), with_rest=False)
    assert named({str(nth): 4 for nth in range(6)}, Facet.BAND, GAPS_1) == Naming((), with_rest=True)
