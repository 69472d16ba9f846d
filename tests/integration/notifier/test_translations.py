"""Translations are written, signed off and asked for; only what is signed off beside today's English is ever sent."""
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.notifier.domain.contact import PartyKind
from services.notifier.domain.message import About, BusinessKey, Message
from services.notifier.domain.translation import SHARED
from services.notifier.renderers.catalogue import settled
from services.notifier.renderers.press import Presses

REVIEWER = "5f0c3a52-1111-4c6b-9a57-000000000001"
WELSH_EMAIL = {"method": "email", "format": "plain", "language": "cy"}
WELSH_TEXT = {"method": "text", "format": "plain", "language": "cy"}
SAID_NO = ("they_said_no", "person")


async def sheet(notifier: Any, language: str, about: str, audience: str) -> dict[str, Any]:
    answer = await notifier.http.get(f"/councils/{notifier.council}/translations/{language}/{about}/{audience}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def put(notifier: Any, language: str, unit: tuple[str, str], *, seen: int, sign_off: bool = False, **changed: str) -> Any:
    shown = await sheet(notifier, language, *unit)
    passages = {one["name"]: one["said"] for one in shown["passages"]} | {k.replace("__", "."): v for k, v in changed.items()}
    return await notifier.http.put(
        f"/councils/{notifier.council}/translations/{language}/{unit[0]}/{unit[1]}",
        json={"passages": passages, "seen": seen, "by": REVIEWER, "sign_off": sign_off},
    )


async def sign_off_welsh(notifier: Any) -> None:
    for unit in ((SHARED.about, SHARED.audience), SAID_NO):
        answer = await put(notifier, "cy", unit, seen=0, sign_off=True)
        assert answer.status_code == 200, answer.text


async def say_no(notifier: Any, party_id: UUID) -> UUID:
    message_id = uuid4()
    key = BusinessKey(party_id, "they_said_no", uuid4(), "once")  # type: ignore[arg-type]
    given = {"asked_on": "2026-11-19", "hours": 42}
    async with notifier.store.begin() as work:
        await work.messages.add(
            Message(notifier.council, message_id, key, "they_said_no", PartyKind.PERSON, given, About(), notifier.clock.now)
        )
    return message_id


async def standing(notifier: Any, language: str, about: str, audience: str) -> str:
    return str((await sheet(notifier, language, about, audience))["standing"])


async def test_every_language_and_message_can_be_seen_the_missing_ones_too(notifier: Any) -> None:
    listed = (await notifier.http.get(f"/councils/{notifier.council}/translations")).json()

    somali = next(one for one in listed if one["tag"] == "so")
    states = {(row["about"], row["audience"]): row["standing"] for row in somali["messages"]}
    assert len(listed) >= 11 and "en" not in [one["tag"] for one in listed]
    assert states[SAID_NO] == "draft"
    assert states["they_changed_their_mind", "pa"] == "missing"
    assert {one["direction"] for one in listed if one["tag"] in ("ur", "ar")} == {"rtl"}


async def test_a_draft_is_never_sent_and_a_signed_one_is(notifier: Any) -> None:
    party = await notifier.record(email="a@example.org", preferences=[WELSH_EMAIL])
    before = await say_no(notifier, party)
    await notifier.work_through()
    await sign_off_welsh(notifier)
    after = await say_no(notifier, party)
    await notifier.work_through()

    assert (await notifier.whole(str(before)))["state"] == "task"
    sent = await notifier.whole(str(after))
    assert (sent["state"], sent["language"]) == ("handed_over", "cy")
    assert "Dywedodd cynorthwyydd na y tro hwn" in sent["artefacts"][0]["words"]


async def test_a_message_alone_is_not_sent_while_what_all_share_is_a_draft(notifier: Any) -> None:
    party = await notifier.record(email="a@example.org", preferences=[WELSH_EMAIL])
    assert (await put(notifier, "cy", SAID_NO, seen=0, sign_off=True)).status_code == 200

    message = await say_no(notifier, party)
    await notifier.work_through()

    assert (await notifier.whole(str(message)))["state"] == "task"


async def begin(notifier: Any, tag: str) -> int:
    path = f"/councils/{notifier.council}/translations/{tag}"
    return int((await notifier.http.put(path, json={"by": REVIEWER})).status_code)


async def test_a_language_that_did_not_come_with_the_product_is_begun_and_sent_only_when_it_is_signed_off(notifier: Any) -> None:
    email = {"method": "email", "format": "plain", "language": "pt"}
    party = await notifier.record(email="a@example.org", preferences=[email])
    shared, refused = (SHARED.about, SHARED.audience), [await begin(notifier, tag) for tag in ("en", "bfi", "xx")]
    begun = [await begin(notifier, "pt"), await begin(notifier, "pt"), await begin(notifier, "cy")]
    drafts, before = await sheet(notifier, "pt", *SAID_NO), await say_no(notifier, party)
    await notifier.work_through()
    for unit, seen in ((SAID_NO, 0), (shared, 1)):  # the message first: what all share comes later
        english = {one["name"].replace(".", "__"): one["english"] for one in (await sheet(notifier, "pt", *unit))["passages"]}
        words = {**english, "title": "Disse que não"} if unit == SAID_NO else english
        answer = await put(notifier, "pt", unit, seen=seen, sign_off=True, **words)
        assert answer.status_code == 200, answer.text
    after = await say_no(notifier, party)
    await notifier.work_through()

    listed = (await notifier.http.get(f"/councils/{notifier.council}/translations")).json()
    assert (refused, begun, [one["tag"] for one in listed].count("pt")) == ([404] * 3, [204] * 3, 1)
    assert (drafts["standing"], drafts["segments"], (await sheet(notifier, "cy", *shared))["version"]) == ("missing", None, 0)
    assert (await notifier.whole(str(before)))["state"] == "task"
    sent = await notifier.whole(str(after))
    assert (sent["state"], sent["language"], sent["title"]) == ("handed_over", "pt", "Disse que não")


async def test_one_council_signs_for_itself_alone(notifier: Any) -> None:
    await sign_off_welsh(notifier)
    party = uuid4()
    contact = {"kind": "person", "address_as": "Amina", "email": "a@example.org", "preferences": [WELSH_EMAIL],
               "confirmed_on": "2026-11-01"}
    other = replace(notifier, council=f"{notifier.council}-b"[:40])
    await notifier.http.put(f"/councils/{other.council}/parties/{party}/contact", json=contact)

    message = await say_no(other, party)
    await other.work_through()

    assert (await other.whole(str(message)))["state"] == "task"


async def test_what_waits_in_words_that_were_taken_back_is_made_again(notifier: Any) -> None:
    party = await notifier.record(
        phone="07700900123", email="a@example.org", preferences=[WELSH_TEXT, {**WELSH_EMAIL, "language": "en"}]
    )
    await sign_off_welsh(notifier)
    notifier.clock.forward(hours=10)  # quiet hours: it is made, and waits
    message = await say_no(notifier, party)
    await notifier.work_through()
    assert (await notifier.whole(str(message)))["state"] == "written"

    answer = await put(notifier, "cy", SAID_NO, seen=1, title="Ddim y tro hwn")
    await notifier.work_through()

    sent = await notifier.whole(str(message))
    assert answer.json()["standing"] == "draft"
    assert (sent["state"], sent["language"], sent["method"]) == ("handed_over", "en", "email")


async def test_words_signed_off_beside_other_english_are_a_draft_again(notifier: Any) -> None:
    await sign_off_welsh(notifier)
    party = await notifier.record(email="a@example.org", preferences=[WELSH_EMAIL])
    words = notifier.press.catalogue
    key = ("they_said_no", PartyKind.PERSON, "en")
    changed = {**words.originals, key: replace(words.originals[key], title="A PA said no to this one")}
    press: Presses = notifier.press
    next_release = replace(press, catalogue=settled(words.languages, changed), editions={})

    message = await say_no(notifier, party)
    later = replace(notifier, press=next_release)
    await later.work_through()

    assert (await notifier.whole(str(message)))["state"] == "task"


async def test_signing_off_names_each_passage_that_is_not_right_and_keeps_nothing(notifier: Any) -> None:
    answer = await put(
        notifier, "cy", ("people_to_look_at", "person"), seen=0, sign_off=True, what_you_can_do="Edrychwch", title=""
    )

    assert answer.status_code == 422
    assert {one["field"]: one["problem"] for one in answer.json()["errors"]} == {
        "passages.title": "Nothing is written here yet",
        "passages.what_you_can_do": "Put in {list_link}, as in the English",
    }
    assert (await sheet(notifier, "cy", "people_to_look_at", "person"))["version"] == 0


async def test_a_draft_may_be_kept_half_done_and_a_missing_one_begun(notifier: Any) -> None:
    unit = ("they_changed_their_mind", "pa")
    answer = await put(notifier, "so", unit, seen=0, title="Kulan looma baahna")

    assert answer.status_code == 200
    assert (answer.json()["standing"], answer.json()["version"], answer.json()["segments"]) == ("draft", 1, None)
    assert await standing(notifier, "so", *unit) == "draft"


async def test_a_passage_the_english_does_not_have_is_refused_also_in_a_draft(notifier: Any) -> None:
    answer = await put(notifier, "cy", SAID_NO, seen=0, facts__colour="Lliw")

    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == ["passages.facts.colour"]


async def test_two_who_write_at_once_do_not_overwrite_each_other(notifier: Any) -> None:
    assert (await put(notifier, "cy", SAID_NO, seen=0, title="Na y tro hwn")).status_code == 200

    second = await put(notifier, "cy", SAID_NO, seen=0, title="Ddim y tro hwn")

    assert second.status_code == 409
    assert (await sheet(notifier, "cy", *SAID_NO))["versions"][0]["version"] == 1


async def test_who_signed_which_version_and_when_is_kept(notifier: Any) -> None:
    await put(notifier, "cy", SAID_NO, seen=0, title="Na y tro hwn")
    await put(notifier, "cy", SAID_NO, seen=1, sign_off=True)
    again = await put(notifier, "cy", SAID_NO, seen=2, sign_off=True)  # what changes nothing is no version

    versions = again.json()["versions"]
    assert [(one["version"], one["signed_by"]) for one in versions] == [(2, REVIEWER), (1, None)]
    assert versions[0]["signed_at"].startswith("2026-11-24T12:00")
    assert again.json()["standing"] == "signed_off"


async def test_a_missing_one_is_asked_of_somebody(notifier: Any) -> None:
    path = f"/councils/{notifier.council}/translations/so/they_changed_their_mind/pa"
    asked = await notifier.http.put(f"{path}/asked", json={"of": REVIEWER, "by": str(uuid4())})
    assert (asked.status_code, (await sheet(notifier, "so", "they_changed_their_mind", "pa"))["asked_of"]) == (204, REVIEWER)

    await notifier.http.put(f"{path}/asked", json={"of": None, "by": str(uuid4())})

    assert (await sheet(notifier, "so", "they_changed_their_mind", "pa"))["asked_of"] is None


@pytest.mark.parametrize(
    ("language", "about", "audience"),
    [
        ("en", "they_said_no", "person"), ("bfi", "they_said_no", "person"), ("cy", "no_such", "person"),
        ("cy", "they_said_no", "pa"), ("cy", "they_said_no", "everybody"),
    ],
)
async def test_what_nobody_can_translate_is_not_there(notifier: Any, language: str, about: str, audience: str) -> None:
    path = f"/councils/{notifier.council}/translations/{language}/{about}/{audience}"

    assert (await notifier.http.get(path)).status_code == 404
    kept = await notifier.http.put(path, json={"passages": {}, "seen": 0, "by": REVIEWER})
    assert kept.status_code == 404


async def test_length_and_letters_that_cannot_be_shown_are_said(notifier: Any) -> None:
    english_like = await sheet(notifier, "so", *SAID_NO)
    bengali = await sheet(notifier, "bn", *SAID_NO)
    chinese = await sheet(notifier, "zh", *SAID_NO)

    assert bengali["segments"] > english_like["segments"] >= 1
    assert (bengali["not_shown"], english_like["not_shown"]) == ("", "")
    assert "您" in chinese["not_shown"]
