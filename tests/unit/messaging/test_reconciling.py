"""What is done about a key that is not held as it was told, and how a listing is told in parts."""
from typing import Any
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.upkeep import ListingWanted
from shared.messaging.digests import in_parts
from shared.messaging.reconciling import Step, step

NOTHING = (0, 0)


def adrift(first: tuple[int, int], told: tuple[int, int], **changes: bool) -> dict[str, Any]:
    return {
        "held_timeline": first[0], "held_version": first[1], "timeline": told[0], "version": told[1], "sure": True,
        "asked": False, "may_ask": True, "set_aside": False, **changes,
    }


def test_what_is_still_lost_or_old_is_asked_for() -> None:
    assert step(adrift(NOTHING, (1, 4)), NOTHING) is Step.ASK
    assert step(adrift((1, 3), (1, 4)), (1, 3)) is Step.ASK
    assert step(adrift((1, 9), (2, 4)), (1, 9)) is Step.ASK  # its owner was restored


def test_what_came_meanwhile_is_forgotten_and_counts_as_repaired_only_if_it_was_asked_for() -> None:
    assert step(adrift((1, 3), (1, 4)), (1, 4)) is Step.FORGET
    assert step(adrift((1, 3), (1, 4)), (1, 6)) is Step.FORGET
    assert step(adrift(NOTHING, (1, 4), asked=True), (1, 4)) is Step.REPAIRED


def test_more_than_was_told_is_asked_for_only_when_it_is_sure_and_stands() -> None:
    assert step(adrift((1, 9), (1, 4)), (1, 9)) is Step.ASK
    assert step(adrift((1, 9), (1, 4), sure=False), (1, 9)) is Step.FORGET
    assert step(adrift((1, 9), (1, 4)), (1, 10)) is Step.FORGET


def test_what_its_owner_never_told_stays_for_people_to_see_until_it_is_gone() -> None:
    assert step(adrift((1, 3), NOTHING), (1, 3)) is Step.WAIT
    assert step(adrift((1, 3), NOTHING), NOTHING) is Step.FORGET


def test_what_is_set_aside_or_was_just_asked_for_waits() -> None:
    assert step(adrift((1, 3), (1, 4), set_aside=True), (1, 3)) is Step.WAIT
    assert step(adrift(NOTHING, (1, 4), asked=True, may_ask=False), (1, 3)) is Step.WAIT
    assert step(adrift(NOTHING, (1, 4), asked=True, may_ask=True), (1, 3)) is Step.ASK


@given(count=st.integers(0, 40), most=st.integers(1, 9))
def test_the_parts_of_a_listing_leave_no_key_and_no_room_between_them(count: int, most: int) -> None:
    wanted = ListingWanted(council="leicester", revision=1, request_id=uuid4(), of_topic="a.b.v1", shards=(3, 5))
    rows: Any = [{"key": f"{number:03}", "timeline": 1, "version": number + 1} for number in range(count)]

    parts = list(in_parts(wanted, rows, most))

    assert [key for part in parts for key in part.keys] == [row["key"] for row in rows]
    assert [part.part for part in parts] == list(range(len(parts)))
    assert (parts[0].after, parts[-1].up_to) == (None, None)
    assert [part.up_to for part in parts[:-1]] == [part.after for part in parts[1:]] == [part.keys[-1] for part in parts[:-1]]
    assert all(part.after < key for part in parts[1:] for key in part.keys if part.after)
