"""Nothing arrives but at a safe time, by London's clock, on both sides of the changes to and from summer time."""
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from services.notifier.domain.contact import Contact, Method, PartyId, PartyKind, SafeTime
from services.notifier.domain.hours import LONDON, have_a_moment, is_quiet, may_hand_over_from

clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 5, 15, 30, 45, 59]))
windows = st.builds(
    lambda days, one, other: SafeTime(days, min(one, other), max(one, other)),
    st.frozensets(st.integers(0, 6), min_size=1), clocks, clocks,
).filter(lambda one: one.begins < one.ends)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))
NEVER_SHOWN = SafeTime(frozenset({6}), time(1, 15), time(1, 45))
"""On one Sunday a year London's clock goes past these times."""


def contact(safe_times: tuple[SafeTime, ...], quiet_from: time, quiet_to: time) -> Contact:
    return Contact(
        "leicester", PartyId(UUID(int=1)), PartyKind.PERSON, "Amina", (), quiet_from=quiet_from, quiet_to=quiet_to,
        safe_times=safe_times,
    )


@settings(max_examples=400, deadline=None)
@given(st.lists(windows, min_size=1, max_size=4).map(tuple), clocks, clocks, moments, st.sampled_from(Method))
@example((NEVER_SHOWN,), time(9), time(9), datetime(2026, 3, 29, 0, 30, tzinfo=UTC), Method.TEXT)
@example((NEVER_SHOWN,), time(9), time(9), datetime(2026, 10, 25, 0, 30, tzinfo=UTC), Method.TEXT)
def test_what_is_recorded_has_a_next_moment_and_it_is_safe(
    safe_times: tuple[SafeTime, ...], quiet_from: time, quiet_to: time, now: datetime, method: Method
) -> None:
    assume(have_a_moment(safe_times, quiet_from, quiet_to))

    at = may_hand_over_from(contact(safe_times, quiet_from, quiet_to), method, now)

    here = at.astimezone(LONDON)
    assert now <= at <= now + timedelta(days=15)
    if method is Method.LETTER:
        assert at == now
        return
    assert any(here.weekday() in one.days and one.begins <= here.time() < one.ends for one in safe_times)
    if method in (Method.TEXT, Method.PHONE):
        assert not is_quiet(here.time(), quiet_from, quiet_to)


@settings(max_examples=400, deadline=None)
@given(st.lists(windows, min_size=1, max_size=3).map(tuple), clocks, clocks)
def test_a_record_without_any_safe_moment_is_told_from_one_with(
    safe_times: tuple[SafeTime, ...], quiet_from: time, quiet_to: time
) -> None:
    minutes = [time(minute // 60, minute % 60) for minute in range(24 * 60)]
    some = any(one.begins <= at < one.ends and not is_quiet(at, quiet_from, quiet_to) for one in safe_times for at in minutes)

    assert have_a_moment(safe_times, quiet_from, quiet_to) is some
