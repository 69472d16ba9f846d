"""A plan is published, everybody is ranked, the person is told, asks to meet, and is answered."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from aiokafka import AIOKafkaProducer

from tests.journeys.conftest import Town, plan_in, until

TEXT = {"method": "text", "format": "plain", "language": "en"}
EMAIL = {"method": "email", "format": "plain", "language": "en"}
LETTER = {"method": "letter", "format": "plain", "language": "en"}
LARGE = {"method": "letter", "format": "large_print", "language": "en", "point_size": 24}
AUDIO = {"method": "email", "format": "audio", "language": "en"}
SOMALI_AUDIO = {"method": "email", "format": "audio", "language": "so"}


async def test_a_plan_gets_a_list_with_a_reason_for_every_wish_and_nobody_is_left_out(town: Town) -> None:
    fits = await town.known_pa(languages="English (fluent), Somali (mother tongue)")
    nearly = await town.known_pa(languages="Polish (fluent)")
    far = await town.known_pa(postcode="AB10 1", languages="Polish")
    person = await town.person(TEXT)

    plan = await town.plan(person)
    shortlist = await town.shortlist(plan["plan_id"])
    listed = await until(lambda: whole_list(town, plan["plan_id"], 3))

    groups = {item["profile_id"]: item["group"] for item in listed}
    assert groups[str(fits)] == "fitting"
    assert groups[str(nearly)] == "near"
    assert groups[str(far)] in ("near", "others")
    assert sum(shortlist["counts"][group] for group in ("fitting", "near", "others")) == shortlist["counts"]["in_scope"]
    first = next(item for item in listed if item["profile_id"] == str(fits))
    assert {reason["criterion"] for reason in first["reasons"]} >= {"language"}
    assert all(reason["text"] for item in listed for reason in item["reasons"])
    assert [unmet["criterion"] for unmet in next(i for i in listed if i["profile_id"] == str(nearly))["unmet"]] == ["language"]


async def whole_list(town: Town, plan_id: str, count: int) -> list[dict[str, Any]]:
    listed = await town.matches(plan_id)
    return listed if len(listed) == count else []


async def test_a_plan_put_on_the_intake_topic_by_any_producer_gets_a_list(town: Town) -> None:
    await town.known_pa()
    person = await town.person(TEXT)
    body = {"council": town.council, **plan_in(person, source_id="from-kafka")}
    producer = AIOKafkaProducer(bootstrap_servers=town.stack.kafka_servers)
    await producer.start()
    await producer.send_and_wait(
        "intake.support_plan.v1",
        json.dumps(body).encode(),
        key=b"casework/from-kafka",
        headers=[("ce_id", str(uuid4()).encode()), ("ce_type", b"pa.intake.support_plan.v1"), ("ce_source", b"/casework")],
    )
    await producer.stop()

    async def taken_in() -> list[dict[str, Any]]:
        plans = await town.call("GET", "portal", "/plans")
        return list(plans["items"] if isinstance(plans, dict) else plans)

    plan = (await until(taken_in))[0]
    assert (await town.shortlist(plan["plan_id"]))["counts"]["fitting"] == 1


async def test_a_plan_that_cannot_be_taken_in_is_set_aside_with_its_reason_and_the_next_goes_on(town: Town) -> None:
    person = await town.person(TEXT)
    producer = AIOKafkaProducer(bootstrap_servers=town.stack.kafka_servers)
    await producer.start()
    for postcode, source_id in (("BT1 1", "unknown-area"), ("LE5 3", "fine")):
        body = {"council": town.council, **plan_in(person, source_id=source_id, postcode=postcode)}
        await producer.send_and_wait(
            "intake.support_plan.v1", json.dumps(body).encode(), headers=[("ce_id", str(uuid4()).encode())], partition=0
        )
    await producer.stop()

    async def taken_in() -> list[dict[str, Any]]:
        plans = await town.call("GET", "portal", "/plans")
        return list(plans["items"] if isinstance(plans, dict) else plans)

    plans = await until(taken_in)
    parked = (await town.client.get(f"{town.stack.url('portal')}/parked")).json()
    assert len(plans) == 1
    assert [row["key"] for row in parked if row["council"] == town.council] == ["casework/unknown-area"]


async def test_a_changed_plan_gives_a_new_list_and_the_same_version_again_changes_nothing(town: Town) -> None:
    await town.known_pa()
    person = await town.person(TEXT)
    plan = await town.plan(person)
    assert (await town.shortlist(plan["plan_id"]))["counts"]["fitting"] == 1

    again = await town.plan(person)
    changed = await town.plan(
        person,
        version=2,
        times="Sat-Sun 8pm-10pm",
        wishes=[
            {"criterion": "language", "value": "English", "strength": "must"},
            {"criterion": "times", "strength": "must"},
        ],
    )
    stale = await town.plan(person, version=1)
    shortlist = await town.shortlist(plan["plan_id"], plan_revision=2)

    assert (again["outcome"], changed["outcome"], stale["outcome"]) == ("unchanged", "changed", "stale")
    assert (shortlist["counts"]["fitting"], shortlist["counts"]["near"]) == (0, 1)


async def test_a_pa_changing_their_week_changes_the_lists_it_touches_and_no_other(town: Town) -> None:
    pa, times = (
        await town.known_pa(availability="weekdays 9am-5pm"),
        [
            {"criterion": "times", "strength": "must"},
            {"criterion": "language", "value": "English", "strength": "must"},
        ],
    )
    mornings = await town.plan(await town.person(TEXT), wishes=times)
    other_pa_fits = await town.plan(
        await town.person(TEXT),
        wishes=[{"criterion": "language", "value": "English", "strength": "must"}],
        times="Sun 8pm-10pm",
        hours_per_week="2",
    )
    before = await town.shortlist(mornings["plan_id"])
    untouched = await town.shortlist(other_pa_fits["plan_id"])

    await town.call("PATCH", "registry", f"/profiles/{pa}", {"availability": "Mon 9am-10am"})

    async def changed() -> bool:
        return bool((await town.shortlist(mornings["plan_id"]))["revision"] > before["revision"])

    assert await until(changed)
    assert (await town.shortlist(mornings["plan_id"]))["counts"]["fitting"] == before["counts"]["fitting"] - 1
    assert (await town.shortlist(other_pa_fits["plan_id"]))["revision"] == untouched["revision"]


@pytest.mark.parametrize(
    ("preference", "media"),
    [
        (TEXT, {"text/plain"}),
        (EMAIL, {"text/plain", "text/html"}),
        (LETTER, {"application/pdf"}),
        (LARGE, {"application/pdf"}),
        (AUDIO, {"audio/mpeg"}),
    ],
    ids=["text", "email", "letter", "large print", "audio"],
)
async def test_the_person_is_told_in_the_form_they_chose(town: Town, preference: dict[str, Any], media: set[str]) -> None:
    await town.known_pa()
    person = await town.person(preference)

    await town.plan(person)
    message = (await town.messages(person))[0]

    assert (message["method"], message["format"]) == (preference["method"], preference["format"])
    assert {artefact["media_type"].split(";")[0] for artefact in message["artefacts"]} >= media
    for artefact in message["artefacts"]:
        content = await town.call("GET", "notifier", f"/messages/{message['message_id']}/artefacts/{artefact['name']}")
        assert len(content) > 40


async def test_what_cannot_be_made_becomes_a_task_for_a_named_team_and_nothing_else_goes_out(town: Town) -> None:
    await town.known_pa()
    person = await town.person(SOMALI_AUDIO)

    await town.plan(person)
    message = (await town.messages(person))[0]
    tasks = [task for task in await town.call("GET", "notifier", "/tasks?state=open") if task["party_id"] == str(person)]

    assert message["artefacts"] == []
    assert [task["message_id"] for task in tasks] == [message["message_id"]]
    assert tasks[0]["team"] and tasks[0]["what_to_say"] and tasks[0]["due_at"]
    await town.call("POST", "notifier", f"/tasks/{tasks[0]['task_id']}/outcome", {"outcome": "reached"})
    assert (await town.call("GET", "notifier", f"/messages/{message['message_id']}"))["state"] == "done_by_task"


async def ask_to_meet(town: Town) -> tuple[UUID, UUID, dict[str, Any]]:
    pa, person = await town.known_pa(), await town.person(EMAIL)
    await town.reached(pa, "pa", TEXT, phone=f"07700900{int(uuid4().int % 900) + 100}")
    plan = await town.plan(person)
    await town.shortlist(plan["plan_id"])
    await until(lambda: whole_list(town, plan["plan_id"], 1))
    asked = await town.call(
        "POST", "matcher", f"/plans/{plan['plan_id']}/introductions", {"profile_id": str(pa), "asked_by": "person"}
    )
    return pa, person, asked


async def test_asking_to_meet_reaches_the_pa_in_their_form_and_their_yes_reaches_the_person(town: Town) -> None:
    pa, person, asked = await ask_to_meet(town)
    told = (await town.messages(pa, "somebody_would_like_to_meet_you"))[0]
    again = await town.call(
        "POST", "matcher", f"/plans/{asked['plan_id']}/introductions", {"profile_id": str(pa), "asked_by": "person"}, expect=409
    )

    await town.call("POST", "matcher", f"/introductions/{asked['introduction_id']}/answer", {"answer": "yes", "route": "page"})
    answer = (await town.messages(person, "they_said_yes"))[0]

    assert (told["method"], asked["state"]) == ("text", "asked")
    assert again["status"] == 409
    assert answer["method"] == "email"


async def test_a_reply_by_link_is_one_action_and_reaches_the_person(town: Town) -> None:
    pa, person, asked = await ask_to_meet(town)
    told = (await town.messages(pa, "somebody_would_like_to_meet_you"))[0]
    words = told["artefacts"][0]["words"]
    code = next(word for word in words.replace("\n", " ").split() if "/r/" in word).split("/r/")[1].rstrip(".,;)")
    replies = f"{town.stack.url('notifier')}/replies/{code}"

    looked = (await town.client.get(replies)).json()
    await town.client.get(replies)
    said = await town.client.post(replies, json={"answer": "no"})

    assert not looked["answered"]
    assert said.status_code == 200
    assert (await town.messages(person, "they_said_no"))[0]["introduction_id"] == asked["introduction_id"]


async def test_a_reply_by_text_word_is_understood(town: Town) -> None:
    pa, person = await town.known_pa(), await town.person(EMAIL)
    phone = f"07700900{int(uuid4().int % 900) + 100}"
    await town.reached(pa, "pa", TEXT, phone=phone)
    plan = await town.plan(person)
    await town.shortlist(plan["plan_id"])
    await town.call("POST", "matcher", f"/plans/{plan['plan_id']}/introductions", {"profile_id": str(pa), "asked_by": "person"})
    await town.messages(pa, "somebody_would_like_to_meet_you")

    await town.call("POST", "notifier", "/texts", {"from": phone, "words": "Yes please"}, expect=(200, 201, 202))

    assert await town.messages(person, "they_said_yes")


async def test_a_bad_body_is_answered_with_the_field_and_the_remedy(town: Town) -> None:
    problem = await town.call("POST", "portal", "/plans", plan_in(uuid4(), postcode="BT1 1"), expect=422)
    guarded = await town.call(
        "POST",
        "portal",
        "/plans",
        plan_in(uuid4(), wishes=[{"criterion": "sex", "value": "woman", "strength": "must"}]),
        expect=422,
    )
    refused = await town.client.post(
        f"{town.stack.url('portal')}/api/councils/{town.council}/plans", json={}, headers={"Authorization": "no"}
    )

    assert [error["field"] for error in problem["errors"]] == ["postcode"]
    assert problem["errors"][0]["remedy"]
    assert "wishes" in guarded["errors"][0]["field"]
    assert refused.status_code == 401
    assert refused.headers["content-type"] == "application/problem+json"
