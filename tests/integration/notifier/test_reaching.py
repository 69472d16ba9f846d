"""How parties are reached: what was recorded is obeyed, what cannot be done goes to a person, and stop means stop."""
import asyncio
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from services.notifier.domain.contact import PartyKind
from services.notifier.domain.lists import Standing, Supporting
from services.notifier.domain.message import About
from services.notifier.ports import Parcel
from services.notifier.usecases import asking, hearing

EMAIL = {"method": "email", "format": "plain", "language": "en"}
ADDRESS = ["Mrs A Warsame", "12 Allotment Lane", "Leicester", "LE5 6AA"]
LISTS = count(1)
"""The revisions of lists: each that is heard is another."""


async def list_heard(
    notifier: Any, person: UUID, plan: UUID, *, fitting: int = 3, revision: int = 1, added: int = 0,
    lost: int = 0,
) -> None:
    async with notifier.store.begin() as work:
        await hearing.hear_list(
            notifier.council, plan, person, Standing(fitting, 0, 10, revision), revision=next(LISTS),
            added=added, lost=lost, now=notifier.clock(), work=work,
        )


async def test_a_record_is_read_back_as_it_was_given_with_its_version(notifier: Any) -> None:
    party = await notifier.record(
        phone="07700 900123", email="Amina@Example.org", postal_address=ADDRESS, preferences=[EMAIL], never=["letter"],
        quiet_from="19:00", quiet_to="09:00", discreet=True,
    )
    await notifier.record(party_id=party, phone="07700 900123", preferences=[EMAIL])

    answer = await notifier.http.get(f"/councils/{notifier.council}/parties/{party}/contact")

    said = answer.json()
    assert (said["phone"], said["version"], said["quiet_from"], said["email"]) == ("+447700900123", 2, "20:00:00", None)
    assert (await notifier.http.get(f"/councils/other/parties/{party}/contact")).status_code == 404


async def test_what_is_wrong_with_a_record_is_named_by_field(notifier: Any) -> None:
    wrong = {
        "kind": "pa", "address_as": "H", "phone": "call me", "email": "not-an-address",
        "preferences": [{"method": "letter", "format": "large_print", "language": "en"}],
    }

    answer = await notifier.http.put(f"/councils/{notifier.council}/parties/{uuid4()}/contact", json=wrong)

    assert answer.status_code == 422
    assert {error["field"] for error in answer.json()["errors"]} == {"phone", "email", "preferences.0"}
    assert "call me" not in answer.text


async def test_a_party_without_a_record_becomes_a_task_and_is_told_once_there_is_one(notifier: Any) -> None:
    person, plan = uuid4(), uuid4()
    await list_heard(notifier, person, plan)
    await notifier.work_through()
    [before] = await notifier.tasks()

    await notifier.record(party_id=person, email="a@example.org", preferences=[EMAIL])
    await notifier.work_through()

    assert before["why"] == "We have no record of how to reach them."
    assert await notifier.tasks() == []
    assert [(m["about"], m["state"]) for m in await notifier.messages(person)] == [("people_to_look_at", "handed_over")]


async def test_what_cannot_be_made_takes_the_next_recorded_way_and_never_another(notifier: Any) -> None:
    person, plan = await notifier.record(
        email="a@example.org", phone="07700 900123", postal_address=ADDRESS,
        preferences=[
            {"method": "letter", "format": "braille", "language": "cy"},
            {"method": "email", "format": "plain", "language": "cy"},
            {"method": "letter", "format": "audio", "language": "en"},
            EMAIL,
        ],
    ), uuid4()
    await list_heard(notifier, person, plan)
    await notifier.work_through()

    [message] = await notifier.messages(person)
    whole = await notifier.whole(message["message_id"])

    assert (message["method"], message["format"], message["language"]) == ("letter", "audio", "en")
    assert [(a["name"], a["media_type"]) for a in whole["artefacts"]] == [("message.mp3", "audio/mpeg")]
    audio = await notifier.http.get(f"/councils/{notifier.council}/messages/{message['message_id']}/artefacts/message.mp3")
    assert audio.headers["content-type"] == "audio/mpeg" and len(audio.content) == whole["artefacts"][0]["size"] > 50_000


async def test_a_draft_language_alone_becomes_a_task_that_says_why(notifier: Any) -> None:
    person = await notifier.record(
        email="a@example.org", preferences=[{"method": "email", "format": "plain", "language": "cy"}], never=["phone"]
    )
    await list_heard(notifier, person, uuid4())
    await notifier.work_through()

    [task] = await notifier.tasks()
    [message] = await notifier.messages(person)

    assert "the words are not ready in this language" in task["why"] and "Never use: phone" in task["why"]
    assert "PAs who fit what you asked for: 3" in task["what_to_say"]
    assert message["state"] == "task" and not notifier.outbox.exists()


async def test_changed_preferences_are_obeyed_by_what_already_waits(notifier: Any) -> None:
    notifier.clock.forward(hours=10)  # ten at night: a text waits
    person = await notifier.record(
        phone="07700 900123", email="a@example.org", preferences=[{"method": "text", "format": "plain", "language": "en"}]
    )
    await list_heard(notifier, person, uuid4())
    await notifier.work_through()
    [waiting] = await notifier.messages(person)

    await notifier.record(party_id=person, phone="07700 900123", email="a@example.org", preferences=[EMAIL], never=["text"])
    notifier.clock.forward(hours=10)
    await notifier.work_through()

    [message] = await notifier.messages(person)
    assert (waiting["method"], waiting["state"]) == ("text", "written")
    assert (message["method"], message["state"]) == ("email", "handed_over")


async def test_a_text_at_night_is_made_at_once_and_handed_over_in_the_morning(notifier: Any) -> None:
    notifier.clock.forward(hours=10)
    person = await notifier.record(phone="07700 900123", preferences=[{"method": "text", "format": "plain", "language": "en"}])
    await list_heard(notifier, person, uuid4())
    await notifier.work_through()
    [night] = await notifier.messages(person)
    seen = await notifier.http.get(f"/councils/{notifier.council}/messages/{night['message_id']}/artefacts/message.txt")

    notifier.clock.forward(hours=10)
    await notifier.work_through()

    assert night["state"] == "written" and "There are people for you to look at" in seen.text
    assert (await notifier.messages(person))[0]["state"] == "handed_over"


async def test_stop_drops_what_waits_and_all_that_follows_until_start(notifier: Any) -> None:
    notifier.clock.forward(hours=10)
    person = await notifier.record(phone="07700 900123", preferences=[{"method": "text", "format": "plain", "language": "en"}])
    await list_heard(notifier, person, uuid4())
    await notifier.work_through()

    stopped = await notifier.http.post(f"/councils/{notifier.council}/parties/{person}/stop", json={})
    await list_heard(notifier, person, uuid4())
    notifier.clock.forward(hours=10)
    await notifier.work_through()
    await notifier.http.post(f"/councils/{notifier.council}/parties/{person}/start", json={})
    await list_heard(notifier, person, uuid4())
    await notifier.work_through()

    assert stopped.json()["stopped_at"]
    states = sorted((m["state"], m["dropped_why"]) for m in await notifier.messages(person))
    assert states == [("dropped", "stopped"), ("dropped", "stopped"), ("handed_over", None)]


async def test_keeping_a_record_again_starts_nothing_that_was_stopped(notifier: Any) -> None:
    person = await notifier.record(email="a@example.org", preferences=[EMAIL])
    await notifier.http.post(f"/councils/{notifier.council}/parties/{person}/stop", json={})

    await notifier.record(party_id=person, email="b@example.org", preferences=[EMAIL])
    await list_heard(notifier, person, uuid4())
    await notifier.work_through()

    assert [m["dropped_why"] for m in await notifier.messages(person)] == ["stopped"]


async def test_a_name_no_font_can_show_is_left_to_a_person_not_printed_as_boxes(notifier: Any) -> None:
    person = await notifier.record(
        address_as="王小明", postal_address=ADDRESS, preferences=[{"method": "letter", "format": "plain", "language": "en"}]
    )
    await list_heard(notifier, person, uuid4())
    await notifier.work_through()

    assert [m["state"] for m in await notifier.messages(person)] == ["task"]
    assert "making it failed" in (await notifier.tasks())[0]["why"]


async def test_a_message_that_cannot_be_worded_does_not_hold_up_the_others(notifier: Any) -> None:
    person = await notifier.record(email="a@example.org", preferences=[EMAIL])
    async with notifier.store.begin() as work:
        await asking.ask(
            notifier.council, person, PartyKind.PERSON, "list_changed", subject=uuid4(), occurrence="x", given={"fitting": 1},
            belongs=About(), now=notifier.clock(), work=work,
        )
    await list_heard(notifier, person, uuid4())
    await notifier.work_through()

    assert {(m["about"], m["state"]) for m in await notifier.messages(person)} == {
        ("list_changed", "task"), ("people_to_look_at", "handed_over")
    }


@dataclass
class Slow:
    """A channel that takes its time: what it has in hand, it delivers."""

    begun: asyncio.Event = field(default_factory=asyncio.Event)
    finish: asyncio.Event = field(default_factory=asyncio.Event)
    delivered: int = 0
    name: str = "slow"
    keeps_ledger: bool = False
    gives_word: bool = False

    def carries(self, parcel: Parcel) -> bool:
        return True

    async def send(self, parcel: Parcel) -> None:
        self.begun.set()
        await self.finish.wait()
        self.delivered += 1

    async def has(self, council: str, message_id: UUID, attempt_ref: UUID) -> bool | None:
        return None


async def test_stop_is_acknowledged_only_when_nothing_is_on_its_way(notifier: Any) -> None:
    channel = Slow()
    notifier.channels[:] = [channel]
    person = await notifier.record(email="a@example.org", preferences=[EMAIL])
    await list_heard(notifier, person, uuid4())
    await list_heard(notifier, person, uuid4())
    await notifier.make_all()
    sending = asyncio.create_task(notifier.sender.send_one())
    await channel.begun.wait()

    stop = asyncio.create_task(notifier.http.post(f"/councils/{notifier.council}/parties/{person}/stop", json={}))
    await asyncio.sleep(0.3)
    early = stop.done()
    channel.finish.set()
    answer = await stop
    delivered = channel.delivered
    await sending
    await notifier.work_through()

    assert early is False and answer.status_code == 200
    assert delivered == channel.delivered == 1
    assert sorted(m["state"] for m in await notifier.messages(person)) == ["dropped", "handed_over"]


async def test_the_first_list_and_each_changed_plan_are_told_once(notifier: Any) -> None:
    person, plan = await notifier.record(email="a@example.org", preferences=[EMAIL]), uuid4()

    await list_heard(notifier, person, plan, fitting=0, revision=1)
    await list_heard(notifier, person, plan, revision=2)
    await list_heard(notifier, person, plan, revision=2)
    await notifier.work_through()

    found = await notifier.messages(person)
    assert {(m["about"], m["plan_revision"], m["state"]) for m in found} == {
        ("nobody_fits_yet", 1, "dropped"), ("people_to_look_at", 2, "handed_over")
    }
    told = [e for e in await notifier.told() if e.get("state") == "handed_over"]
    assert [(e["about"], e["plan_id"], e["plan_revision"]) for e in told] == [("people_to_look_at", str(plan), 2)]


async def test_changes_by_pas_are_one_message_a_day_and_none_is_lost(notifier: Any) -> None:
    person, plan = await notifier.record(email="a@example.org", preferences=[EMAIL]), uuid4()
    await list_heard(notifier, person, plan)
    await notifier.work_through()
    await list_heard(notifier, person, plan)  # nobody came or went
    for added, lost in ((1, 0), (2, 0), (0, 4)):
        await list_heard(notifier, person, plan, added=added, lost=lost)
        notifier.clock.forward(minutes=11)
        await notifier.work_through()
    first_day = [m for m in await notifier.messages(person) if m["about"] == "list_changed"]

    notifier.clock.forward(days=1)
    await notifier.work_through()

    assert len(first_day) == 1
    second = next(m for m in await notifier.messages(person) if m["about"] == "list_changed")
    words = (await notifier.whole(second["message_id"]))["artefacts"][0]["words"]
    assert second["message_id"] != first_day[0]["message_id"]
    assert "PAs who fit now and did not before: 2" in words and "PAs who fitted before and do not now: 4" in words


async def test_a_supporter_taken_off_hears_nothing_more_and_only_the_person_is_told(notifier: Any) -> None:
    person = await notifier.record(email="a@example.org", preferences=[EMAIL])
    supporter = await notifier.record(
        kind="supporter", phone="07700 900150", preferences=[{"method": "text", "format": "plain", "language": "en"}]
    )
    notifier.clock.forward(hours=10)
    let_in = Supporting(notifier.council, uuid4(), person, supporter, True, ("see_shortlist",), date(2027, 5, 31), 1)
    async with notifier.store.begin() as work:
        await hearing.hear_supporter(let_in, notifier.clock(), work)
    await notifier.work_through()

    async with notifier.store.begin() as work:
        ended = Supporting(notifier.council, let_in.delegation_id, person, supporter, False, (), let_in.until, 2)
        await hearing.hear_supporter(ended, notifier.clock(), work)
    at_once = await notifier.messages(supporter)
    notifier.clock.forward(hours=10)
    await notifier.work_through()

    assert [(m["about"], m["state"], m["dropped_why"]) for m in at_once] == [("supporter_let_in", "dropped", "taken_off")]
    assert len(await notifier.messages(supporter)) == 1
    assert {m["about"] for m in await notifier.messages(person)} == {"supporter_taken_off", "supporter_let_in"}


async def test_thousands_of_contacts_are_recorded_in_one_call(notifier: Any) -> None:
    many = [
        {"party_id": str(uuid4()), "kind": "pa", "address_as": f"PA {n}", "email": f"pa{n}@example.org", "preferences": [EMAIL]}
        for n in range(2000)
    ]

    answer = await notifier.http.post(f"/councils/{notifier.council}/contacts/bulk", json=many)

    assert answer.json() == {"recorded": 2000}
