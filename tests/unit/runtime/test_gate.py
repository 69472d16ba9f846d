"""What every request passes: too much is turned away before it is all read, and every answer is safe to show."""
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI, Request
from pydantic import SecretStr

from shared.runtime.gate import HEADERS, LARGEST, LARGEST_OF_STRANGERS, Gate, take_a_file
from shared.runtime.http import explain_problems

KEY = "a-key-that-only-tests-know"


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    explain_problems(app, {})
    app.add_middleware(Gate, key=SecretStr(KEY), https=True)

    @app.post("/said")
    async def said(given: list[str]) -> int:
        return len(given)

    @app.post("/streamed")
    async def streamed(request: Request) -> int:
        return sum([len(piece) async for piece in request.stream()])

    @app.post("/files")
    async def files(request: Request) -> int:
        if request.headers.get("who") != "staff":
            return 0
        take_a_file(request.scope)
        return sum([len(piece) async for piece in request.stream()])

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gate") as client:
        yield client


async def pieces(size: int) -> AsyncIterator[bytes]:
    """Without saying beforehand how long it will be."""
    for _ in range(size // 10_000 + 1):
        yield b" " * 10_000


@pytest.mark.parametrize("path", ["/said", "/streamed"])
async def test_a_stranger_cannot_make_us_read_much(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.post(path, content=pieces(LARGEST_OF_STRANGERS), headers={"content-type": "application/json"})

    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


async def test_with_the_key_a_file_may_be_large_but_not_without_end(client: httpx.AsyncClient) -> None:
    key = {"Authorization": f"Bearer {KEY}"}

    assert (await client.post("/streamed", content=pieces(2_000_000), headers=key)).status_code == 200
    assert (await client.post("/streamed", content=pieces(LARGEST), headers=key)).status_code == 413
    assert (await client.post("/streamed", content=pieces(2_000_000), headers={"Authorization": "Bearer no"})).status_code == 413


async def test_a_route_that_knows_who_asks_may_take_a_file(client: httpx.AsyncClient) -> None:
    known = await client.post("/files", content=pieces(2_000_000), headers={"who": "staff"})
    endless = await client.post("/files", content=pieces(LARGEST), headers={"who": "staff"})

    assert (known.status_code, endless.status_code) == (200, 413)
    assert known.json() > LARGEST_OF_STRANGERS


async def test_json_nested_without_end_is_a_problem_of_the_sender(client: httpx.AsyncClient) -> None:
    deep = b"[" * 100_000

    answer = await client.post("/said", content=deep, headers={"content-type": "application/json"})

    assert 400 <= answer.status_code < 500


ANSWERS = [("GET", "/nowhere"), ("GET", "/said"), ("POST", "/said"), ("GET", "/?a=%00"), ("GET", "/%00")]


@pytest.mark.parametrize(("method", "path"), ANSWERS)
async def test_every_answer_is_safe_to_show_also_the_ones_that_say_no(
    client: httpx.AsyncClient, method: str, path: str
) -> None:
    answer = await client.request(method, path)

    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
