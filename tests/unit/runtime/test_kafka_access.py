"""What is said about getting in to Kafka must fit together, or the service does not start and says what to change."""
from pathlib import Path

import pytest

from shared.messaging.access import OPEN, access_of
from shared.runtime.environment import KafkaAccess, read

TLS = {"KAFKA_TLS": "true"}
NAMED = {"KAFKA_USER": "alongside", "KAFKA_PASSWORD": "quiet-as-a-mouse"}


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in KafkaAccess.model_fields:
        monkeypatch.delenv(f"ALONGSIDE_{name.upper()}", raising=False)
    return monkeypatch


@pytest.mark.parametrize(("settings", "named"), [
    (NAMED, "ALONGSIDE_KAFKA_USER: is only of use over TLS: set ALONGSIDE_KAFKA_TLS=true too"),
    (TLS | {"KAFKA_USER": "alongside"}, "ALONGSIDE_KAFKA_PASSWORD: belongs to ALONGSIDE_KAFKA_USER"),
    (TLS | {"KAFKA_PASSWORD": "quiet-as-a-mouse"}, "ALONGSIDE_KAFKA_PASSWORD: belongs to ALONGSIDE_KAFKA_USER"),
    (TLS | {"KAFKA_CA": "/nowhere/ca.pem"}, "ALONGSIDE_KAFKA_CA: Path does not point to a file"),
    (TLS | {"KAFKA_CA": __file__}, "ALONGSIDE_KAFKA_CA: is not a PEM file of certificates"),
    (TLS | NAMED | {"KAFKA_SIGN_IN": "kerberos"}, "ALONGSIDE_KAFKA_SIGN_IN: Input should be"),
])
def test_what_does_not_fit_together_stops_the_start_by_name(
    settings: dict[str, str], named: str, told: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in settings.items():
        told.setenv(f"ALONGSIDE_{name}", value)

    with pytest.raises(SystemExit):
        read(KafkaAccess)

    said = capsys.readouterr().err
    assert named in said
    assert "quiet-as-a-mouse" not in said


def test_nothing_said_is_an_open_door_on_ones_own_machine(told: pytest.MonkeyPatch) -> None:
    access = access_of(read(KafkaAccess))

    assert access == OPEN
    assert access.for_clients() == {}
    assert access.for_faststream() is None


def test_a_password_is_never_shown(told: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in (TLS | NAMED).items():
        told.setenv(f"ALONGSIDE_{name}", value)

    settings = read(KafkaAccess)

    assert "quiet-as-a-mouse" not in f"{settings!r} {access_of(settings)!r}"
    assert access_of(settings).for_clients()["sasl_plain_password"] == "quiet-as-a-mouse"
