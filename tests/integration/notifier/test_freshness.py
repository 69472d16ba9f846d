"""A PA is asked to look at a profile that nobody said is true for three months, once, and not after they looked."""
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from services.notifier.domain.calls import PaCopy
from services.notifier.usecases.calling import hear_pa
from services.notifier.usecases.freshness import LOOK_AFTER
from services.registry.domain.profile import ASK_AGAIN

EMAIL = [{"method": "email", "format": "plain", "language": "en"}]


async def hear(notifier: Any, pa: Any, confirmed_on: date, *, looking: bool = True, revision: int = 1) -> None:
    said = PaCopy(
        notifier.council, UUID(str(pa)), looking, "LE5", 460_100, 305_100, 6_000, ("en",), revision, confirmed_on
    )
    async with notifier.store.begin() as work:
        await hear_pa(said, notifier.clock.now, work)


async def told(notifier: Any, pa: Any) -> list[tuple[str, str]]:
    await notifier.work_through()
    return [(one["about"], one["state"]) for one in await notifier.messages(pa)]


def test_it_is_asked_when_the_registry_says() -> None:
    assert LOOK_AFTER == ASK_AGAIN


async def test_they_are_asked_on_the_day_and_once(notifier: Any) -> None:
    pa = await notifier.record(kind="pa", email="a@example.org", preferences=EMAIL)
    today = notifier.clock.now.date()
    await hear(notifier, pa, today - timedelta(days=89))
    early = await told(notifier, pa)
    notifier.clock.forward(hours=24)
    on_the_day = await told(notifier, pa)
    await hear(notifier, pa, today - timedelta(days=89), revision=2)
    notifier.clock.forward(hours=24)

    assert early == []
    assert on_the_day == await told(notifier, pa) == [("profile_needs_a_look", "handed_over")]


async def test_after_they_said_it_is_true_they_are_asked_again_three_months_later(notifier: Any) -> None:
    pa = await notifier.record(kind="pa", email="a@example.org", preferences=EMAIL)
    await hear(notifier, pa, notifier.clock.now.date() - timedelta(days=100))
    await told(notifier, pa)
    await hear(notifier, pa, notifier.clock.now.date(), revision=2)
    soon = await told(notifier, pa)
    notifier.clock.forward(hours=24 * 90)

    assert len(soon) == 1
    assert await told(notifier, pa) == [("profile_needs_a_look", "handed_over")] * 2


async def test_who_looked_before_it_was_sent_is_not_asked(notifier: Any) -> None:
    pa = await notifier.record(kind="pa", phone="07700900123", preferences=[{**EMAIL[0], "method": "text"}])
    notifier.clock.forward(hours=10)  # quiet hours: it is made, and waits
    await hear(notifier, pa, notifier.clock.now.date() - timedelta(days=100))
    waiting = await told(notifier, pa)
    await hear(notifier, pa, notifier.clock.now.date(), revision=2)

    assert waiting == [("profile_needs_a_look", "written")]
    assert await told(notifier, pa) == [("profile_needs_a_look", "dropped")]


async def test_who_paused_or_cannot_be_reached_is_not_asked(notifier: Any) -> None:
    paused = await notifier.record(kind="pa", email="a@example.org", preferences=EMAIL)
    unknown = uuid4()
    for pa, looking in ((paused, False), (unknown, True)):
        await hear(notifier, pa, notifier.clock.now.date() - timedelta(days=100), looking=looking)

    assert await told(notifier, paused) == [] == await told(notifier, unknown)
    assert await notifier.tasks() == []
