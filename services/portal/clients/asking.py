"""Asking another service: one place for what can go wrong on the way."""
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

Answer = TypeVar("Answer")
Params = Mapping[str, str | int | Sequence[str]]


class Heard(BaseModel):
    """What another service answered. What we do not know of it we leave."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class FieldProblem(Heard):
    field: str = ""
    problem: str = ""
    remedy: str = ""

    @property
    def in_words(self) -> str:
        """For a person: what is wrong and what to do. Where the service gave a reason of its own, its first words are dropped."""
        own = self.problem.removeprefix("Value error, ")
        said = f"{own[:1].upper()}{own[1:]}"
        return said if own != self.problem else f"{said} {self.remedy}".strip()


class ServiceAway(Exception):
    """The service could not be reached, or could not answer just now. Asking again later may work."""

    def __init__(self, service: str) -> None:
        super().__init__(service)
        self.service = service


class Refused(Exception):
    """The service answered, and the answer is no: asking the same again will not help."""

    def __init__(self, service: str, status: int, title: str, detail: str, errors: tuple[FieldProblem, ...]) -> None:
        super().__init__(f"{service} answered {status}")  # its words may hold what a person typed, so they stay out of logs
        self.service, self.status, self.title, self.detail, self.errors = service, status, title, detail, errors


class NotThere(Refused):
    """It has no such thing (404)."""


class SetAside(Heard):
    """An event that a service could not use, and why. Never its content."""

    council: str
    id: int
    topic: str
    reason: str
    attempts: int = 0
    first_seen: datetime | None = None
    next_try_at: datetime | None = None


class Asker:
    def __init__(self, service: str, http: httpx.AsyncClient) -> None:
        self.service, self.http = service, http

    async def ask(
        self,
        answer: type[Answer] | TypeAdapter[Answer],
        method: str,
        path: str,
        *,
        body: object = None,
        params: Params | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """The answer as a checked model. Raises ServiceAway, NotThere or Refused."""
        response = await self.send(method, path, body=body, params=params, headers=headers)
        adapter = answer if isinstance(answer, TypeAdapter) else TypeAdapter(answer)
        try:
            return adapter.validate_json(response.content or b"null")
        except ValidationError:
            raise ServiceAway(self.service) from None  # its text could hold somebody's words

    async def send(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        params: Params | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        try:
            response = await self.http.request(method, path, json=body, params=params, headers=headers)
        except httpx.TransportError:
            raise ServiceAway(self.service) from None
        if response.is_success:
            return response
        if response.status_code >= 500 or response.status_code in (401, 408, 429):
            raise ServiceAway(self.service)
        raise refusal(self.service, response)

    async def set_aside(self) -> tuple[SetAside, ...]:
        """The events this service set aside, newest first, of every council."""
        return await self.ask(SET_ASIDE, "GET", "/parked")

    async def try_again(self, council: str, event: int, who: str) -> None:
        await self.send("POST", f"/parked/{council}/{event}/retry", body={"who": who})


SET_ASIDE = TypeAdapter(tuple[SetAside, ...])


def refusal(service: str, response: httpx.Response) -> Refused:
    kind = NotThere if response.status_code == 404 else Refused
    try:
        said: Any = response.json()
    except ValueError:
        said = {}
    if not isinstance(said, dict):
        said = {}
    errors = tuple(FieldProblem.model_validate(one) for one in said.get("errors") or () if isinstance(one, dict))
    return kind(service, response.status_code, str(said.get("title", "")), str(said.get("detail", "")), errors)
