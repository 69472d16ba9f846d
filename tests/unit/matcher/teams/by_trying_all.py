"""Teams by trying everything: slow, short, and nothing like the search it checks."""
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations, product

from services.matcher.domain import week
from services.matcher.domain.teams.asked import Asked
from services.matcher.domain.teams.candidates import Candidate
from services.matcher.domain.teams.paying import Terms
from services.matcher.domain.teams.team import free_when_asked

Hours = tuple[int, ...]


def most_covered(members: Sequence[Candidate], asked: Asked) -> int | None:
    """Every way of giving each quarter, night and piece to a member or to nobody. None: no way keeps everybody's limits."""
    found = None
    ways = {(0,) * len(members)}
    for bit in quarters(asked.fixed):
        ways = {given for way in ways for given in one_more(way, [one.free & bit for one in members], 1)}
    for nth in range(len(asked.nights)):
        ways = {given for way in ways for given in one_more(way, [one.nights >> nth & 1 for one in members], asked.night)}
    for pieces in every_way_of_pieces(members, asked):
        for way in ways:
            hours = tuple(one + other for one, other in zip(way, pieces, strict=True))
            if lawful(hours, members, asked):
                found = max(found or 0, sum(hours))
    return found


def lawful(hours: Hours, members: Sequence[Candidate], asked: Asked) -> bool:
    kept = all(max(1, one.least) <= each <= one.most for one, each in zip(members, hours, strict=True))
    return kept and (asked.money is None or paid(hours, members, asked.terms) <= Fraction(asked.money, asked.terms.unit))


def paid(hours: Hours, members: Sequence[Candidate], terms: Terms) -> Fraction:
    """Pence a week, all in: said anew from the law's own words, with the allowance off all National Insurance together."""
    whole, insurance = Fraction(0), Fraction(0)
    for one, each in zip(members, hours, strict=True):
        whole += Fraction(one.price * each, terms.unit)
        at, a_year = terms.thresholds, Fraction(one.rate * each * 52, 4)
        if at is None or one.beyond is None:
            continue
        if a_year > at.ni_from:
            insurance += (a_year - at.ni_from) * at.ni_share
        if a_year > at.pension_from:
            whole += (a_year - at.pension_from) * at.pension_share / 52
    return whole + max(Fraction(0), insurance - (terms.allowance or 0)) / 52


def one_more(way: Hours, can: Sequence[int], amount: int) -> Iterable[Hours]:
    yield way
    for nth, able in enumerate(can):
        if able:
            yield (*way[:nth], way[nth] + amount, *way[nth + 1 :])


def every_way_of_pieces(members: Sequence[Candidate], asked: Asked) -> set[Hours]:
    windows = 0
    for ask in asked.flexible:
        windows |= ask.window
    times = list(quarters(windows))
    choices = [
        [None, *((who, nth) for who, one in enumerate(members) for nth, free in enumerate(one.pieces) if free & bit)]
        for bit in times
    ]
    ways = set()
    for chosen in product(*choices):
        at_it = {(who, nth): 0 for who in range(len(members)) for nth in range(len(asked.flexible))}
        for bit, choice in zip(times, chosen, strict=True):
            if choice is not None:
                at_it[choice] |= bit
        long = all(length >= asked.flexible[nth].at_least for (_, nth), bits in at_it.items() for _, length in week.runs(bits))
        if long and all(
            sum(week.count(bits) for (_, other), bits in at_it.items() if other == nth) <= ask.quarters
            for nth, ask in enumerate(asked.flexible)
        ):
            ways.add(tuple(sum(week.count(at_it[who, nth]) for nth in range(len(asked.flexible))) for who in range(len(members))))
    return ways


def quarters(bits: int) -> Iterable[int]:
    for start, length in week.runs(bits):
        for quarter in range(start, start + length):
            yield week.span(quarter, 1)


def counted(covered: int, asked: Asked) -> int:
    """Hours, or with no money to keep quarter-hours, that stay when what is missing is rounded up to whole ones."""
    units = range(0, asked.total, 1 if asked.money is None else 4)
    return len(units) - sum(1 for before in units if before < asked.total - covered)


Order = tuple[int, int, int, int, tuple[int, ...]]


def all_teams(candidates: Sequence[Candidate], asked: Asked, largest: int) -> list[Order]:
    """In order, each as (minus what is covered as counted, size, minus score, minus overlap, members)."""
    teams: list[Order] = []
    covers: dict[tuple[int, ...], int | None] = {}
    for size in range(2, largest + 1):
        for members in combinations(range(len(candidates)), size):
            chosen = [candidates[nth] for nth in members]
            able = {nth for nth in range(len(asked.limited)) if any(one.does >> nth & 1 for one in chosen)}
            most = most_covered(chosen, asked) if len(able) == len(asked.limited) else None
            covers[members] = covered = None if most is None else counted(most, asked)
            parts = (covers[part] for smaller in range(2, size) for part in combinations(members, smaller))
            if covered is not None and not any(part is not None and part >= covered for part in parts):
                shared = sum(
                    sum(bool(free_when_asked(one) & bit) for one in chosen) >= 2 for bit in quarters(asked.time)
                )
                teams.append((-covered, size, -sum(one.score for one in chosen), -shared, members))
    return sorted(teams)
