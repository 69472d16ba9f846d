"""What people are told of what they asked about their data: why it was not done, in their form; and that it was taken back."""
from typing import Any
from uuid import UUID, uuid4

from services.notifier.domain.contact import PartyKind
from services.notifier.domain.own_data import DataRequest, Stage
from services.notifier.usecases.own_data import hear

TEXT = {"phone": "07700900123", "preferences": [{"method": "text", "format": "plain", "language": "en"}]}
EMAIL = {"email": "amina@example.org", "preferences": [{"method": "email", "format": "plain", "language": "en"}]}
STAYS, ERASED, NOT_ERASED = "your_data_stays", "your_data_is_erased", "your_data_is_not_erased"
AT_NIGHT = 10  # hours after noon


async def says(notifier: Any, party: UUID, request_id: UUID, stage: Stage, kind: str = "erase", **why: str) -> None:
    now = notifier.clock.now
    async with notifier.store.begin() as work:
        await hear(DataRequest(notifier.council, request_id, party, PartyKind.PERSON, stage, kind=kind, **why), now, work)
    await notifier.work_through()


async def words_of(notifier: Any, party: UUID) -> str:
    [one] = await notifier.messages(party)
    return str((await notifier.whole(one["message_id"]))["artefacts"][0]["words"])


async def states(notifier: Any, party: UUID) -> dict[str, str]:
    return {one["about"]: one["state"] for one in await notifier.messages(party)}


async def test_an_email_says_what_was_not_changed_why_and_how_to_complain(notifier: Any) -> None:
    person = await notifier.record(**EMAIL)

    await says(notifier, person, uuid4(), Stage.NOT_CHANGED, "correct", reason="not_shown", what="plan")

    words = await words_of(notifier, person)
    told = ("put right something", "your plan or wishes", "we could not find out what is right", "0303 123 1113")
    assert [one for one in told if one not in words] == []


async def test_a_text_keeps_the_reason_for_the_page(notifier: Any) -> None:
    person = await notifier.record(**TEXT)

    await says(notifier, person, uuid4(), Stage.HELD, reason="court")

    assert "court" not in await words_of(notifier, person)
    [message] = await notifier.messages(person)
    page = (await notifier.whole(message["message_id"]))["page"]
    assert "it is needed for a claim in court" in str(page)


async def test_an_answer_from_before_there_were_codes_is_told_without_one(notifier: Any) -> None:
    person = await notifier.record(**EMAIL)

    await says(notifier, person, uuid4(), Stage.HELD)

    assert "Why we have not done it" not in await words_of(notifier, person)


async def test_what_was_taken_back_before_it_was_told_is_not_told(notifier: Any) -> None:
    person, request_id = await notifier.record(**TEXT), uuid4()
    notifier.clock.forward(hours=AT_NIGHT)
    await says(notifier, person, request_id, Stage.AGREED)

    await says(notifier, person, request_id, Stage.TAKEN_BACK)

    assert await states(notifier, person) == {ERASED: "dropped"}


async def test_who_was_told_that_they_are_erased_hears_that_they_are_not(notifier: Any) -> None:
    person, request_id = await notifier.record(**EMAIL), uuid4()
    await says(notifier, person, request_id, Stage.AGREED)

    for _ in "12":  # heard again, it is told once
        await says(notifier, person, request_id, Stage.TAKEN_BACK)

    assert await states(notifier, person) == {ERASED: "handed_over", NOT_ERASED: "handed_over"}
    assert len(await notifier.messages(person)) == 2
