"""Several at work at once in the notifier's chores."""
import asyncio
from uuid import uuid4

import pytest

from services.notifier.courier.hands import Hands


async def test_no_more_begin_than_there_are_hands_and_a_party_in_hand_is_known() -> None:
    gate, first, second = asyncio.Event(), uuid4(), uuid4()

    async with Hands(2) as hands:
        for party in (first, second):
            await hands.one_free()
            hands.begin(party, passed(gate))
        in_hand = hands.parties
        waits = asyncio.ensure_future(hands.one_free())
        await asyncio.sleep(0)
        full = not waits.done()
        gate.set()
        await waits

    assert in_hand == {first, second}
    assert full
    assert hands.parties <= in_hand


async def test_what_one_fails_with_is_raised_and_the_others_end_what_they_began() -> None:
    gate, ended = asyncio.Event(), []

    async def fails() -> None:
        raise OSError("the disk is full")

    async def goes_on() -> None:
        await gate.wait()
        ended.append("whole")

    with pytest.raises(OSError, match="disk"):
        async with Hands(3) as hands:
            hands.begin(uuid4(), goes_on())
            hands.begin(uuid4(), fails())
            await asyncio.sleep(0)
            asyncio.get_running_loop().call_later(0.01, gate.set)
            await hands.one_free()

    assert ended == ["whole"]


async def test_whoever_stops_them_does_not_wait() -> None:
    begun = asyncio.Event()

    async def works() -> None:
        async with Hands(1) as hands:
            hands.begin(uuid4(), asyncio.sleep(3600))
            begun.set()
            await asyncio.sleep(3600)

    work = asyncio.ensure_future(works())
    await begun.wait()
    work.cancel()

    with pytest.raises(asyncio.CancelledError):
        async with asyncio.timeout(5):
            await work


async def passed(gate: asyncio.Event) -> None:
    await gate.wait()
