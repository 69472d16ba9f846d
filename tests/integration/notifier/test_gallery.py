"""The gallery shows a council its own words as they are now, and says plainly what is not there."""
from typing import Any

import pytest

from tests.integration.notifier.test_translations import sign_off_welsh


async def ask(notifier: Any, path: str) -> Any:
    return await notifier.http.get(f"/councils/{notifier.council}/gallery{path}")


async def test_words_that_were_signed_off_are_ready_at_once(notifier: Any) -> None:
    before = (await ask(notifier, "/they_said_no/person?language=cy")).json()
    await sign_off_welsh(notifier)
    after = (await ask(notifier, "/they_said_no/person?language=cy")).json()

    assert (before["languages"]["cy"], after["languages"]["cy"]) == ("draft", "reviewed")
    assert {one["ready"] for one in before["forms"]} == {"made", "no_form"}


async def test_every_message_is_listed_and_one_file_of_it_opens(notifier: Any) -> None:
    listed = (await ask(notifier, "")).json()
    letter = await ask(notifier, "/they_said_no/person/large_print/large-print-24-point.pdf?size=24")

    assert ("they_said_no", "person") in {(one["about"], one["audience"]) for one in listed}
    assert (letter.status_code, letter.headers["content-type"]) == (200, "application/pdf")
    assert letter.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/no_such_message/person", 404, "There is no such message, or no such language"),
        ("/they_said_no/person?language=fr", 404, "There is no such message, or no such language"),
        ("/sign_in_code/person/easy_read/easy-read.pdf?language=cy", 409, "not there in this form and language yet"),
        ("/they_said_no/person?size=99", 422, "size"),
    ],
)
async def test_what_is_not_there_says_so(notifier: Any, path: str, status: int, says: str) -> None:
    answer = await ask(notifier, path)

    assert answer.status_code == status
    assert says in answer.text
