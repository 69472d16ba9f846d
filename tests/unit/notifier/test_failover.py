"""Which of two providers is asked first: never by what may have been accepted, never to and fro, never to one as slow."""
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.notifier.domain.contact import Method
from services.notifier.domain.failover import TOO_SLOW, Pace, Turn, first, switched
from services.notifier.domain.waits import USUAL

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
NAMES = ("notify", "smtp", "third")

paces = st.integers(0, 200).flatmap(lambda called: st.builds(Pace, st.just(called), st.integers(0, called)))
turns = st.none() | st.builds(
    Turn, st.just(Method.EMAIL), st.sampled_from(NAMES),
    st.integers(0, 7200).map(lambda seconds: NOW - timedelta(seconds=seconds)),
)
carriers = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True).map(tuple)
all_paces = st.dictionaries(st.sampled_from(NAMES), paces)


def decide(
    carriers: tuple[str, ...], turn: Turn | None, said: str, paces: dict[str, Pace], *, may_have_left: bool = False
) -> Turn | None:
    return switched(
        Method.EMAIL, carriers, turn, said_not_now=said, may_have_left=may_have_left, paces=paces, now=NOW, waits=USUAL
    )


@given(carriers, turns, st.sampled_from(NAMES), all_paces)
def test_what_may_have_been_accepted_never_changes_providers(
    carriers: tuple[str, ...], turn: Turn | None, said: str, paces: dict[str, Pace]
) -> None:
    assert decide(carriers, turn, said, paces, may_have_left=True) is None


@given(carriers, turns, st.sampled_from(NAMES), all_paces)
def test_a_change_goes_from_a_slow_provider_to_a_healthy_one_that_can_carry_it_after_a_rest(
    carriers: tuple[str, ...], turn: Turn | None, said: str, paces: dict[str, Pace]
) -> None:
    changed = decide(carriers, turn, said, paces)

    slow = {name for name, pace in paces.items() if pace.slow and pace.slow / pace.called >= TOO_SLOW}
    rested = turn is None or NOW - turn.since >= USUAL.rest_after_switch
    others = [name for name in carriers if name != said and name not in slow]
    should = first(carriers, turn, NOW, USUAL) == said and said in slow and rested and bool(others)
    assert (changed is not None) == should
    if changed is not None:
        assert changed == Turn(Method.EMAIL, others[0], NOW)


@given(carriers, turns)
def test_the_one_named_first_is_first_again_within_the_hour(carriers: tuple[str, ...], turn: Turn | None) -> None:
    asked = first(carriers, turn, NOW, USUAL)

    assert asked in carriers
    if turn is None or NOW - turn.since >= timedelta(hours=1) or turn.channel not in carriers:
        assert asked == carriers[0]


def test_fifteen_in_a_hundred_is_too_slow_and_fourteen_is_not() -> None:
    assert [Pace(100, slow).too_slow for slow in (0, 14, 15, 100)] == [False, False, True, True]
    assert not Pace(0, 0).too_slow
