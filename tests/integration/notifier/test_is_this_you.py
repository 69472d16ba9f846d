"""A new number or address is asked whether it is theirs, and told nothing else until somebody there says yes."""
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.notifier.domain.lists import Standing
from services.notifier.usecases.hearing import hear_list

TEXT, EMAIL = ({"method": method, "format": "plain", "language": "en"} for method in ("text", "email"))
OLD, NEW = "07700900123", "07700900999"
WHO = "was_it_you_who_said_stop"
CHECK, ANOTHER, LIST = "is_this_you", "we_need_another_way_to_reach_you", "people_to_look_at"


async def moved(notifier: Any, *ways: Any, **said: Any) -> UUID:
    """Somebody whose number was another, with what is recorded now."""
    person: UUID = await notifier.record(phone=OLD, email="a@example.org", preferences=list(ways))
    await notifier.record(party_id=person, phone=NEW, email="a@example.org", preferences=list(ways), **said)
    return person


async def list_heard(notifier: Any, person: UUID) -> None:
    async with notifier.store.begin() as work:
        await hear_list(
            notifier.council, uuid4(), person, Standing(3, 1, 9, 1), revision=1, added=3, lost=0, now=notifier.clock.now,
            work=work,
        )
    await notifier.work_through()


async def told(notifier: Any, person: UUID) -> dict[str, tuple[str, str | None]]:
    await notifier.work_through()
    return {one["about"]: (one["state"], one["method"]) for one in await notifier.messages(person)}


async def record(notifier: Any, person: UUID) -> Any:
    return (await notifier.http.get(f"/councils/{notifier.council}/parties/{person}/contact")).json()


async def texts(notifier: Any, words: str, sender: str = NEW) -> None:
    await notifier.http.post(f"/councils/{notifier.council}/texts", json={"from": sender, "words": words})


async def words_of(notifier: Any, person: UUID, about: str) -> str:
    [one] = [one for one in await notifier.messages(person) if one["about"] == about]
    return str((await notifier.whole(one["message_id"]))["artefacts"][0]["words"])


async def test_a_first_record_that_says_when_it_was_confirmed_is_not_asked(notifier: Any) -> None:
    person = await notifier.record(phone=OLD, preferences=[TEXT])

    assert await told(notifier, person) == {} and (await record(notifier, person))["unchecked"] == []


async def test_an_import_that_nobody_confirmed_is_asked_at_each_way_it_names(notifier: Any) -> None:
    person = await notifier.record(phone=OLD, email="a@example.org", preferences=[TEXT, EMAIL], confirmed_on=None)
    await notifier.work_through()

    assert sorted((one["about"], one["method"]) for one in await notifier.messages(person)) == [(CHECK, "email"), (CHECK, "text")]


async def test_the_new_number_is_asked_without_a_name_and_what_comes_meanwhile_takes_the_next_way(notifier: Any) -> None:
    person = await moved(notifier, TEXT, EMAIL)
    await list_heard(notifier, person)

    assert await told(notifier, person) == {CHECK: ("handed_over", "text"), LIST: ("handed_over", "email")}
    words = await words_of(notifier, person, CHECK)
    assert "Is this you?" in words and "Reply ME or NOTME" in words and "Amina" not in words


async def test_with_no_other_way_it_waits_a_day_for_the_yes_and_then_a_person_tells_them(notifier: Any) -> None:
    person = await moved(notifier, TEXT)
    await list_heard(notifier, person)
    waits = (await told(notifier, person))[LIST]
    notifier.clock.forward(hours=24)
    then = (await told(notifier, person))[LIST]
    [task] = await notifier.tasks()

    assert (waits[0], then[0]) == ("waiting", "task")
    assert "not said yet that the number" in task["why"]


async def test_after_a_yes_it_is_used(notifier: Any) -> None:
    person = await moved(notifier, TEXT)
    await notifier.work_through()
    await texts(notifier, "me")
    await list_heard(notifier, person)

    assert (await record(notifier, person))["unchecked"] == []
    assert (await told(notifier, person))[LIST] == ("handed_over", "text")
    assert not [one for one in await notifier.told() if "answer_id" in one]


async def test_a_no_stops_that_way_at_once_and_a_person_finds_another(notifier: Any) -> None:
    person = await moved(notifier, TEXT)
    await notifier.work_through()
    await texts(notifier, "It's not me")
    await list_heard(notifier, person)
    await texts(notifier, "me")

    said = await record(notifier, person)
    assert (said["closed"], said["unchecked"]) == (["text"], [])
    assert await told(notifier, person) == {CHECK: ("handed_over", "text"), ANOTHER: ("task", None), LIST: ("task", None)}
    assert len(await notifier.tasks()) == 2


@pytest.mark.parametrize("asked", [True, False])
async def test_stop_from_a_number_nobody_confirmed_closes_that_number_and_a_person_asks(notifier: Any, asked: bool) -> None:
    person = await moved(notifier, TEXT, EMAIL)
    if asked:
        await notifier.work_through()
    for _ in "12":
        await texts(notifier, "STOP")
    await list_heard(notifier, person)
    await texts(notifier, "me")  # whoever is there said stop

    said = await record(notifier, person)
    assert (said["closed"], said["unchecked"], said["stopped_at"]) == (["phone", "text"], [], None)
    assert await told(notifier, person) == {
        CHECK: ("handed_over", "text") if asked else ("dropped", None), WHO: ("task", None), LIST: ("handed_over", "email"),
    }
    [task] = await notifier.tasks()
    assert "do they want to hear nothing more at all" in task["why"]


async def test_whoever_is_at_a_wrong_number_neither_stops_nor_starts_anything(notifier: Any) -> None:
    person = await moved(notifier, TEXT, EMAIL)
    await notifier.work_through()
    for words in ("notme", "stop"):
        await texts(notifier, words)
    before = await record(notifier, person)
    await notifier.http.post(f"/councils/{notifier.council}/parties/{person}/stop")
    await texts(notifier, "start")

    assert before["stopped_at"] is None and (await record(notifier, person))["stopped_at"] is not None


async def test_stop_from_a_number_that_is_theirs_stops_everything(notifier: Any) -> None:
    person = await moved(notifier, TEXT, EMAIL)
    await notifier.work_through()
    await texts(notifier, "me")
    await texts(notifier, "stop")

    assert (await record(notifier, person))["stopped_at"] is not None
    assert WHO not in await told(notifier, person)


async def test_a_number_put_right_before_the_answer_is_asked_for_itself(notifier: Any) -> None:
    person = await moved(notifier, TEXT)
    await notifier.work_through()
    code = (await words_of(notifier, person, CHECK)).partition("/r/")[2].split(".")[0]
    await notifier.record(party_id=person, phone="07700900777", preferences=[TEXT])
    await notifier.work_through()
    late = await notifier.http.post(f"/replies/{code}", json={"answer": "yes"})

    assert [one["about"] for one in await notifier.messages(person)] == [CHECK, CHECK]
    assert (late.status_code, (await record(notifier, person))["unchecked"]) == (410, ["text"])


@pytest.mark.parametrize(("said", "unchecked"), [({"confirmed_on": "2026-11-24"}, []), ({"shown_as": "Amina W"}, ["text"])])
async def test_to_confirm_the_record_anew_as_it_is_counts_as_a_yes(notifier: Any, said: Any, unchecked: list[str]) -> None:
    person = await moved(notifier, TEXT)
    await notifier.record(**{"party_id": person, "phone": NEW, "email": "a@example.org", "preferences": [TEXT], **said})

    assert (await record(notifier, person))["unchecked"] == unchecked


async def test_no_code_to_sign_in_goes_where_nobody_has_said_yes(notifier: Any) -> None:
    await moved(notifier, TEXT)

    answer = await notifier.http.post(
        f"/councils/{notifier.council}/sign-in-codes", json={"contact": NEW, "code": "402913", "code_ref": str(uuid4())}
    )

    assert answer.json()["party_id"] is None
