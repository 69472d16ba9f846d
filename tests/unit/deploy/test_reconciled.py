"""`alongside reconciled`, against a service that answers as ours do."""
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from typer.testing import CliRunner

from deploy.cli.app import app
from deploy.cli.ending import out

EQUAL = {
    "council": "leicester", "topic": "registry.profile.v1", "compared_at": "2026-11-27T18:40:07Z", "keys_told": 110,
    "keys_held": 110, "unequal_shards": 0, "repaired": 2, "repaired_at": "2026-11-26T10:00:00Z", "adrift": 0, "phantoms": [],
}
ANSWERS = [
    EQUAL,
    {**EQUAL, "topic": "a.way.v1", "unequal_shards": 3},
    {**EQUAL, "topic": "a.lost.v1", "unequal_shards": 3, "adrift": 5},
    {**EQUAL, "topic": "a.phantom.v1", "unequal_shards": 1, "phantoms": ["0190a000-0000-7000-8000-000000000101"]},
]


class Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert (self.path, self.headers["Authorization"]) == ("/reconciled", "Bearer a-key-for-a-test-only-1234")
        body = json.dumps(ANSWERS).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def matcher(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for name in ("PORTAL", "REGISTRY", "NOTIFIER", "MATCHER"):
        monkeypatch.setenv(f"ALONGSIDE_{name}_URL", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("ALONGSIDE_KAFKA_SERVERS", "127.0.0.1:1")
    monkeypatch.setenv("ALONGSIDE_SERVICE_KEY", "a-key-for-a-test-only-1234")
    monkeypatch.setattr(out, "width", 160)  # whatever COLUMNS was when it was imported
    yield
    server.shutdown()
    server.server_close()


def test_each_topic_is_one_line_that_says_how_it_stands(matcher: None) -> None:
    result = CliRunner().invoke(app, ["reconciled", "--service", "matcher"])

    assert result.exit_code == 0
    said = {line.split("│")[3].strip(): line.split("│")[6].strip() for line in result.stdout.splitlines() if line.count("│") > 6}
    assert said == {
        "registry.profile.v1": "equal", "a.way.v1": "on its way", "a.lost.v1": "5 to put right", "a.phantom.v1": "more than told",
    }
    assert "matcher holds 0190a000-0000-7000-8000-000000000101 of a.phantom.v1, which its owner never told." in result.stdout


def test_as_json_it_is_what_the_service_said_with_its_name(matcher: None) -> None:
    result = CliRunner().invoke(app, ["reconciled", "--service", "matcher", "--json"])

    assert json.loads(result.stdout) == [{"service": "matcher", **one} for one in ANSWERS]


def test_a_service_there_is_not_ends_with_2(matcher: None) -> None:
    assert CliRunner().invoke(app, ["reconciled", "--service", "payroll"]).exit_code == 2
