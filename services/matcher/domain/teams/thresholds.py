"""National Insurance and pension as rows of an integer programme."""
from collections.abc import Sequence

from services.matcher.domain.teams.asked import Asked
from services.matcher.domain.teams.candidates import Candidate
from services.matcher.domain.teams.paying import Ints
from services.matcher.domain.teams.programme import FREE, Programme
from services.matcher.domain.week import QUARTERS_A_WEEK

Terms = list[tuple[int, int]]
"""Numbers and factors that add up to somebody's hours."""


def hold_to_money(programme: Programme, members: Sequence[Candidate], asked: Asked, by_member: Sequence[Terms]) -> None:
    """In pennies, as the solver's numbers are not whole ones."""
    unit, ni, pensions = asked.terms.unit, [], []
    for one, terms in zip(members, by_member, strict=True):
        if one.beyond is not None:
            pensions += _rising(programme, one.beyond.pension, terms, unit)
            ni += _rising(programme, one.beyond.ni, terms, unit)
    pay = [(number, factor * one.price / unit) for one, terms in zip(members, by_member, strict=True) for number, factor in terms]
    for purse in asked.purses:
        whole = [(number, factor * purse.whole) for number, factor in (*pay, *pensions)]
        programme.row(-FREE, purse.money / unit, [*whole, *((number, factor * purse.ni) for number, factor in ni if purse.ni)])


def _rising(programme: Programme, table: Ints, terms: Terms, unit: int) -> list[tuple[int, float]]:
    """An amount that is no less than nothing, and no less than what rises with the hours above the threshold."""
    last = int(table[-1])
    if not last:
        return []
    amount, each = programme.amount(FREE), last - int(table[-2])
    rising = [(number, factor * each / unit) for number, factor in terms]
    programme.row(-FREE, (each * QUARTERS_A_WEEK - last) / unit, [*rising, (amount, -1)])
    return [(amount, 1)]
