"""The best teams are the best there are: compared with trying every team and every way of sharing out the week."""
from collections.abc import Sequence
from fractions import Fraction
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.matcher.domain import week
from services.matcher.domain.placing import Placement
from services.matcher.domain.plan import Flexible
from services.matcher.domain.profile import AgeBand, ProfileId
from services.matcher.domain.teams.asked import Asked
from services.matcher.domain.teams.candidates import Candidate, alone, long_stretches
from services.matcher.domain.teams.paying import PAY_ALONE, Terms, Thresholds
from services.matcher.domain.teams.search import best_teams
from services.matcher.domain.teams.sharing import Piece, ceiling, shared_out
from tests.unit.matcher.teams.by_trying_all import all_teams, lawful, most_covered

UNHURRIED = settings(deadline=None, max_examples=120, suppress_health_check=list(HealthCheck))
FIXED = 8  # quarters from Monday 00:00 on may be fixed times, and as many from Sunday 23:00 over midnight flexible


@st.composite
def asks(draw: st.DrawFn, flexible: bool = True) -> Asked:
    windows = st.integers(1, 2**5 - 1).map(lambda bits: shifted(bits, 5, 670))
    fixed = shifted(draw(st.integers(0, 2**FIXED - 1)), FIXED, 8)
    flexibles = draw(st.lists(st.builds(Flexible, st.integers(1, 5), windows, st.integers(1, 3)), max_size=2)) if flexible else []
    nights = tuple(draw(st.lists(st.integers(0, 6), max_size=2, unique=True).map(sorted)))
    terms = draw(st.sampled_from([PAY_ALONE]) | all_terms)
    money = draw(st.none() | st.integers(0, 30).map(lambda quarters: quarters * terms.price(1300, self_employed=True)))
    kept = [ask for ask in flexibles if ask.at_least <= ask.quarters]
    in_order = tuple(sorted(kept, key=lambda ask: week.count(ask.window)))
    limited = draw(st.sampled_from([(), (), ("personal_care",), ("personal_care", "cooking")]))
    return Asked(fixed, nights, in_order, draw(st.integers(2, 3)), money, terms, limited=limited)


A_QUARTER = 1300 * 13
"""A year's pay for a quarter of an hour a week: so the thresholds are in the midst of these small weeks."""
thresholds = st.builds(
    Thresholds, st.sampled_from([Fraction(15, 100), Fraction(138, 1000)]), st.integers(0, 6 * A_QUARTER), st.just(40 * A_QUARTER),
    st.sampled_from([Fraction(3, 100), Fraction(1, 2)]), st.integers(0, 6 * A_QUARTER),
)
all_terms = st.builds(
    Terms, st.sampled_from([Fraction(1), Fraction(72, 65)]), thresholds, st.none() | st.integers(0, 3 * A_QUARTER)
)


def shifted(bits: int, length: int, start: int) -> int:
    """`length` bits, the highest at quarter `start`, over the end of the week where it comes to that."""
    return sum(week.span(start + nth, 1) for nth in range(length) if bits >> nth & 1)


@st.composite
def candidates_for(draw: st.DrawFn, asked: Asked, most: int) -> list[Candidate]:
    found = []
    for _ in range(draw(st.integers(2, most))):
        free = shifted(draw(st.integers(1, 2**FIXED - 1)), FIXED, 8) | shifted(draw(st.integers(1, 31)), 5, 670)
        score = draw(st.integers(0, 3))
        least = draw(st.sampled_from([0, 0, 0, 1, 3]))
        rate, own_boss = draw(st.sampled_from([1221, 1300, 1700])), draw(st.integers(0, 3)) == 0
        one = Candidate(
            placement=Placement(ProfileId(UUID(int=draw(st.integers(0, 2**64)))), 1, score, (), (), 0, None, 0),
            score=score,
            free=free & asked.fixed,
            nights=draw(st.integers(0, 2 ** len(asked.nights) - 1)),
            pieces=tuple(long_stretches(free & ask.window, ask.at_least) for ask in asked.flexible),
            least=least,
            most=least + draw(st.integers(0, 9)),
            rate=rate,
            rate_known=True,
            price=asked.terms.price(rate, self_employed=own_boss),
            does=draw(st.integers(0, asked.every)),
            beyond=asked.terms.beyond(rate, AgeBand.FROM_21, self_employed=own_boss),
        )
        if max(1, one.least) <= min(one.most, alone(one, asked)):
            found.append(one)
    return sorted(found, key=lambda one: -one.score)


@st.composite
def questions(draw: st.DrawFn, most: int, flexible: bool = True) -> tuple[Asked, list[Candidate]]:
    asked = draw(asks(flexible))
    return asked, draw(candidates_for(asked, most))


@given(questions(most=6, flexible=False), st.integers(2, 5), st.integers(1, 4))
@UNHURRIED
def test_the_best_teams_are_those_found_by_trying_every_team(
    question: tuple[Asked, list[Candidate]], largest: int, count: int
) -> None:
    asked, candidates = question

    found = best_teams(candidates, asked, largest=largest, count=count)

    assert [one.order for one in found] == all_teams(candidates, asked, largest)[:count]


@given(questions(most=4), st.integers(2, 3), st.integers(1, 3))
@UNHURRIED
def test_so_they_are_with_flexible_hours(question: tuple[Asked, list[Candidate]], largest: int, count: int) -> None:
    asked, candidates = question

    found = best_teams(candidates, asked, largest=largest, count=count)

    assert [one.order for one in found] == all_teams(candidates, asked, largest)[:count]


def test_somebody_who_cannot_do_a_limited_task_may_still_be_the_last_to_join() -> None:
    asked = Asked(week.span(0, 4), (), (), 2, None, limited=("personal_care",))
    candidates = [one_who(week.span(0, 1), does=0), one_who(week.span(1, 1), does=1), one_who(week.span(2, 2), does=0)]

    found = best_teams(candidates, asked, largest=3, count=1)

    assert [one.members for one in found] == [(0, 1, 2)]


def one_who(free: int, *, does: int) -> Candidate:
    placement = Placement(ProfileId(UUID(int=free % 997)), 1, 1, (), (), 0, None, 0)
    return Candidate(placement, 1, free, 0, (), 0, 9, 1300, rate_known=True, price=1300, does=does)


@given(questions(most=3))
@UNHURRIED
def test_a_sharing_covers_the_most_and_keeps_everybodys_limits(question: tuple[Asked, list[Candidate]]) -> None:
    asked, members = question

    sharing, most = shared_out(members, asked) if members else None, most_covered(members, asked) if members else None

    assert (sharing and sharing.covered) == most
    if sharing is not None:
        assert lawful(sharing.hours, members, asked)
        assert (ceiling(members, asked) or 0) >= sharing.covered
        assert_possible(sharing.pieces, members, asked)


def assert_possible(pieces: Sequence[Piece], members: Sequence[Candidate], asked: Asked) -> None:
    used = 0
    for piece in pieces:
        time = week.span(piece.start, piece.length)
        assert time & ~members[piece.member].pieces[piece.ask] == 0
        assert used & time == 0
        assert piece.length >= asked.flexible[piece.ask].at_least
        used |= time
