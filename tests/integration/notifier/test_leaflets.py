"""Leaflets go to whoever asks for one, in their own form, once a day, and only those written for them."""
from typing import Any
from uuid import uuid4

LARGE = [{"method": "letter", "format": "large_print", "language": "en", "point_size": 24}]
ADDRESS = ["Mrs A Warsame", "12 Allotment Lane", "Leicester", "LE5 6AA"]


async def send(notifier: Any, party: Any, about: str) -> Any:
    return await notifier.http.post(f"/councils/{notifier.council}/parties/{party}/leaflets", json={"about": about})


async def test_a_leaflet_comes_in_their_own_form(notifier: Any) -> None:
    person = await notifier.record(postal_address=ADDRESS, preferences=LARGE)

    answer = await send(notifier, person, "what_a_direct_payment_is")
    await notifier.work_through()

    assert (answer.status_code, answer.json()) == (202, {"sent": True})
    (message,) = await notifier.messages(person)
    whole = await notifier.whole(message["message_id"])
    assert (message["state"], message["point_size"]) == ("handed_over", 24)
    words = whole["artefacts"][0]["words"]
    assert "What it is\nA direct payment is money from your council" in words
    assert "The facts" not in words


async def test_asked_for_twice_in_a_day_it_is_sent_once_and_again_on_another(notifier: Any) -> None:
    pa = await notifier.record(kind="pa", email="a@example.org", preferences=[{**LARGE[0], "method": "email"}])

    answers = [(await send(notifier, pa, "being_a_pa")).json()["sent"] for _ in range(2)]
    notifier.clock.forward(hours=24)
    answers.append((await send(notifier, pa, "being_a_pa")).json()["sent"])

    assert answers == [True, False, True]


async def test_only_those_written_for_them_are_there(notifier: Any) -> None:
    pa = await notifier.record(kind="pa")
    there = await notifier.http.get(f"/councils/{notifier.council}/parties/{pa}/leaflets")

    assert there.json() == [{"about": "being_a_pa", "title": "Being a PA"}]
    assert (await send(notifier, pa, "being_an_employer")).status_code == 404
    assert (await send(notifier, pa, "they_said_no")).status_code == 404
    assert (await send(notifier, uuid4(), "being_a_pa")).status_code == 404


async def test_nothing_goes_to_somebody_who_said_stop_and_they_are_told_why(notifier: Any) -> None:
    person = await notifier.record()
    await notifier.http.post(f"/councils/{notifier.council}/parties/{person}/stop", json={})

    answer = await send(notifier, person, "your_rights_and_options")

    assert answer.status_code == 409 and "asked us to stop" in answer.text
    assert await notifier.messages(person) == []
