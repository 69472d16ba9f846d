"""Secrets, ports, forgetting, and what is said on the way."""
import io
import socket
from pathlib import Path

import pytest

from deploy.embedded.ports import Ports, Taken, any_free
from deploy.embedded.postgres import written_settings
from deploy.embedded.reset import reset
from deploy.embedded.secrets import secret
from deploy.embedded.talk import Talk
from deploy.kafka import apache, topics


def test_a_secret_is_made_once_and_for_one_reader(tmp_path: Path) -> None:
    made = secret(tmp_path / "secrets", "service-key")

    assert secret(tmp_path / "secrets", "service-key") == made
    assert len(made) >= 40
    assert (tmp_path / "secrets" / "service-key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700


def test_a_port_in_use_is_named_with_the_setting_that_changes_it() -> None:
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", 0))
        somebody.listen()
        port = somebody.getsockname()[1]

        with pytest.raises(Taken, match=rf"{port} \(matcher\).*ALONGSIDE_MATCHER_PORT=<port> make run"):
            Ports(*any_free(2), port, *any_free(2)).check()


def test_forgetting_takes_only_what_is_ours(tmp_path: Path) -> None:
    (tmp_path / "postgres" / "data").mkdir(parents=True)
    (tmp_path / "service-key").write_text("x")
    (tmp_path / "my-notes.txt").write_text("mine")
    (tmp_path / "frontend").mkdir()

    gone = reset(tmp_path)

    assert gone == ["postgres", "service-key"]
    assert sorted(place.name for place in tmp_path.iterdir()) == ["frontend", "my-notes.txt"]
    assert reset(tmp_path) == []


def test_nothing_is_forgotten_while_it_runs(tmp_path: Path) -> None:
    import fcntl

    (tmp_path / "service-key").write_text("x")
    with (tmp_path / "lock").open("w") as running:
        fcntl.flock(running, fcntl.LOCK_EX)

        with pytest.raises(BlockingIOError):
            reset(tmp_path)

    assert (tmp_path / "service-key").exists()


def test_lines_are_plain_where_nobody_sees_colours() -> None:
    out = io.StringIO()

    Talk(out)("portal", "ready")

    assert out.getvalue() == "portal    │ ready\n"


def test_the_servers_settings_are_names_and_values() -> None:
    assert written_settings()["log_error_verbosity"] == "terse"
    assert all(name.replace("_", "").isalpha() and value for name, value in written_settings().items())


def test_a_topic_has_the_settings_of_its_kind(tmp_path: Path) -> None:
    file = tmp_path / "topics.yaml"
    file.write_text("partitions: 3\nkinds:\n  state: {cleanup.policy: compact, retention.ms: 5}\ntopics:\n  a.b.v1: state\n")

    assert topics.written(file) == (topics.Topic("a.b.v1", 3, {"cleanup.policy": "compact", "retention.ms": "5"}),)


def test_jars_that_are_not_those_we_looked_at_are_refused(tmp_path: Path) -> None:
    (tmp_path / "kafka-clients-4.1.0.jar").write_bytes(b"something else")

    with pytest.raises(apache.WrongJars, match=r"kafka-clients-4\.1\.0\.jar"):
        apache.check(tmp_path)


def test_without_java_there_are_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(apache.NotHere, match="apt-get install default-jre-headless"):
        apache.java()


def test_without_the_jars_there_are_plain_words(tmp_path: Path) -> None:
    with pytest.raises(apache.NotHere, match="make kafka"):
        apache.Node(tmp_path / "node", 1, 2, jars=tmp_path / "none").format()


def test_a_cluster_name_never_looks_like_an_option() -> None:
    assert all(apache.cluster_name(bytes([first]) + bytes(15))[0].isalpha() for first in range(256))
