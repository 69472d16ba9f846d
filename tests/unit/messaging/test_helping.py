"""One helping of the relay: in order within a place, and one place's trouble is not all places'."""
from shared.messaging.helping import SHUT_FOR, WrongPartitions, by_place, helped, still_shut
from shared.messaging.partitions import partition_of


def row(row_id: int, topic: str = "some.v1", council: str = "leeds") -> dict[str, object]:
    return {"id": row_id, "topic": topic, "council": council}


HERE = ("some.v1", partition_of("leeds"))
THERE = ("other.v1", partition_of("york"))
PLACES = by_place([row(1), row(2, "other.v1", "york"), row(3)])


def test_each_place_has_its_events_in_the_order_they_were_told() -> None:
    assert {place: [one["id"] for one in rows] for place, rows in PLACES.items()} == {HERE: [1, 3], THERE: [2]}


def test_a_place_that_fails_alone_is_left_for_a_while_and_the_others_are_forgotten() -> None:
    trouble = TimeoutError()

    came = helped(PLACES, {HERE: [1, 3], THERE: trouble}, now=10.0)

    assert came.taken == [1, 3]
    assert came.left_alone == (THERE,)
    assert came.shut == {("other.v1", "york"): 10.0 + SHUT_FOR}
    assert came.ends is trouble


def test_when_nothing_goes_it_is_the_broker_that_is_away_and_no_place_is_to_blame() -> None:
    came = helped(PLACES, {HERE: TimeoutError(), THERE: TimeoutError()}, now=10.0)

    assert (came.taken, came.left_alone, came.shut) == ([], (), {})
    assert came.ends is not None


def test_a_topic_with_other_partitions_is_left_alone_and_a_new_session_would_not_help() -> None:
    came = helped(PLACES, {HERE: WrongPartitions(), THERE: WrongPartitions()}, now=0.0)

    assert set(came.left_alone) == {HERE, THERE}
    assert came.ends is None


def test_a_place_is_tried_again_when_its_time_is_over() -> None:
    assert still_shut({("some.v1", "leeds"): 5.0, ("some.v1", "york"): 6.0}, now=5.0) == {("some.v1", "york"): 6.0}
