"""A year after somebody said how to reach them they are asked whether it is still right; yes and no both lead somewhere."""
from datetime import timedelta
from typing import Any
from uuid import UUID

from services.notifier.courier.asker import Asker
from tests.integration.notifier.test_introductions import link_code
from tests.integration.notifier.test_meetings import TEXT, abouts

PHONES = iter(f"07700 9006{number:02}" for number in range(100))
ASKED = "is_this_still_right"


async def due(notifier: Any, **more: Any) -> tuple[UUID, str]:
    phone, day = next(PHONES), notifier.clock.now.date()
    said = {"kind": "pa", "phone": phone, "preferences": TEXT, "confirmed_on": f"{day - timedelta(days=366)}", **more}
    return await notifier.record(**said), phone


async def ask(notifier: Any) -> None:
    await Asker(notifier.store.begin, notifier.clock).ask_some()
    await notifier.work_through()


async def record_of(notifier: Any, party_id: UUID) -> dict[str, Any]:
    return dict((await notifier.http.get(f"/councils/{notifier.council}/parties/{party_id}/contact")).json())


async def text(notifier: Any, phone: str, words: str) -> None:
    await notifier.http.post(f"/councils/{notifier.council}/texts", json={"from": phone.replace(" ", ""), "words": words})


async def test_who_said_it_a_year_ago_is_asked_once_and_others_are_not(notifier: Any) -> None:
    old, _ = await due(notifier)
    new, _ = await due(notifier, confirmed_on=f"{notifier.clock.now.date() - timedelta(days=364)}")
    never, _ = await due(notifier, confirmed_on=None)
    stopped, _ = await due(notifier)
    await notifier.http.post(f"/councils/{notifier.council}/parties/{stopped}/stop", json={})

    await ask(notifier)
    await ask(notifier)

    asked = {party: (await abouts(notifier, party)).count(ASKED) for party in (old, new, never, stopped)}
    assert asked == {old: 1, new: 0, never: 0, stopped: 0}


async def test_same_by_text_counts_as_said_today_and_a_bare_yes_too(notifier: Any) -> None:
    today = notifier.clock.now.date()
    for words in ("Same", "yes"):
        party, phone = await due(notifier)
        await ask(notifier)
        before = await record_of(notifier, party)
        await text(notifier, phone, words)
        after = await record_of(notifier, party)

        assert after["confirmed_on"] == f"{today}" and after["ask_again_on"] == f"{today + timedelta(days=365)}"
        assert after["preferences"] == before["preferences"] and after["version"] == before["version"] + 1
    await ask(notifier)
    assert await notifier.tasks() == []


async def test_a_no_is_for_a_person_to_ask_what_has_changed(notifier: Any) -> None:
    party, _ = await due(notifier)
    await ask(notifier)
    [asked] = [one for one in await notifier.messages(party) if one["about"] == ASKED]

    answer = await notifier.http.post(f"/replies/{await link_code(notifier, asked['message_id'])}", json={"answer": "no"})
    await notifier.work_through()

    [task] = await notifier.tasks()
    assert answer.json()["answered"] == "no" and task["party_id"] == str(party)
    assert "has changed" in task["why"] and "what is different" in task["what_to_say"]
    assert (await record_of(notifier, party))["confirmed_on"] != f"{notifier.clock.now.date()}"


async def test_who_looked_through_it_on_the_page_is_asked_no_more(notifier: Any) -> None:
    party, phone = await due(notifier)
    await ask(notifier)
    [asked] = [one for one in await notifier.messages(party) if one["about"] == ASKED]
    code = await link_code(notifier, asked["message_id"])
    record = await record_of(notifier, party)
    path = f"/councils/{notifier.council}/parties/{party}/contact"
    saved = await notifier.http.put(path, json={
        "kind": "pa", "address_as": record["address_as"], "phone": phone, "preferences": TEXT,
        "confirmed_on": f"{notifier.clock.now.date()}", "ask_again_on": f"{notifier.clock.now.date() + timedelta(days=30)}",
    })  # fmt: skip
    late = await notifier.http.post(f"/replies/{code}", json={"answer": "no"})
    await notifier.work_through()

    assert saved.status_code == 200 and late.status_code == 410 and await notifier.tasks() == []
    notifier.clock.forward(days=30)
    await ask(notifier)
    assert (await abouts(notifier, party)).count(ASKED) == 2
