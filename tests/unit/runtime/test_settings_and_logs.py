"""A service says which setting is wrong, and never logs what people typed."""
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from pydantic import BaseModel, ValidationError

from shared.runtime import environment, logs
from shared.runtime.queries import MisnamedQuery, load


def test_a_missing_setting_ends_the_start_by_name(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("DATABASE_URL", "KAFKA_SERVERS", "SERVICE_KEY", "PORT"):
        monkeypatch.delenv(f"ALONGSIDE_{name}", raising=False)

    with pytest.raises(SystemExit) as end:
        environment.read(environment.Settings)

    assert end.value.code == environment.USAGE_ERROR
    assert "ALONGSIDE_DATABASE_URL: is missing" in capsys.readouterr().err


def test_a_wrong_setting_is_named_and_its_value_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {"DATABASE_URL": "mysql://secret@x", "KAFKA_SERVERS": "a:9092", "SERVICE_KEY": "k" * 30, "PORT": "1"}
    for name, value in given.items():
        monkeypatch.setenv(f"ALONGSIDE_{name}", value)

    with pytest.raises(SystemExit):
        environment.read(environment.Settings)

    said = capsys.readouterr().err
    assert "ALONGSIDE_DATABASE_URL" in said
    assert "secret" not in said


@pytest.fixture
def logs_of_our_own() -> Iterator[None]:
    """What a test configures is for that test alone."""
    yield
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()
    logging.basicConfig(force=True)


@pytest.mark.usefixtures("logs_of_our_own")
def test_an_exception_is_logged_without_its_text(capsys: pytest.CaptureFixture[str]) -> None:
    class Typed(BaseModel):
        age: int

    logs.configure("registry", form="json", level="info")
    try:
        Typed.model_validate({"age": "Mrs Canary"})
    except ValidationError:
        structlog.get_logger().exception("not understood", profile_id="1")

    line = capsys.readouterr().out
    assert "Canary" not in line
    assert json.loads(line)["problem"] == "ValidationError"


def test_two_queries_of_one_name_are_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "queries.sql"
    file.write_text("-- name: a\nSELECT 1;\n-- name: a\nSELECT 2;\n")

    with pytest.raises(MisnamedQuery):
        load(file)
