"""What tests take a short cut for comes out the same as without it."""
from typing import Annotated, Literal
from uuid import UUID

import httpx
import pytest
from fastapi import APIRouter, Body, FastAPI, Query
from fastapi._compat import v2
from pydantic import BaseModel, Field

from tests import quick_routes


class Wish(BaseModel):
    words: str = Field(max_length=5)


def app(most: int = 100) -> FastAPI:
    router = APIRouter()

    @router.post("/wishes/{wish_id}")
    async def add(
        wish_id: UUID, wish: Wish, size: Annotated[int, Query(ge=1, le=most)] = 50, how: Literal["a", "b"] = "a"
    ) -> list[Wish]:
        return [wish] * size

    @router.post("/words")
    async def words(words: Annotated[list[str], Body(default_factory=list, max_length=most)]) -> int:
        return len(words)

    app = FastAPI()
    app.include_router(router)
    return app


async def asked(app: FastAPI, size: int) -> tuple[int, object]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as http:
        answer = await http.post(f"/wishes/{UUID(int=1)}?size={size}", json={"words": "tea"})
    return answer.status_code, answer.json()


@pytest.mark.parametrize("most", [100, 3])
async def test_an_app_says_of_itself_what_it_says_without_the_short_cut(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    app(), app(7)  # so that there is something to mix up
    quick = app(most)
    monkeypatch.setattr(v2, "TypeAdapter", quick_routes.TypeAdapter)
    slow = app(most)

    assert quick.openapi() == slow.openapi()
    for size in (3, 4, 100, 101):
        answer = await asked(quick, size)
        assert answer == await asked(slow, size)
        assert answer[0] == (200 if size <= most else 422)


def test_what_is_worked_out_once_is_used_again() -> None:
    app()
    kept = len(quick_routes.made)
    app()

    assert kept and len(quick_routes.made) == kept
