"""Braille leaves through a braille house or attached to an email; where it cannot be made, a person is asked."""
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from services.notifier.renderers.braille import Braille
from tests.integration.notifier.test_handing_over import one_message

FORMS = ("braille", "braille_grade_1")


@pytest.mark.parametrize("form", FORMS)
async def test_by_letter_the_team_sends_the_made_pages_to_a_braille_house(notifier: Any, form: str) -> None:
    party = await one_message(notifier, [{"method": "letter", "format": form, "language": "en"}])
    await notifier.work_through()

    [message], [task] = await notifier.messages(party), await notifier.tasks()
    whole = await notifier.whole(message["message_id"])

    assert (message["state"], message["format"]) == ("task", form)
    assert [one["name"] for one in whole["artefacts"]] == ["message.brf", "message.pef"]
    assert "send it to a braille house" in task["why"] and task["message_id"] == message["message_id"]
    assert task["kind"] == "have_it_made"
    assert not notifier.outbox.exists()


async def test_by_email_it_is_attached(notifier: Any) -> None:
    party = await one_message(notifier, [{"method": "email", "format": "braille", "language": "en"}])
    await notifier.work_through()

    [message] = await notifier.messages(party)
    whole = await notifier.whole(message["message_id"])

    assert message["state"] == "handed_over"
    assert [one["name"] for one in whole["artefacts"]] == ["message.txt", "message.html", "message.brf"]


@pytest.mark.parametrize("method", ["letter", "email"])
async def test_without_what_writes_it_a_person_is_asked_and_nothing_else_goes(
    notifier: Any, method: str, tmp_path: Path
) -> None:
    notifier.press = replace(notifier.press, braille=Braille(tmp_path / "empty"))
    party = await one_message(notifier, [{"method": method, "format": "braille", "language": "en"}])
    await notifier.work_through()

    [message], [task] = await notifier.messages(party), await notifier.tasks()

    assert message["state"] == "task" and (await notifier.whole(message["message_id"]))["artefacts"] == []
    assert "making it failed" in task["why"] and "braille house" not in task["why"]
    assert not notifier.outbox.exists()
