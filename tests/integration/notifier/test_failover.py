"""Two ways for an email: the second takes over when the first has been slow for a while, and never what may have left."""
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from services.notifier.channels.smtp import Smtp
from tests.integration.notifier.test_handing_over import EMAIL, one_message
from tests.integration.notifier.test_notify import state_of
from tests.providers.fake_notify import FakeNotify
from tests.providers.fake_smtp import FakeSmtp
from tests.providers.ledger import Ledger


@pytest.fixture
async def smtp(notifier: Any, notify: FakeNotify, tmp_path: Path) -> AsyncIterator[FakeSmtp]:
    async with FakeSmtp(Ledger(tmp_path / "smtp.jsonl")).running() as fake:
        notifier.channels.append(Smtp(fake.url, "alongside@council.example"))
        yield fake


async def wait(notifier: Any, *minutes: float) -> None:
    for pause in minutes:
        notifier.clock.forward(minutes=pause)
        await notifier.work_through()


async def an_email(notifier: Any) -> UUID:
    person = await one_message(notifier, [EMAIL])
    await notifier.work_through()
    return person


async def test_the_second_takes_over_when_the_first_stays_slow_and_gives_back_after_an_hour(
    notifier: Any, notify: FakeNotify, smtp: FakeSmtp
) -> None:
    notify.behaviour.faults = {"answer_503": 1.0}
    person = await an_email(notifier)
    await wait(notifier, 1.5)
    too_early = len(smtp.ledger.entries())
    await wait(notifier, 11)
    taken_over = len(smtp.ledger.entries())
    notify.behaviour.faults = {}
    await an_email(notifier)
    while_in_turn = (len(smtp.ledger.entries()), len(notify.ledger.entries()))
    await wait(notifier, 61)
    await an_email(notifier)

    assert (too_early, taken_over) == (0, 1)
    assert await state_of(notifier, person) == "handed_over"
    assert while_in_turn == (2, 0)
    assert (len(smtp.ledger.entries()), len(notify.ledger.entries())) == (2, 1)


async def test_one_that_may_have_left_stays_with_its_provider_to_the_end(
    notifier: Any, notify: FakeNotify, smtp: FakeSmtp
) -> None:
    notify.behaviour.next, notify.behaviour.faults = ["die"], {"answer_503": 1.0}
    person = await an_email(notifier)
    await wait(notifier, 4, 2, 11, 60, 121, 121)

    assert smtp.ledger.entries() == []
    assert await state_of(notifier, person) == "task"


async def test_when_the_other_is_as_slow_nothing_goes_to_and_fro(notifier: Any, notify: FakeNotify, smtp: FakeSmtp) -> None:
    notify.behaviour.faults, smtp.behaviour.faults = {"answer_503": 1.0}, {"busy": 1.0}
    await an_email(notifier)
    await wait(notifier, 1.5, 11)
    turns = []
    for _ in range(12):
        async with notifier.store.begin() as work:
            from_ = await work.turns.of("email")
        turns.append(from_.channel if from_ else "notify")
        await an_email(notifier)
        await wait(notifier, 1)

    changes = sum(before != after for before, after in pairwise(turns))
    assert changes <= 12 // 5 + 1
    assert notify.ledger.entries() == smtp.ledger.entries() == []
