"""When a service is taken to stand still, and when it only waits."""
import asyncio
import time
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka import TopicPartition

from services.notifier.courier.progress import STILL_FOR, Progress
from shared.messaging.health import Pulse
from shared.messaging.watching import Ages, Patience, Since, Standstill, Watch, guard, standing_still

HERE = TopicPartition("a.topic", 3)
OTHER = TopicPartition("a.topic", 4)


@pytest.mark.parametrize(
    ("ages", "what"),
    [
        (Ages(), ""),
        (Ages(listener=59, deaf=59, relay=29, in_vain=299), ""),
        (Ages(listener=60), "the listener does not take what the broker has for it"),
        (Ages(deaf=60), "the listener gets no answers from a broker that answers"),
        (Ages(relay=30), "the relay does not carry the oldest event"),
        (Ages(in_vain=300), "the relay begins again and again and carries nothing"),
    ],
)
def test_each_has_its_own_patience(ages: Ages, what: str) -> None:
    assert standing_still(ages, Patience()) == what


def test_an_age_grows_while_nothing_changes_and_begins_anew_when_something_does() -> None:
    since = Since(at_most=10)

    looks = [("a", 100.0), ("a", 105.0), ("a", 110.0), ("b", 115.0), ("b", 118.0)]

    assert [since.look(mark, now, excused=False) for mark, now in looks] == [0, 5, 10, 0, 3]


def test_what_is_excused_has_no_age() -> None:
    since = Since(at_most=10)
    since.look("a", 100, excused=False)
    assert since.look("a", 105, excused=False) == 5

    assert since.look("a", 110, excused=True) == 0
    assert since.look("a", 115, excused=False) == 5


def test_a_process_that_was_frozen_has_not_stood_still_of_its_own() -> None:
    since = Since(at_most=7.5)
    since.look("a", 100, excused=False)

    assert since.look("a", 1_000, excused=False) == 7.5


class Consumer:
    def __init__(self, places: dict[TopicPartition, int], marks: dict[TopicPartition, int]) -> None:
        self.places, self.marks, self.answered = places, marks, 1

    def assignment(self) -> set[TopicPartition]:
        return set(self.places)

    async def position(self, partition: TopicPartition) -> int:
        return self.places[partition]

    def highwater(self, partition: TopicPartition) -> int | None:
        return self.marks.get(partition)

    def last_poll_timestamp(self, partition: TopicPartition) -> int | None:
        return self.answered


class Scene:
    """A service whose every look lies five seconds after the last."""

    def __init__(self) -> None:
        self.database_answers, self.broker_answers, self.oldest = True, True, None
        self.hearing = SimpleNamespace(troubles=0, in_hand=False, database=SimpleNamespace(answers=self.answers))
        self.relay = SimpleNamespace(sessions=1, oldest=self.oldest_event)
        self.consumer = Consumer({HERE: 5, OTHER: 0}, {HERE: 5})
        self.now = 1_000.0
        self.checked = ""
        parts: Any = self
        self.watch = Watch(
            parts.hearing, parts.relay, lambda: parts.consumer, lambda: self.now if self.broker_answers else 0.0, [self.check]
        )

    async def answers(self, within: float) -> bool:
        return self.database_answers

    async def oldest_event(self) -> int | None:
        return self.oldest

    async def check(self) -> str:
        return self.checked

    async def found(self, seconds: float, *, answering: bool = True) -> str:
        """What was found within so many seconds, or nothing."""
        for _ in range(int(seconds / 5)):
            self.now += 5
            self.consumer.answered += answering
            if what := await self.watch.look(self.now):
                return what
        return ""


async def test_a_service_with_nothing_to_do_is_left_in_peace() -> None:
    assert await Scene().found(1_000) == ""


async def test_a_listener_that_does_not_take_what_there_is_ends_after_a_minute() -> None:
    scene = Scene()
    scene.consumer.marks[HERE] = 9

    assert await scene.found(60) == ""
    assert await scene.found(10) == "the listener does not take what the broker has for it"


async def test_a_listener_that_gets_on_may_be_as_far_behind_as_it_likes() -> None:
    scene = Scene()
    scene.consumer.marks[HERE] = 1_000_000

    for _ in range(40):
        scene.consumer.places[HERE] += 1
        assert await scene.found(50) == ""


@pytest.mark.parametrize("reason", ["pause", "event in hand", "database"])
async def test_a_listener_that_waits_for_a_reason_is_left_in_peace(reason: str) -> None:
    scene = Scene()
    scene.consumer.marks[HERE] = 9
    scene.hearing.troubles = int(reason == "pause")
    scene.hearing.in_hand = reason == "event in hand"
    scene.database_answers = reason != "database"

    assert await scene.found(300) == ""
    scene.hearing.troubles, scene.hearing.in_hand, scene.database_answers = 0, False, True
    assert await scene.found(55) == ""  # and has all its time again


async def test_a_listener_without_answers_ends_only_if_the_broker_answers_others() -> None:
    scene = Scene()
    scene.broker_answers = False
    assert await scene.found(300, answering=False) == ""

    scene.broker_answers = True

    assert await scene.found(100, answering=False) == "the listener gets no answers from a broker that answers"


async def test_a_listener_without_partitions_is_left_in_peace() -> None:
    scene = Scene()
    scene.consumer.places.clear()

    assert await scene.found(300, answering=False) == ""


async def test_a_listener_whose_fetching_has_died_ends_at_once() -> None:
    scene = Scene()
    scene.consumer._fetcher = SimpleNamespace(_fetch_task=SimpleNamespace(done=lambda: False))  # type: ignore[attr-defined]
    assert await scene.found(5) == ""

    scene.consumer._fetcher._fetch_task.done = lambda: True  # type: ignore[attr-defined]

    assert await scene.found(5) == "the listener's fetching has died"


async def test_a_relay_that_keeps_the_same_oldest_event_ends_after_half_a_minute() -> None:
    scene = Scene()
    scene.oldest = 7  # type: ignore[assignment]

    assert await scene.found(30) == ""
    assert await scene.found(10) == "the relay does not carry the oldest event"


async def test_a_relay_waits_as_long_as_the_broker_does_not_answer() -> None:
    scene = Scene()
    scene.oldest, scene.broker_answers = 7, False  # type: ignore[assignment]

    assert await scene.found(1_000) == ""


async def test_a_relay_that_begins_again_and_again_has_five_minutes() -> None:
    scene = Scene()
    scene.oldest = 7  # type: ignore[assignment]

    for _ in range(15):
        scene.relay.sessions += 1
        assert await scene.found(20) == ""
    assert await scene.found(10) == "the relay begins again and again and carries nothing"


async def test_a_services_own_check_counts() -> None:
    scene = Scene()
    scene.checked = "the sender sleeps"

    assert await scene.found(5) == "the sender sleeps"


async def test_the_watch_ends_when_it_finds_something() -> None:
    scene = Scene()
    scene.checked, scene.watch.every = "the sender sleeps", 0.0

    with pytest.raises(Standstill):
        await asyncio.wait_for(scene.watch.run(), 5)


async def test_a_sender_with_the_same_message_in_hand_for_ten_minutes_stands_still() -> None:
    leads, message = True, object()

    async def oldest() -> Any:
        return message

    progress = Progress(lambda: leads, oldest, Since(at_most=1e9))
    assert await progress.look() == ""
    progress.since.looked -= STILL_FOR
    assert await progress.look() == "the sender has had one message in hand for too long"

    leads = False
    assert await progress.look() == ""


def test_a_stopped_event_loop_ends_the_process_and_a_beating_one_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    codes: list[int] = []

    monkeypatch.setattr("shared.messaging.watching.os._exit", codes.append)
    pulse = Pulse()

    guard(pulse, 70, dead_after=0.2, every=0.02)
    for _ in range(30):
        time.sleep(0.02)
        pulse.beat = time.monotonic()
    assert codes == []
    time.sleep(0.5)

    assert codes == [70]
