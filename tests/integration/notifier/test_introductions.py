"""An ask reaches the PA in their form, the answer reaches the person, and nobody is told twice or late."""
import json
from typing import Any

from services.notifier.usecases.introducing import Turn

TEXT = [{"method": "text", "format": "plain", "language": "en"}]
LARGE = [{"method": "letter", "format": "large_print", "language": "en", "point_size": 24}]
ADDRESS = ["Mrs A Warsame", "12 Allotment Lane", "Leicester", "LE5 6AA"]


async def pa_by_text(notifier: Any, phone: str = "07700 900123") -> Any:
    return await notifier.record(kind="pa", address_as="Harpreet", phone=phone, preferences=TEXT)


async def link_code(notifier: Any, message_id: str) -> str:
    words = (await notifier.whole(message_id))["artefacts"][0]["words"]
    return words.split("/r/")[1].split(".")[0].split()[0]


async def short_code(notifier: Any, message_id: str) -> str:
    words = (await notifier.whole(message_id))["artefacts"][0]["words"]
    return words.split("Code: ")[1].rstrip(".")


async def test_the_pa_is_asked_in_their_form_and_the_person_hears_yes_in_theirs(notifier: Any) -> None:
    pa = await pa_by_text(notifier)
    person = await notifier.record(postal_address=ADDRESS, preferences=LARGE)
    introduction = await notifier.introduce(person, pa)
    await notifier.work_through()

    [asked] = await notifier.messages(pa)
    answer = await notifier.http.post(f"/replies/{await link_code(notifier, asked['message_id'])}", json={"answer": "yes"})
    await notifier.hear(introduction, Turn.ACCEPTED)
    await notifier.work_through()

    assert answer.json() == {"about": "somebody_would_like_to_meet_you", "answered": "yes", "expired": False, "asks": None}
    assert (asked["state"], asked["method"]) == ("handed_over", "text")
    [told] = await notifier.messages(person)
    assert (told["about"], told["state"]) == ("they_said_yes", "handed_over")
    assert (told["format"], told["point_size"]) == ("large_print", 24)
    files = {path.name for path in (notifier.outbox / notifier.council / told["message_id"]).iterdir()}
    assert files == {"large-print-24-point.pdf", "delivery.json"}
    replies = [event for event in await notifier.told() if "reply_id" in event]
    [reply] = replies
    assert (reply["answer"], reply["route"], reply["introduction_id"]) == ("yes", "link", str(introduction.introduction_id))


async def test_looking_at_a_link_shows_nothing_personal_and_uses_nothing_up(notifier: Any) -> None:
    pa = await pa_by_text(notifier)
    await notifier.introduce(await notifier.record(address_as="Zebedee"), pa)
    await notifier.work_through()
    code = await link_code(notifier, (await notifier.messages(pa))[0]["message_id"])

    looks = [await notifier.http.get(f"/replies/{code}") for _ in range(6)]
    given = await notifier.http.post(f"/replies/{code}", json={"answer": "no"})

    assert all(look.status_code == 200 for look in looks)
    assert not any(name in look.text for look in looks for name in ("Harpreet", "Zebedee", "LE5"))
    assert looks[0].headers["referrer-policy"] == "no-referrer"
    assert looks[-1].json() == {"about": "somebody_would_like_to_meet_you", "answered": None, "expired": False, "asks": None}
    assert given.json()["answered"] == "no"


async def test_the_other_answer_is_refused_and_the_same_again_changes_nothing(notifier: Any) -> None:
    pa = await pa_by_text(notifier)
    await notifier.introduce(await notifier.record(), pa)
    await notifier.work_through()
    code = await link_code(notifier, (await notifier.messages(pa))[0]["message_id"])

    statuses = [
        (await notifier.http.post(f"/replies/{code}", json={"answer": said})).status_code for said in ("yes", "yes", "no")
    ]

    assert statuses == [200, 200, 409]
    assert len([event for event in await notifier.told() if "reply_id" in event]) == 1


async def test_a_text_message_answers_from_the_number_it_was_asked_on(notifier: Any) -> None:
    pa = await pa_by_text(notifier, "07700 900111")
    introduction = await notifier.introduce(await notifier.record(), pa)
    await notifier.work_through()

    stranger = await notifier.http.post(f"/councils/{notifier.council}/texts", json={"from": "07700900999", "words": "YES"})
    heard = await notifier.http.post(f"/councils/{notifier.council}/texts", json={"from": "+447700900111", "words": "Haan ji!"})

    assert stranger.json() == {"understood": "unclear", "known_sender": False, "answered": False}
    assert heard.json() == {"understood": "yes", "known_sender": True, "answered": True}
    [reply] = [event for event in await notifier.told() if "reply_id" in event]
    assert (reply["route"], reply["introduction_id"]) == ("text", str(introduction.introduction_id))


async def test_with_two_asks_open_a_bare_yes_is_not_guessed_and_the_code_tells_which(notifier: Any) -> None:
    pa = await pa_by_text(notifier, "07700 900112")
    await notifier.introduce(await notifier.record(), pa)
    await notifier.work_through()
    notifier.clock.forward(minutes=1)
    second = await notifier.introduce(await notifier.record(), pa)
    await notifier.work_through()
    newest = (await notifier.messages(pa))[0]
    code = await short_code(notifier, newest["message_id"])

    bare = await notifier.http.post(f"/councils/{notifier.council}/texts", json={"from": "07700900112", "words": "yes"})
    coded = await notifier.http.post(
        f"/councils/{notifier.council}/texts", json={"from": "07700900112", "words": f"no {code.lower()}"}
    )

    assert bare.json()["answered"] is False
    assert coded.json()["answered"] is True
    [reply] = [event for event in await notifier.told() if "reply_id" in event]
    assert (reply["answer"], reply["introduction_id"]) == ("no", str(second.introduction_id))


async def test_an_unclear_answer_is_asked_once_more_and_then_by_a_person(notifier: Any) -> None:
    pa = await pa_by_text(notifier, "07700 900113")
    await notifier.introduce(await notifier.record(), pa)
    await notifier.work_through()

    for words in ("maybe next week?", "ring me"):
        await notifier.http.post(f"/councils/{notifier.council}/texts", json={"from": "07700900113", "words": words})
        await notifier.work_through()

    about = [message["about"] for message in await notifier.messages(pa)]
    assert sorted(about) == ["somebody_would_like_to_meet_you", "we_did_not_understand", "we_did_not_understand"]
    [task] = [task for task in await notifier.tasks() if task["party_id"] == str(pa)]
    assert "not clear" in task["why"]


async def test_wrong_short_codes_run_into_a_limit_that_links_do_not_feel(notifier: Any) -> None:
    pa = await pa_by_text(notifier)
    await notifier.introduce(await notifier.record(), pa)
    await notifier.work_through()
    link = await link_code(notifier, (await notifier.messages(pa))[0]["message_id"])

    tries = [(await notifier.http.get(f"/replies/2345-67{a}{b}")).status_code for a in "BCDFGH" for b in "234567"]

    assert tries == [404] * 30 + [429] * 6
    assert (await notifier.http.get(f"/replies/{link}")).status_code == 200


async def test_an_ask_nobody_could_hand_over_in_time_is_dropped_and_its_code_is_dead(notifier: Any) -> None:
    pa = await pa_by_text(notifier)
    notifier.clock.forward(hours=10)  # ten at night
    await notifier.introduce(await notifier.record(), pa)
    await notifier.work_through()
    [quiet] = await notifier.messages(pa)
    code = await link_code(notifier, quiet["message_id"])
    notifier.clock.forward(days=3)
    await notifier.work_through()

    [late] = await notifier.messages(pa)
    answer = await notifier.http.post(f"/replies/{code}", json={"answer": "yes"})

    assert quiet["state"] == "written"
    assert (late["state"], late["dropped_why"]) == ("dropped", "expired")
    assert answer.status_code == 410
    assert not (notifier.outbox / notifier.council).exists()


async def test_a_withdrawn_ask_that_was_never_sent_leaves_the_pa_in_peace(notifier: Any) -> None:
    pa = await pa_by_text(notifier)
    notifier.clock.forward(hours=10)
    introduction = await notifier.introduce(await notifier.record(), pa)
    await notifier.work_through()

    await notifier.hear(introduction, Turn.WITHDRAWN)
    await notifier.work_through()

    assert [(m["about"], m["state"]) for m in await notifier.messages(pa)] == [("somebody_would_like_to_meet_you", "dropped")]


async def test_when_nobody_answers_both_sides_are_told(notifier: Any) -> None:
    pa = await pa_by_text(notifier)
    person = await notifier.record(email="a@example.org", preferences=[{"method": "email", "format": "plain", "language": "en"}])
    introduction = await notifier.introduce(person, pa)
    await notifier.work_through()

    notifier.clock.forward(days=2)
    await notifier.hear(introduction, Turn.EXPIRED)
    await notifier.work_through()

    assert {(m["about"], m["state"]) for m in await notifier.messages(person)} == {("no_answer", "handed_over")}
    assert ("no_answer", "handed_over") in {(m["about"], m["state"]) for m in await notifier.messages(pa)}


async def test_hearing_the_same_ask_again_tells_it_once(notifier: Any) -> None:
    pa = await pa_by_text(notifier)
    introduction = await notifier.introduce(await notifier.record(), pa)
    await notifier.work_through()

    await notifier.hear(introduction, Turn.ASKED)
    await notifier.work_through()

    assert len(await notifier.messages(pa)) == 1


async def test_the_phone_worker_brings_back_the_answer(notifier: Any) -> None:
    pa = await notifier.record(
        kind="pa", phone="07700 900120", preferences=[{"method": "phone", "format": "verbal", "language": "so"}]
    )
    await notifier.introduce(await notifier.record(), pa)
    await notifier.work_through()
    [task] = [task for task in await notifier.tasks() if task["party_id"] == str(pa)]

    later = await notifier.http.post(
        f"/councils/{notifier.council}/tasks/{task['task_id']}/outcome", json={"outcome": "not_reached"}
    )
    done = await notifier.http.post(
        f"/councils/{notifier.council}/tasks/{task['task_id']}/outcome", json={"outcome": "reached", "answer": "yes"}
    )

    assert "Somali" in task["why"] and "Somebody would like to meet you" in task["what_to_say"]
    assert (later.json()["state"], later.json()["tries"]) == ("open", 1)
    assert done.json()["state"] == "done"
    [message] = await notifier.messages(pa)
    assert message["state"] == "done_by_task"
    [reply] = [event for event in await notifier.told() if "reply_id" in event]
    assert (reply["answer"], reply["route"]) == ("yes", "phone")


async def test_no_event_holds_a_name_a_number_or_an_address(notifier: Any) -> None:
    pa = await pa_by_text(notifier, "07700 900177")
    person = await notifier.record(address_as="Zebedee", postal_address=ADDRESS, preferences=LARGE)
    introduction = await notifier.introduce(person, pa)
    await notifier.work_through()
    await notifier.hear(introduction, Turn.ACCEPTED)
    await notifier.work_through()

    told = json.dumps(await notifier.told())

    assert not any(secret in told for secret in ("Harpreet", "Zebedee", "900177", "Allotment", "LE5"))


async def test_a_changed_mind_by_text_goes_to_a_person_and_is_not_lost(notifier: Any) -> None:
    pa = await pa_by_text(notifier, "07700 900114")
    introduction = await notifier.introduce(await notifier.record(), pa)
    await notifier.work_through()
    texts = f"/councils/{notifier.council}/texts"

    first = await notifier.http.post(texts, json={"from": "07700900114", "words": "yes"})
    await notifier.hear(introduction, Turn.ACCEPTED)
    await notifier.work_through()
    second = await notifier.http.post(texts, json={"from": "07700900114", "words": "No, sorry"})
    third = await notifier.http.post(texts, json={"from": "07700900114", "words": "no"})

    assert (first.json()["answered"], second.json()["understood"], third.json()["answered"]) == (True, "no", False)
    [task] = [task for task in await notifier.tasks() if task["party_id"] == str(pa)]
    assert "texted no, after they had said yes" in task["why"]


async def test_a_code_from_the_first_message_still_counts_after_we_asked_again(notifier: Any) -> None:
    pa = await pa_by_text(notifier, "07700 900115")
    await notifier.introduce(await notifier.record(), pa)
    await notifier.work_through()
    code = await short_code(notifier, (await notifier.messages(pa))[0]["message_id"])
    texts = f"/councils/{notifier.council}/texts"
    await notifier.http.post(texts, json={"from": "07700900115", "words": "what?"})
    await notifier.work_through()

    heard = await notifier.http.post(texts, json={"from": "07700900115", "words": f"Yes please {code}"})

    assert heard.json()["answered"] is True


async def test_somebody_elses_code_answers_nothing(notifier: Any) -> None:
    pa, other = await pa_by_text(notifier, "07700 900116"), await pa_by_text(notifier, "07700 900117")
    await notifier.introduce(await notifier.record(), pa)
    await notifier.work_through()
    code = await short_code(notifier, (await notifier.messages(pa))[0]["message_id"])

    heard = await notifier.http.post(f"/councils/{notifier.council}/texts", json={"from": "07700900117", "words": f"no {code}"})

    assert heard.json()["answered"] is False
    assert not [event for event in await notifier.told() if "reply_id" in event] and other
