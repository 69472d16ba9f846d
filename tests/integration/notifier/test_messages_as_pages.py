"""Whoever was told something reads all of it as a page, whatever form it was sent in, in the language it was sent in."""
from typing import Any

from services.notifier.usecases.introducing import Turn

TEXT = {"method": "text", "format": "plain", "language": "en"}


async def test_a_text_message_leaves_out_what_its_page_says(notifier: Any) -> None:
    person = await notifier.record(phone="07700 900123", preferences=[TEXT])
    pa = await notifier.record(kind="pa", phone="07700 900124", preferences=[TEXT], shown_as="Harpreet")
    introduction = await notifier.introduce(person, pa)
    await notifier.work_through()
    await notifier.hear(introduction, Turn.ACCEPTED)
    await notifier.work_through()

    (told,) = await notifier.messages(person)
    whole = await notifier.whole(told["message_id"])

    page = whole["page"]
    assert (page["title"], page["language"], page["direction"]) == ("Good news: they said yes", "en", "ltr")
    facts = {fact["label"]: fact["value"] for part in page["parts"] for fact in part["facts"]}
    assert facts["Who said yes"] == "Harpreet" and "Harpreet" not in whole["artefacts"][0]["words"]
    assert [part["heading"] for part in page["parts"]] == [
        "What happened", "The facts", "What you can do", "By when", "How to get help",
    ]


async def test_what_was_not_made_has_no_page_and_a_code_has_none_ever(notifier: Any) -> None:
    person = await notifier.record(preferences=[{"method": "phone", "format": "verbal", "language": "so"}])
    coded = await notifier.record(phone="07700 900125", preferences=[TEXT], confirmed_on="2026-11-01")
    await notifier.http.post(
        f"/councils/{notifier.council}/parties/{person}/leaflets", json={"about": "being_an_employer"}
    )
    await notifier.http.post(f"/councils/{notifier.council}/sign-in-codes", json={
        "contact": "07700900125", "code": "402913", "code_ref": "5f0c3a52-1111-4c6b-9a57-000000000009",
    })  # fmt: skip
    await notifier.work_through()

    by_phone, code = [(await notifier.messages(party))[0] for party in (person, coded)]

    assert by_phone["state"] == "task" and (await notifier.whole(by_phone["message_id"]))["page"] is None
    assert code["state"] == "handed_over" and (await notifier.whole(code["message_id"]))["page"] is None
