"""A code to sign in goes at once to the point that was typed, to nobody else, and is forgotten when its time is over."""
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.notifier.ports import AddressRefused, ChannelDown

CODE = "402913"
NIGHT = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)


async def asked(notifier: Any, contact: str, *, code: str = CODE, ref: UUID | None = None) -> str | None:
    body = {"contact": contact, "code": code, "code_ref": str(ref or uuid4())}
    answer = await notifier.http.post(f"/councils/{notifier.council}/sign-in-codes", json=body)
    assert (answer.status_code, answer.json()["accepted"]) == (202, True), answer.text
    party_id: str | None = answer.json()["party_id"]
    return party_id


def in_the_folder(notifier: Any) -> list[Path]:
    return sorted(notifier.outbox.glob("*/*/message.txt"))


async def everything_kept(notifier: Any) -> str:
    """Every row of every table of the notifier, as text."""
    async with notifier.store.database.transaction() as connection:
        tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        rows = [await connection.fetch(f'SELECT t::text FROM "{one["tablename"]}" t') for one in tables]
        made = await connection.fetch("SELECT encode(body, 'escape') AS body FROM artefact")
    return "\n".join([*(str(row[0]) for table in rows for row in table), *(row["body"] for row in made)])


@pytest.mark.parametrize(("typed", "method"), [("AMINA@Example.org", "email"), ("07700 900123", "text")])
async def test_the_code_goes_to_the_point_that_was_typed_whatever_was_recorded_first(
    notifier: Any, typed: str, method: str
) -> None:
    letter = {"method": "letter", "format": "large_print", "language": "so", "point_size": 24}
    person = await notifier.record(email="Amina@example.org", phone="07700900123", preferences=[letter])

    assert await asked(notifier, typed) == str(person)
    await notifier.work_through()

    [message] = await notifier.messages(person)
    assert (message["about"], message["method"], message["language"], message["state"]) == (
        "sign_in_code", method, "en", "handed_over",
    )
    [file] = in_the_folder(notifier)
    assert CODE in file.read_text()
    to = json.loads((file.parent / "delivery.json").read_text())["to"]
    assert to == ("Amina@example.org" if method == "email" else "+447700900123")


@pytest.mark.parametrize("typed", ["nobody@example.org", "07700 900999"])
async def test_somebody_we_do_not_know_gets_nothing_and_the_answer_looks_the_same(notifier: Any, typed: str) -> None:
    await notifier.record(email="amina@example.org", phone="07700900123")

    assert await asked(notifier, typed) is None
    await notifier.work_through()

    assert await notifier.messages() == [] and in_the_folder(notifier) == []


async def test_a_point_that_two_share_says_nothing_about_who_typed_it(notifier: Any) -> None:
    for name in ("Amina", "Hodan"):
        await notifier.record(email="family@example.org", address_as=name)

    assert await asked(notifier, "family@example.org") is None


@pytest.mark.parametrize("said", [{"confirmed_on": None}, {"never": ["email"]}])
async def test_an_unconfirmed_point_and_a_never_way_take_no_code(notifier: Any, said: dict[str, Any]) -> None:
    await notifier.record(email="amina@example.org", **said)

    assert await asked(notifier, "amina@example.org") is None


async def test_another_councils_party_is_nobody_here(notifier: Any) -> None:
    await notifier.record(email="amina@example.org")
    body = {"contact": "amina@example.org", "code": CODE, "code_ref": str(uuid4())}

    answer = await notifier.http.post("/councils/elsewhere/sign-in-codes", json=body)

    assert answer.json() == {"accepted": True, "party_id": None}


async def test_quiet_hours_and_an_earlier_stop_do_not_hold_back_what_was_asked_for_just_now(notifier: Any) -> None:
    notifier.clock.now = NIGHT
    person = await notifier.record(phone="07700900123", stopped=True)

    await asked(notifier, "07700900123")
    await notifier.work_through()

    [message] = await notifier.messages(person)
    assert message["state"] == "handed_over"


@pytest.mark.parametrize("change", ["stop", "another address", "never"])
async def test_a_change_of_the_record_after_asking_drops_the_code(notifier: Any, change: str) -> None:
    person = await notifier.record(email="amina@example.org")
    await asked(notifier, "amina@example.org")
    await notifier.make_all()
    if change == "stop":
        await notifier.http.post(f"/councils/{notifier.council}/parties/{person}/stop", json={})
    elif change == "never":
        await notifier.record(party_id=person, email="amina@example.org", never=["email"])
    else:
        await notifier.record(party_id=person, email="another@example.org")
    await notifier.work_through()

    [message] = await notifier.messages(person)
    assert message["state"] == "dropped" and in_the_folder(notifier) == []


async def test_the_newest_code_takes_the_place_of_one_not_sent_yet_and_asking_twice_sends_once(notifier: Any) -> None:
    person = await notifier.record(email="amina@example.org")
    ref = uuid4()
    await asked(notifier, "amina@example.org", code="111111")
    await asked(notifier, "amina@example.org", code="222222", ref=ref)
    await asked(notifier, "amina@example.org", code="222222", ref=ref)
    await notifier.work_through()

    assert sorted(m["state"] for m in await notifier.messages(person)) == ["dropped", "handed_over"]
    [file] = in_the_folder(notifier)
    assert "222222" in file.read_text()


@pytest.mark.parametrize("made_first", [True, False])
@pytest.mark.parametrize(("seconds", "state"), [(599, "handed_over"), (600, "dropped"), (601, "dropped")])
async def test_a_code_past_its_time_is_dropped_not_sent_late(
    notifier: Any, made_first: bool, seconds: int, state: str
) -> None:
    person = await notifier.record(email="amina@example.org")
    await asked(notifier, "amina@example.org")
    if made_first:
        await notifier.make_all()
    notifier.clock.forward(seconds=seconds)
    await notifier.work_through()

    assert [m["state"] for m in await notifier.messages(person)] == [state]
    assert len(in_the_folder(notifier)) == (state == "handed_over")


async def test_nobody_can_read_it_in_the_lists_and_it_is_forgotten(notifier: Any) -> None:
    person = await notifier.record(email="amina@example.org")
    await asked(notifier, "amina@example.org")
    await notifier.make_all()
    [message] = await notifier.messages(person)
    whole = await notifier.whole(message["message_id"])
    path = f"/councils/{notifier.council}/messages/{message['message_id']}/artefacts"
    opened = await notifier.http.get(f"{path}/message.txt")
    html = await notifier.http.get(f"{path}/message.html")

    assert [one["words"] for one in whole["artefacts"]] == ["A code, not shown."]
    assert (opened.text, html.status_code) == ("A code, not shown.", 404)
    assert CODE not in json.dumps([message, whole]) and CODE not in json.dumps(await notifier.told())
    assert CODE in await everything_kept(notifier)  # else what follows would prove nothing

    await notifier.work_through()
    assert CODE not in await everything_kept(notifier)
    assert not await notifier.forgetter.forget_one()
    notifier.clock.forward(minutes=10)
    assert await notifier.forgetter.forget_one()
    assert in_the_folder(notifier) == []
    assert not await notifier.forgetter.forget_one()
    assert [m["title"] for m in await notifier.messages(person)] == ["Your code to sign in"]


async def test_a_dropped_code_is_forgotten_too(notifier: Any) -> None:
    await notifier.record(email="amina@example.org")
    await asked(notifier, "amina@example.org")
    await notifier.make_all()
    notifier.clock.forward(minutes=10)
    await notifier.work_through()
    while await notifier.forgetter.forget_one():
        pass

    assert CODE not in await everything_kept(notifier)


@pytest.mark.parametrize("trouble", [AddressRefused, ConnectionError])
async def test_a_code_that_did_not_go_is_told_no_other_way_and_nobody_rings(notifier: Any, trouble: type[Exception]) -> None:
    person = await notifier.record(email="amina@example.org", phone="07700900123")

    class Broken:
        name, keeps_ledger, gives_word = "broken", False, False

        def carries(self, parcel: Any) -> bool:
            return True

        async def send(self, parcel: Any) -> None:
            raise trouble

    notifier.channels.insert(0, Broken())
    await asked(notifier, "amina@example.org")
    await notifier.work_through()

    [message] = await notifier.messages(person)
    assert (message["state"], message["dropped_why"]) == ("dropped", "no_way")
    assert await notifier.tasks() == [] and CODE not in await everything_kept(notifier)


async def test_a_busy_channel_is_tried_again_while_the_code_is_good(notifier: Any) -> None:
    person = await notifier.record(email="amina@example.org")
    [folder] = notifier.channels

    class Busy:
        name, keeps_ledger, gives_word = "busy", False, False

        def carries(self, parcel: Any) -> bool:
            return True

        async def send(self, parcel: Any) -> None:
            raise ChannelDown

    notifier.channels[:] = [Busy()]
    await asked(notifier, "amina@example.org")
    await notifier.work_through()
    notifier.channels[:] = [folder]
    notifier.clock.forward(minutes=2)
    await notifier.work_through()

    assert [m["state"] for m in await notifier.messages(person)] == ["handed_over"]


async def test_a_channel_that_cannot_forget_is_asked_again_and_holds_up_nobody(notifier: Any) -> None:
    for name in ("one", "two"):
        await notifier.record(email=f"{name}@example.org")
        await asked(notifier, f"{name}@example.org")
    await notifier.work_through()
    notifier.clock.forward(minutes=10)
    [folder] = notifier.channels
    failed: list[UUID] = []

    class Stuck:
        async def forget(self, council: str, message_id: UUID) -> None:
            if not failed:
                failed.append(message_id)
                raise ChannelDown
            await folder.forget(council, message_id)

    notifier.channels[:] = [Stuck()]
    while await notifier.forgetter.forget_one():
        pass
    assert [file.parent.name for file in in_the_folder(notifier)] == [str(failed[0])]
    notifier.clock.forward(minutes=1)
    while await notifier.forgetter.forget_one():
        pass
    assert in_the_folder(notifier) == []


async def test_a_code_goes_before_a_hundred_messages_that_wait(notifier: Any) -> None:
    from services.notifier.domain.lists import Standing
    from services.notifier.usecases import hearing

    email = [{"method": "email", "format": "plain", "language": "en"}]
    crowd = await notifier.record(email="crowd@example.org", preferences=email)
    for _ in range(100):
        async with notifier.store.begin() as work:
            await hearing.hear_list(
                notifier.council, uuid4(), crowd, Standing(3, 1, 10, 1), revision=1, added=0, lost=0,
                now=notifier.clock(), work=work,
            )
    await notifier.writer.write_one()
    person = await notifier.record(email="amina@example.org")
    await asked(notifier, "amina@example.org")

    await notifier.writer.write_one()
    await notifier.sender.send_one()

    assert [m["state"] for m in await notifier.messages(person)] == ["handed_over"]


@pytest.mark.parametrize("contact", ["Amina", "amina@", "12"])
async def test_what_is_no_point_is_refused_without_saying_it_back(notifier: Any, contact: str) -> None:
    body = {"contact": contact, "code": CODE, "code_ref": str(uuid4())}
    answer = await notifier.http.post(f"/councils/{notifier.council}/sign-in-codes", json=body)

    assert answer.status_code == 422
    assert contact not in answer.text.replace("name@example.org", "")


async def test_a_discreet_text_holds_the_code_and_nothing_of_what_it_opens(notifier: Any) -> None:
    await notifier.record(phone="07700900123", discreet=True)
    await asked(notifier, "07700900123")
    await notifier.work_through()

    [file] = in_the_folder(notifier)
    assert file.read_text() == "Alongside: your code is 402913. If you did not ask for it, leave it."
