"""A film or recording is given whole, or the piece that a browser asks for."""
import pytest
from starlette.requests import Request

from services.portal.pages.media import part_of

FILM = bytes(range(100))


def asking(said: str | None) -> Request:
    headers = [(b"range", said.encode())] if said else []
    return Request({"type": "http", "headers": headers})


@pytest.mark.parametrize(
    ("said", "status", "piece", "which"),
    [
        (None, 200, FILM, None),
        ("bytes=0-", 206, FILM, "bytes 0-99/100"),
        ("bytes=10-19", 206, FILM[10:20], "bytes 10-19/100"),
        ("bytes=90-500", 206, FILM[90:], "bytes 90-99/100"),
        ("bytes=100-", 200, FILM, None),
        ("bytes=-5", 200, FILM, None),
        ("bytes=5-x", 200, FILM, None),
        ("bytes=19-10", 200, FILM, None),
        ("lines=1-2", 200, FILM, None),
    ],
)
def test_the_piece_that_is_asked_for(said: str | None, status: int, piece: bytes, which: str | None) -> None:
    answer = part_of(asking(said), FILM, "video/mp4")

    assert (answer.status_code, answer.body, answer.headers.get("content-range")) == (status, piece, which)
    assert answer.headers["accept-ranges"] == "bytes"
