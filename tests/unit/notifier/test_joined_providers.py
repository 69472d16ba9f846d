"""Which providers carry what, by the settings; and a wrong key stops the start."""
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from services.notifier.app import channels_of, notify_of
from services.notifier.domain.contact import Method
from services.notifier.domain.message import Artefact
from services.notifier.domain.waits import USUAL, Waits
from services.notifier.ports import Parcel
from services.notifier.settings import Settings
from tests.providers.notify_shapes import KEY

NEEDED = {
    "database_url": "postgresql://nowhere/nothing", "kafka_servers": "nowhere:9092", "service_key": "x" * 20, "port": 8000,
    "public_url": "http://127.0.0.1:8000", "outbox_folder": "nowhere",
}
TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"
MADE = {
    "text": (Method.TEXT, "text/plain; charset=utf-8"), "email": (Method.EMAIL, "text/plain; charset=utf-8"),
    "large print email": (Method.EMAIL, "text/plain; charset=utf-8", "application/pdf"),
    "letter": (Method.LETTER, "application/pdf"), "spoken letter": (Method.LETTER, "audio/mpeg"),
}


def carried(**said: Any) -> dict[str, list[str]]:
    settings = Settings.model_validate({**NEEDED, **said})
    channels = channels_of(settings, notify_of(settings, USUAL))
    return {name: [one.name for one in channels if one.carries(parcel(*made))] for name, made in MADE.items()}


def parcel(method: Method, *kinds: str) -> Parcel:
    artefacts = tuple(Artefact(kind, kind, b"", "") for kind in kinds)
    return Parcel("leicester", UUID(int=1), UUID(int=2), method, "to", "title", artefacts)


def test_without_notify_everything_stays_as_it_was() -> None:
    assert carried() == {name: ["folder"] for name in MADE}
    assert carried(smtp_url="smtp://mail") == {name: ["smtp" if "email" in name else "folder"] for name in MADE}


def test_the_folder_stands_in_for_no_provider_and_nothing_for_a_form() -> None:
    joined = {"notify_api_key": KEY, "notify_text_template": TEMPLATE, "notify_email_template": TEMPLATE, "notify_letters": True}

    assert carried(**joined) == {
        "text": ["notify"], "email": ["notify"], "large print email": [], "letter": ["notify"], "spoken letter": [],
    }
    assert carried(**joined, smtp_url="smtp://mail") == {
        "text": ["notify"], "email": ["notify", "smtp"], "large print email": ["smtp"], "letter": ["notify"], "spoken letter": [],
    }


def test_what_is_not_joined_up_goes_where_it_went() -> None:
    assert carried(notify_api_key=KEY, notify_text_template=TEMPLATE) == {
        "text": ["notify"], **{name: ["folder"] for name in MADE if name != "text"},
    }


@pytest.mark.parametrize("key", ["", "hunter-2", TEMPLATE, KEY[:-1], KEY + "0"])
def test_a_key_that_is_not_whole_stops_the_start_and_is_not_shown(key: str) -> None:
    with pytest.raises(ValidationError) as stopped:
        Settings.model_validate({**NEEDED, "notify_api_key": key})

    assert not key or key not in str(stopped.value)


def test_every_wait_runs_at_the_same_pace() -> None:
    slow, fast = Waits(), Waits().at(0.01)

    assert fast.lease * 100 == slow.lease and fast.not_now[0] * 100 == slow.not_now[0]
    assert fast.call < fast.lease < fast.leave_doubt

