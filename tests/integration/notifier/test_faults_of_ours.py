"""A mistake of ours in making one message stops no other; a person tells them instead."""
from dataclasses import replace
from typing import Any

from services.notifier.renderers.letter import Letters
from tests.integration.notifier.test_handing_over import EMAIL, LETTER, one_message


class WrongLetters(Letters):
    def render(self, *_: Any) -> Any:
        raise ZeroDivisionError


async def test_a_letter_that_breaks_the_writer_is_left_to_a_person_and_the_next_message_is_made(notifier: Any) -> None:
    notifier.press = replace(notifier.press, letters=WrongLetters())

    by_letter = await one_message(notifier, [LETTER])
    by_email = await one_message(notifier, [EMAIL])

    [left] = await notifier.messages(by_letter)
    [task] = await notifier.tasks()
    assert task["message_id"] == left["message_id"]
    assert [message["state"] for message in await notifier.messages(by_email)] == ["written"]
