"""By GOV.UK Notify: what it takes, what its refusals mean, and what a doubt comes to. Its own ledger is the judge."""
import asyncio
import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.notifier.domain.lists import Standing
from services.notifier.domain.waits import Waits
from services.notifier.usecases import concluding, hearing, sending
from services.notifier.usecases.concluding import Desk, Outcome, Result
from tests.integration.notifier.conftest import CALL_WITHIN
from tests.integration.notifier.test_handing_over import EMAIL, LARGE_EMAIL, LETTER, one_message
from tests.providers.fake_notify import FakeNotify

TEXT = {"method": "text", "format": "plain", "language": "en"}


async def one_text(notifier: Any, *others: dict[str, Any], phone: str = "07700900456") -> UUID:
    person: UUID = await notifier.record(phone=phone, email="a@example.org", preferences=[TEXT, *others])
    await tell(notifier, person)
    return person


async def tell(notifier: Any, person: UUID, plan_id: UUID | None = None, revision: int = 1) -> None:
    async with notifier.store.begin() as work:
        await hearing.hear_list(
            notifier.council, plan_id or uuid4(), person, Standing(3, 1, 10, revision), revision=revision,
            added=0, lost=0, now=notifier.clock(), work=work,
        )
    await notifier.make_all()


async def state_of(notifier: Any, person: UUID) -> str:
    [message] = await notifier.messages(person)
    return str(message["state"])


async def after_the_wait(notifier: Any) -> None:
    notifier.clock.forward(minutes=4)
    await notifier.work_through()


@pytest.mark.parametrize(("way", "kind"), [(TEXT, "sms"), (EMAIL, "email"), (LETTER, "letter")])
async def test_what_is_made_is_what_notify_is_given(notifier: Any, notify: FakeNotify, way: dict[str, Any], kind: str) -> None:
    address = ["Mrs A Warsame", "12 Allotment Lane", "Leicester", "LE5 6AA"]
    person = await notifier.record(phone="07700900456", email="a@example.org", postal_address=address, preferences=[way])
    await tell(notifier, person)
    await notifier.work_through()

    [entry] = notify.ledger.entries()
    [message] = await notifier.messages(person)
    artefact = (await notifier.whole(message["message_id"]))["artefacts"][0]
    path = f"/councils/{notifier.council}/messages/{message['message_id']}/artefacts/{artefact['name']}"
    made = (await notifier.http.get(path)).content
    assert (entry["type"], message["state"]) == (kind, "handed_over")
    if kind == "letter":
        assert entry["personalisation"]["pdf_sha256"] == hashlib.sha256(made).hexdigest()
    else:
        assert entry["personalisation"]["body"] == made.decode()
        assert entry["to"] == ("a@example.org" if kind == "email" else "+447700900456")


async def test_what_notify_cannot_carry_whole_goes_by_no_lesser_form(notifier: Any, notify: FakeNotify) -> None:
    person = await one_message(notifier, [LARGE_EMAIL])
    await notifier.work_through()

    assert notify.ledger.entries() == []
    assert await state_of(notifier, person) == "task"
    assert "nothing here can carry it in this form" in (await notifier.tasks())[0]["why"]


@pytest.mark.parametrize("fault", ["accept_then_die", "accept_then_500", "accept_then_stall", "stall"])
async def test_what_was_accepted_without_a_clear_answer_is_found_by_its_reference_and_sent_once(
    notifier: Any, notify: FakeNotify, fault: str
) -> None:
    notify.behaviour.next, notify.behaviour.stall_seconds = [fault], CALL_WITHIN + 0.3
    person = await one_text(notifier)
    await notifier.work_through()
    in_doubt = await state_of(notifier, person)
    while notify.at_work:  # noqa: ASYNC110 - it is the other side's time
        await asyncio.sleep(0.05)
    await after_the_wait(notifier)

    assert in_doubt == "written"
    assert await state_of(notifier, person) == "handed_over"
    assert list(notify.ledger.times().values()) == [1]
    assert notify.behaviour.counts["none"] == 1, "asked once, sent once"
    assert len([e for e in await notifier.told() if e.get("state") == "handed_over"]) == 1


async def test_what_never_came_goes_again_under_the_same_reference(notifier: Any, notify: FakeNotify) -> None:
    notify.behaviour.next = ["die"]
    person = await one_text(notifier)
    await notifier.work_through()
    first = await reference_of(notifier)
    await after_the_wait(notifier)

    assert await state_of(notifier, person) == "handed_over"
    assert notify.ledger.times() == {first: 1}


async def reference_of(notifier: Any) -> str:
    async with notifier.store.database.transaction() as connection:
        return str(await connection.fetchval("SELECT attempt_ref FROM contact WHERE council = $1", notifier.council))


async def test_a_notify_that_cannot_be_asked_is_asked_less_and_less_and_a_person_takes_over_after_four_hours(
    notifier: Any, notify: FakeNotify
) -> None:
    notify.behaviour.next, notify.behaviour.asking = ["accept_then_die"], {"ask_503": 1.0}
    person = await one_text(notifier, EMAIL)
    await notifier.work_through()
    states = []
    for _ in range(26):
        notifier.clock.forward(minutes=10)
        await notifier.work_through()
        states.append(await state_of(notifier, person))

    assert states[:23] == ["written"] * 23 and states[-1] == "task"
    assert 8 <= notify.behaviour.counts["ask_503"] <= 16
    assert len(notify.ledger.entries()) == 1, "nothing else went out in its place"
    assert "cannot tell whether it arrived" in (await notifier.tasks())[0]["why"]


@pytest.mark.parametrize("fault", ["answer_429", "answer_503", "answer_403"])
async def test_not_now_is_tried_again_and_told_once(notifier: Any, notify: FakeNotify, fault: str) -> None:
    notify.behaviour.next = [fault, fault]
    person = await one_text(notifier)
    states = []
    for minutes in (0, 2, 11):
        notifier.clock.forward(minutes=minutes)
        await notifier.work_through()
        states.append(await state_of(notifier, person))

    assert states == ["written", "written", "handed_over"]
    assert list(notify.ledger.times().values()) == [1]


async def test_a_number_notify_calls_wrong_takes_the_next_recorded_way(notifier: Any, notify: FakeNotify) -> None:
    notify.behaviour.next = ["answer_400"]
    person = await one_text(notifier, EMAIL)
    await notifier.work_through()

    assert [entry["type"] for entry in notify.ledger.entries()] == ["email"]
    assert await state_of(notifier, person) == "handed_over"


async def test_a_refusal_that_is_our_own_mistake_is_nobodys_wrong_number(notifier: Any, notify: FakeNotify) -> None:
    notifier.channels[:] = [replace(notifier.channels[0], text_template="not a template")]
    person = await one_text(notifier, EMAIL)
    await notifier.work_through()

    assert await state_of(notifier, person) == "written"
    assert notify.ledger.entries() == []


async def test_a_stop_in_the_middle_of_a_doubt_is_real(notifier: Any, notify: FakeNotify) -> None:
    notify.behaviour.next, notify.behaviour.asking = ["die"], {"ask_503": 1.0}
    person = await one_text(notifier)
    await notifier.work_through()
    await after_the_wait(notifier)
    stopped = await notifier.http.post(f"/councils/{notifier.council}/parties/{person}/stop")
    notify.behaviour.asking = {}
    notifier.clock.forward(hours=1)
    await notifier.work_through()

    assert stopped.status_code == 200
    assert notify.ledger.entries() == []
    [message] = await notifier.messages(person)
    assert (message["state"], message["dropped_why"]) == ("dropped", "stopped")


async def test_what_is_no_longer_true_when_the_doubt_is_over_is_not_sent_again(notifier: Any, notify: FakeNotify) -> None:
    notify.behaviour.next = ["die"]
    person, plan_id = await notifier.record(phone="07700900456", preferences=[TEXT]), uuid4()
    await tell(notifier, person, plan_id)
    await notifier.work_through()
    await tell(notifier, person, plan_id, revision=2)
    notifier.clock.forward(minutes=11)  # changes are gathered for ten: docs/decisions/0113
    await after_the_wait(notifier)

    states = {(m["plan_revision"], m["state"], m["dropped_why"]) for m in await notifier.messages(person)}
    assert states == {(1, "dropped", "superseded"), (2, "handed_over", None)}
    assert len(notify.ledger.entries()) == 1


async def test_a_sender_that_lost_its_lock_makes_no_call(notifier: Any, notify: FakeNotify) -> None:
    async def lost() -> bool:
        return False

    person = await one_text(notifier)
    await notifier.sender.send_one(lost)
    calls = len(notify.ledger.entries())
    await after_the_wait(notifier)

    assert calls == 0
    assert await state_of(notifier, person) == "handed_over"
    assert list(notify.ledger.times().values()) == [1]


async def test_the_lock_is_lost_with_its_session_and_not_before(notifier: Any) -> None:
    async with notifier.store.lead() as leading:
        before = await leading()
        async with notifier.store.database.transaction() as connection:
            await connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = "
                "(SELECT oid FROM pg_database WHERE datname = current_database())"
            )
        after = await leading()

    assert (before, after) == (True, False)


async def test_a_sender_that_slept_does_not_undo_what_another_began(notifier: Any, notify: FakeNotify) -> None:
    """Its call was refused while it slept; meanwhile the same contact was taken up and is being sent again."""
    notify.behaviour.next = ["die"]
    person = await one_text(notifier, EMAIL)
    await notifier.work_through()
    async with notifier.store.begin() as work:
        [message] = await notifier.messages(person)
        slept_with = await work.deliveries.of(notifier.council, UUID(message["message_id"]))
    notifier.clock.forward(minutes=4)
    await notifier.sender.ask_one()
    async with notifier.store.begin() as work:
        _, permitted = await sending.claim(uuid4(), notifier.clock(), notifier.waits, work)
    async with notifier.store.begin() as work:
        await sending.begin_sending(permitted.delivery, notifier.channels, notifier.clock(), notifier.waits, work)

    desk = Desk(notifier.press, "contact team", notifier.waits)
    async with notifier.store.begin() as work:
        await concluding.conclude(slept_with, Result(Outcome.REFUSED), desk, notifier.clock(), work)

    assert await state_of(notifier, person) == "written"
    async with notifier.store.begin() as work:
        held = await work.deliveries.of(notifier.council, UUID(message["message_id"]))
    assert (held.stage, held.attempts) == ("sending", 2)


async def test_whoever_becomes_the_sender_takes_up_nothing_before_the_wait_has_passed_for_itself(
    notifier: Any, notify: FakeNotify
) -> None:
    """Another host's clock may be an hour ahead: by it every lease is over, while the call of the last sender still goes on."""
    notify.behaviour.next = ["accept_then_die"]
    person = await one_text(notifier)
    await notifier.work_through()
    notifier.clock.forward(hours=1)
    notifier.waits = replace(Waits(), lease=timedelta(seconds=1.5))
    task = asyncio.ensure_future(notifier.sender.run())
    await asyncio.sleep(0.7)
    asked_early = notify.behaviour.counts["none"]
    async with asyncio.timeout(20):
        while await state_of(notifier, person) != "handed_over":  # noqa: ASYNC110 - it is in the database
            await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert asked_early == 0
    assert list(notify.ledger.times().values()) == [1]
