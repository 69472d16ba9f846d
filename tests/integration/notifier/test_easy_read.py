"""Easy read goes where it is written, and where it is not a person is asked: never longer words in its place."""
from typing import Any

import pytest

ADDRESS = ["Mrs A Warsame", "12 Allotment Lane", "Leicester", "LE5 6AA"]


@pytest.mark.parametrize(
    ("method", "files"), [("letter", ["easy-read.pdf"]), ("email", ["message.txt", "message.html", "easy-read.pdf"])]
)
async def test_it_comes_by_letter_or_with_an_email(notifier: Any, method: str, files: list[str]) -> None:
    way = {"method": method, "format": "easy_read", "language": "en"}
    person = await notifier.record(email="a@example.org", postal_address=ADDRESS, preferences=[way])
    await send(notifier, person, "what_a_direct_payment_is")

    (message,) = await notifier.messages(person)
    whole = await notifier.whole(message["message_id"])

    assert (message["state"], message["format"]) == ("handed_over", "easy_read")
    assert [one["name"] for one in whole["artefacts"]] == files
    assert "You choose who helps you." in whole["artefacts"][-1]["words"]


async def test_in_a_language_without_easy_words_it_is_a_persons_task(notifier: Any) -> None:
    way = {"method": "letter", "format": "easy_read", "language": "cy"}
    person = await notifier.record(postal_address=ADDRESS, preferences=[way])
    await send(notifier, person, "your_rights_and_options")

    (message,), (task,) = await notifier.messages(person), await notifier.tasks()

    assert message["state"] == "task" and task["kind"] == "have_it_made"
    assert not notifier.outbox.exists()


async def send(notifier: Any, person: Any, about: str) -> None:
    await notifier.http.post(f"/councils/{notifier.council}/parties/{person}/leaflets", json={"about": about})
    await notifier.work_through()
