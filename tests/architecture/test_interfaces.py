"""What is written down of the interfaces is what the code does."""
import json
import subprocess
from typing import Any

import pytest

from deploy.interfaces import DOCS, SERVICES, asyncapi, events, openapi, schema
from shared.contracts import Event
from tests.architecture.tree import ROOT

ANEW = "write it anew with `make docs`, and look at the difference"


@pytest.mark.parametrize("service", SERVICES)
def test_openapi_is_what_the_service_answers(service: str) -> None:
    assert (DOCS / "openapi" / f"{service}.json").read_text() == openapi(service), ANEW


@pytest.mark.parametrize("service", SERVICES)
def test_asyncapi_is_what_the_service_hears_and_tells(service: str) -> None:
    assert (DOCS / "asyncapi" / f"{service}.yaml").read_text() == asyncapi(service), ANEW


@pytest.mark.parametrize("event", events(), ids=lambda event: event.topic)
def test_the_schema_is_what_the_event_carries(event: type[Event]) -> None:
    assert (DOCS / "schemas" / f"{event.topic}.json").read_text() == schema(event), ANEW


def test_nothing_is_described_that_is_gone() -> None:
    described = {file.name for folder in ("openapi", "asyncapi", "schemas") for file in (DOCS / folder).iterdir()}

    assert described == {
        *(f"{service}.json" for service in SERVICES),
        *(f"{service}.yaml" for service in SERVICES),
        *(f"{event.topic}.json" for event in events()),
    }


@pytest.mark.parametrize("event", events(), ids=lambda event: event.topic)
def test_within_a_version_only_optional_fields_were_added(event: type[Event]) -> None:
    """Against the last release (its tag), if there was one: what readers rely on is still there, and nothing new is asked."""
    released = text_at_last_release(f"docs/schemas/{event.topic}.json")
    if released is None:
        return  # the first release makes the promise; there is nothing to break before it
    before, now = json.loads(released), json.loads(schema(event))

    for name, part in parts(before).items():
        then, here = part, parts(now)[name]
        assert set(then.get("properties", {})) <= set(here.get("properties", {})), name
        assert set(here.get("required", [])) <= set(then.get("required", [])), name
        assert set(then.get("enum", [])) <= set(here.get("enum", [])), name


def parts(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {"": schema, **schema.get("$defs", {})}


def text_at_last_release(name: str) -> str | None:
    tags = git("tag", "--merged", "--sort=-v:refname").stdout.split()
    shown = git("show", f"{tags[0]}:{name}") if tags else None
    return shown.stdout if shown and shown.returncode == 0 else None


def git(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
