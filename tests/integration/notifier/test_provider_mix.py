"""Many messages through a provider that fails and lies in every way at once, while senders die: judged by its own ledger."""
import asyncio
import os
from collections import Counter, defaultdict
from dataclasses import replace
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.notifier.domain.lists import Standing
from services.notifier.usecases import hearing
from tests.integration.notifier.test_handing_over import EMAIL
from tests.integration.notifier.test_notify import TEXT
from tests.providers.fake_notify import FakeNotify
from tests.providers.ledger import Entry

HOW_MANY = int(os.environ.get("MESSAGES", "100"))
FAULTS = {
    "accept_then_die": 0.08, "accept_then_500": 0.05, "accept_then_stall": 0.03, "stall": 0.03, "die": 0.08, "answer_400": 0.02,
    "answer_403": 0.02, "answer_429": 0.06, "answer_500": 0.05, "answer_503": 0.06, "accept_unlisted": 0.01,
}
ASKING = {"ask_503": 0.2, "ask_die": 0.1}
RECEIPTS = {"lose": 0.2, "repeat": 0.1, "delay": 0.1, "reorder": 0.1, "backwards": 0.1, "lie": 0.1, "mismatch": 0.1}
FATES = {"permanent-failure": 0.05, "temporary-failure": 0.05, "technical-failure": 0.02, "sending": 0.02}


async def many(notifier: Any) -> dict[str, UUID]:
    """Each party by its number and by its address, and one message to each."""
    points = {}
    for n in range(HOW_MANY):
        phone, email = f"+4477009{n:05d}", f"p{n}@example.org"
        person = await notifier.record(phone=phone, email=email, preferences=[TEXT, EMAIL])
        points[phone] = points[email] = person
        async with notifier.store.begin() as work:
            await hearing.hear_list(
                notifier.council, uuid4(), person, Standing(3, 1, 10, 1), revision=1, added=0, lost=0,
                now=notifier.clock(), work=work,
            )
    return points


async def with_dying_senders(notifier: Any, chance: Random, died: Counter[str]) -> None:
    """Until there is nothing to do; one sender in ten is ended at some moment, and another takes its place."""
    while True:
        task = asyncio.ensure_future(notifier.sender.send_one())
        if chance.random() < 0.1:
            await asyncio.sleep(chance.random() * 0.03)
            if task.cancel():
                died["senders"] += 1
                await asyncio.gather(task, return_exceptions=True)
                continue
        if not await task:
            return


async def quiet(notify: FakeNotify) -> None:
    """What stalls is accepted late, and that is within the wait; on a busy machine a request is read only some turns later."""
    looks = 0
    while looks < 8:
        await asyncio.sleep(0.05)
        looks = 0 if notify.at_work else looks + 1


async def sweep(notifier: Any) -> None:
    while await notifier.sweeper.look_at_one():
        pass


@pytest.mark.timeout(300)
async def test_of_many_messages_none_is_accepted_twice_and_none_is_lost(notifier: Any, notify: FakeNotify) -> None:
    chance, died = Random(5), Counter[str]()
    points = await many(notifier)
    notifier.channels[:] = [replace(notifier.channels[0], timeout=0.3)]
    notify.behaviour.change(
        {
            "faults": FAULTS, "asking": ASKING, "receipts": RECEIPTS, "fates": FATES, "seed": 3, "stall_seconds": 0.5,
            "delay_seconds": 0.2, "retry_seconds": 0.05,
        },
        {},
    )

    for minutes in (*[4] * 10, *[30] * 8, *[240] * 4, *[1440] * 4):
        await notifier.make_all()
        await with_dying_senders(notifier, chance, died)
        await quiet(notify)
        notifier.clock.forward(minutes=minutes)
        await sweep(notifier)

    entries = notify.ledger.entries()
    by_person: dict[UUID, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_person[points[entry["to"]]].append(entry)
    states = {UUID(m["party_id"]): m["state"] for m in await all_messages(notifier)}
    print(f"{len(entries)} accepted, {died['senders']} senders ended, {Counter(states.values())}, {notify.behaviour.counts}")

    # what a provider accepts, never lists, and whose answer found no sender alive to hear it: nobody can know of it (0057)
    hidden = {entry["reference"] for entry in entries if not entry["listed"]}
    known = [entry for entry in entries if entry["reference"] not in hidden]
    assert max(Counter(entry["reference"] for entry in known).values()) == 1, "no reference was accepted twice"
    assert max(Counter(entry["to"] for entry in known).values()) == 1, "nobody was sent it twice by one way"
    assert len(hidden) < HOW_MANY / 20
    twice = [one for one in by_person.values() if len(one) > 1 and not hidden & {entry["reference"] for entry in one}]
    assert not [one for one in twice if reached(one[:-1])], "and by another only after a failure"
    on_their_way = sum(state in ("waiting", "written") for state in states.values())
    assert len(states) == HOW_MANY and set(states.values()) <= {"handed_over", "task", "waiting", "written"}, "none was lost"
    assert on_their_way <= 5, "the last hours' failures, about to go their next way"
    assert not [person for person, state in states.items() if state == "handed_over" and not by_person[person]]
    assert died["senders"] > HOW_MANY / 15 and notify.behaviour.counts["accept_then_die"] > HOW_MANY / 30


def reached(entries: list[Entry]) -> bool:
    return any(entry["fate"] == "delivered" for entry in entries)


async def all_messages(notifier: Any) -> list[dict[str, Any]]:
    first = (await notifier.http.get(f"/councils/{notifier.council}/messages", params={"size": 200})).json()
    second = (await notifier.http.get(f"/councils/{notifier.council}/messages", params={"size": 200, "page": 2})).json()
    return [*first["items"], *second["items"]]
