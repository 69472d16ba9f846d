"""What is said of a message after it was accepted: true or not, once or often, it never tells anybody twice."""
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.integration.notifier.conftest import CALLBACK_TOKEN
from tests.integration.notifier.test_handing_over import EMAIL
from tests.integration.notifier.test_notify import one_text, state_of, tell
from tests.integration.notifier.test_sign_in_codes import asked
from tests.providers import notify_shapes as shapes
from tests.providers.fake_notify import FakeNotify

LETTER = {"method": "letter", "format": "plain", "language": "en"}
ADDRESS = ["Mrs A Warsame", "12 Allotment Lane", "Leicester", "LE5 6AA"]


async def say(notifier: Any, entry: dict[str, Any], status: str, *, token: str | None = None, **others: Any) -> int:
    shown = CALLBACK_TOKEN.get_secret_value() if token is None else token
    answer = await notifier.http.post(
        "/receipts/notify", json={**shapes.receipt(entry, status), **others}, headers={"Authorization": f"Bearer {shown}"}
    )
    return int(answer.status_code)


async def sent_text(notifier: Any, notify: FakeNotify, *others: dict[str, Any]) -> tuple[UUID, dict[str, Any]]:
    person = await one_text(notifier, *others)
    await notifier.work_through()
    return person, notify.ledger.entries()[-1]


async def receipts(notifier: Any) -> list[tuple[str, str]]:
    async with notifier.store.database.transaction() as connection:
        rows = await connection.fetch("SELECT status, effect FROM receipt ORDER BY heard_at, status")
    return [(row["status"], row["effect"]) for row in rows]


async def sweep(notifier: Any) -> None:
    while await notifier.sweeper.look_at_one():
        pass
    await notifier.work_through()


async def test_delivered_is_heard_once_however_often_it_is_said(notifier: Any, notify: FakeNotify) -> None:
    person, entry = await sent_text(notifier, notify)
    before = await notifier.told()
    answers = [await say(notifier, entry, "delivered") for _ in range(3)]

    assert answers == [204, 204, 204]
    assert await receipts(notifier) == [("delivered", "settled")]
    assert await state_of(notifier, person) == "handed_over"
    assert await notifier.told() == before


@pytest.mark.parametrize("token", ["", "wrong", "the token of Notify's callback"])
async def test_nobody_without_the_token_is_heard(notifier: Any, notify: FakeNotify, token: str) -> None:
    person, entry = await sent_text(notifier, notify, EMAIL)

    assert await say(notifier, entry, "permanent-failure", token=token) == 401
    assert await state_of(notifier, person) == "handed_over"
    assert await receipts(notifier) == []


async def test_a_number_that_does_not_work_is_closed_and_the_next_recorded_way_is_taken(
    notifier: Any, notify: FakeNotify
) -> None:
    person, entry = await sent_text(notifier, notify, EMAIL)
    await say(notifier, entry, "permanent-failure")
    await notifier.work_through()
    await tell(notifier, person)
    await notifier.work_through()

    record = (await notifier.http.get(f"/councils/{notifier.council}/parties/{person}/contact")).json()
    assert record["closed"] == ["text"]
    assert [one["type"] for one in notify.ledger.entries()] == ["sms", "email", "email"]
    assert [message["method"] for message in await notifier.messages(person)] == ["email", "email"]
    told = [event["state"] for event in await notifier.told() if event["message_id"] == first_id(await notifier.told())]
    assert told == ["written", "handed_over", "written", "handed_over"]


def first_id(told: list[dict[str, Any]]) -> str:
    return str(next(event["message_id"] for event in told if "state" in event))


@pytest.mark.parametrize(
    ("said", "closed"),
    [
        ({"shown_as": "Amina W"}, ["text"]), ({"phone": "07700900789"}, []), ({"confirmed_on": "2026-11-24"}, []),
    ],
)
async def test_a_closed_number_is_open_again_when_it_is_another_or_confirmed_anew(
    notifier: Any, notify: FakeNotify, said: dict[str, Any], closed: list[str]
) -> None:
    """Keeping the same record again, as an import does every night, proves nothing about the number."""
    person, entry = await sent_text(notifier, notify)
    await say(notifier, entry, "permanent-failure")
    await notifier.work_through()
    await notifier.record(**{"party_id": person, "phone": "07700900456", "email": "a@example.org", "preferences": [], **said})

    record = (await notifier.http.get(f"/councils/{notifier.council}/parties/{person}/contact")).json()
    assert record["closed"] == closed


async def test_no_code_to_sign_in_goes_to_a_number_that_does_not_work(notifier: Any, notify: FakeNotify) -> None:
    person, entry = await sent_text(notifier, notify)
    while_it_worked = await asked(notifier, "07700900456")
    await say(notifier, entry, "permanent-failure")

    assert while_it_worked == str(person)
    assert await asked(notifier, "07700900456") is None


@pytest.mark.parametrize("status", ["temporary-failure", "technical-failure"])
async def test_a_failure_that_may_pass_takes_the_next_way_and_closes_nothing(
    notifier: Any, notify: FakeNotify, status: str
) -> None:
    person, entry = await sent_text(notifier, notify, EMAIL)
    await say(notifier, entry, status)
    await notifier.work_through()

    record = (await notifier.http.get(f"/councils/{notifier.council}/parties/{person}/contact")).json()
    assert record["closed"] == []
    assert [one["type"] for one in notify.ledger.entries()] == ["sms", "email"]


async def test_without_another_recorded_way_a_person_is_asked(notifier: Any, notify: FakeNotify) -> None:
    person, entry = await sent_text(notifier, notify)
    await say(notifier, entry, "permanent-failure")
    await notifier.work_through()

    assert await state_of(notifier, person) == "task"
    assert "did not arrive" in (await notifier.tasks())[0]["why"]


LIES = [
    (["delivered", "permanent-failure", "temporary-failure", "created"], {}, ["settled", "too_late", "too_late", "too_late"]),
    (["permanent-failure"], {"reference": str(uuid4())}, ["unknown"]),
    (["permanent-failure"], {"reference": "Mrs Warsame, 12 Allotment Lane"}, []),
    (["permanent-failure"], {"reference": None}, []),
    (["permanent-failure"], {"id": str(uuid4())}, ["not_its_own"]),
    (["sending", "pending", "a-new-word"], {}, ["nothing_final", "nothing_final", "nothing_final"]),
]


@pytest.mark.parametrize(("statuses", "changed", "effects"), LIES)
async def test_what_comes_backwards_or_is_about_something_else_changes_nothing(
    notifier: Any, notify: FakeNotify, statuses: list[str], changed: dict[str, Any], effects: list[str]
) -> None:
    person, entry = await sent_text(notifier, notify, EMAIL)
    before = await notifier.told()
    answers = [await say(notifier, entry, status, **changed) for status in statuses]
    await notifier.work_through()

    assert answers == [204] * len(statuses)
    assert dict(await receipts(notifier)) == dict(zip(statuses, effects, strict=False))
    assert await notifier.told() == before
    assert await state_of(notifier, person) == "handed_over"
    assert len(notify.ledger.entries()) == 1


async def test_a_receipt_with_another_councils_reference_moves_neither(notifier: Any, notify: FakeNotify) -> None:
    """One Notify service may carry for several councils; a reference and an id belong together."""
    person, theirs = await sent_text(notifier, notify, EMAIL)
    ours, notifier.council = notifier.council, f"{notifier.council}-b"
    other, their_entry = await sent_text(notifier, notify, EMAIL)
    await say(notifier, theirs, "permanent-failure", reference=their_entry["reference"])
    await notifier.work_through()
    states = [await state_of(notifier, other)]
    notifier.council = ours
    states.append(await state_of(notifier, person))

    assert states == ["handed_over", "handed_over"]
    assert await receipts(notifier) == [("permanent-failure", "not_its_own")]
    assert len(notify.ledger.entries()) == 2


async def test_delivered_before_anything_was_sent_is_not_believed(notifier: Any, notify: FakeNotify) -> None:
    notify.behaviour.next = ["die"]
    person, _ = await one_text(notifier), await notifier.work_through()
    async with notifier.store.database.transaction() as connection:
        reference = await connection.fetchval("SELECT attempt_ref FROM contact")
    lie = shapes.entry("sms", shapes.nobody(str(reference)), listed=False, fate="delivered")
    await say(notifier, lie, "delivered")
    believed = await state_of(notifier, person)
    notifier.clock.forward(minutes=4)
    await notifier.work_through()

    assert believed == "written"
    assert await receipts(notifier) == [("delivered", "not_sent_yet")]
    assert notify.ledger.times() == {str(reference): 1}


async def test_a_receipt_quicker_than_the_answer_is_not_lost(notifier: Any, notify: FakeNotify) -> None:
    notify.behaviour.next = ["accept_then_die"]
    person = await one_text(notifier, EMAIL)
    await notifier.work_through()
    [entry] = notify.ledger.entries()
    notify.accepted[0]["fate"] = "permanent-failure"
    await say(notifier, entry, "permanent-failure")
    notifier.clock.forward(minutes=4)
    await notifier.work_through()
    await sweep(notifier)

    assert [one["type"] for one in notify.ledger.entries()] == ["sms", "email"]
    assert await state_of(notifier, person) == "handed_over"


async def test_a_lost_receipt_is_asked_for_after_an_hour(notifier: Any, notify: FakeNotify) -> None:
    notify.behaviour.fates = {"temporary-failure": 1.0}
    await sent_text(notifier, notify, EMAIL)
    await sweep(notifier)
    too_early = len(notify.ledger.entries())
    notifier.clock.forward(minutes=61)
    await sweep(notifier)

    assert too_early == 1
    assert [one["type"] for one in notify.ledger.entries()] == ["sms", "email"]
    assert await receipts(notifier) == [("temporary-failure", "settled")]


@pytest.mark.parametrize(
    ("fate", "asking", "state", "why"),
    [
        ("sending", {}, "handed_over", ""),  # by the next way: an email
        ("sending", {"ask_503": 1.0}, "task", "nobody told us that it arrived"),
    ],
)
async def test_what_has_no_end_for_72_hours_failed_and_what_nobody_knows_is_a_persons_to_ask(
    notifier: Any, notify: FakeNotify, fate: str, asking: dict[str, float], state: str, why: str
) -> None:
    notify.behaviour.fates, notify.behaviour.asking = {fate: 1.0}, asking
    person, _ = await sent_text(notifier, notify, EMAIL)
    for _ in range(71):
        notifier.clock.forward(hours=1, seconds=1)
        await sweep(notifier)
    before = len(notify.ledger.entries())
    notifier.clock.forward(hours=2)
    await sweep(notifier)

    assert before == 1
    assert await state_of(notifier, person) == state
    assert [one["type"] for one in notify.ledger.entries()] == (["sms", "email"] if state == "handed_over" else ["sms"])
    assert not why or why in (await notifier.tasks())[0]["why"]


async def test_an_acceptance_that_notify_never_lists_ends_with_a_person(notifier: Any, notify: FakeNotify) -> None:
    notify.behaviour.next = ["accept_unlisted"]
    person, _ = await sent_text(notifier, notify, EMAIL)
    notifier.clock.forward(hours=73)
    await sweep(notifier)

    assert await state_of(notifier, person) == "task"
    assert len(notify.ledger.entries()) == 1


async def test_a_letter_is_given_a_week_because_holidays_are_long(notifier: Any, notify: FakeNotify) -> None:
    notify.behaviour.fates = {"accepted": 1.0}
    person = await notifier.record(postal_address=ADDRESS, preferences=[LETTER])
    await tell(notifier, person)
    await notifier.work_through()
    states = []
    for days in (4, 4):
        notifier.clock.forward(days=days)
        await sweep(notifier)
        states.append(await state_of(notifier, person))

    assert states == ["handed_over", "task"]


async def test_what_was_put_away_meanwhile_is_not_told_again_when_it_did_not_arrive(notifier: Any, notify: FakeNotify) -> None:
    person, plan_id = await notifier.record(phone="07700900456", email="a@example.org", preferences=[
        {"method": "text", "format": "plain", "language": "en"}, EMAIL,
    ]), uuid4()
    await tell(notifier, person, plan_id)
    await notifier.work_through()
    [entry] = notify.ledger.entries()
    await tell(notifier, person, plan_id, revision=2)
    notifier.clock.forward(minutes=11)  # changes are gathered for ten: docs/decisions/0113
    await notifier.work_through()
    await say(notifier, entry, "temporary-failure")
    await notifier.work_through()

    states = {(m["plan_revision"], m["state"], m["dropped_why"]) for m in await notifier.messages(person)}
    assert states == {(1, "dropped", "superseded"), (2, "handed_over", None)}
    assert [one["type"] for one in notify.ledger.entries()] == ["sms", "sms"]


async def test_nothing_is_kept_of_a_receipt_but_ids_and_words(notifier: Any, notify: FakeNotify, capsys: Any) -> None:
    _, entry = await sent_text(notifier, notify)
    await say(notifier, {**entry, "to": "07700900456"}, "delivered")
    async with notifier.store.database.transaction() as connection:
        kept = str(await connection.fetch("SELECT * FROM receipt"))

    assert "7700900456" not in kept + "".join(capsys.readouterr())
