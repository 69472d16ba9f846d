"""Contact tasks, answer slips and proof of delivery, as the notifier tells of them."""
from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import TypeAdapter

from services.portal.clients.asking import Asker, Heard
from services.portal.clients.notifier import Message


class ContactTask(Heard):
    """What a team is asked to do."""

    task_id: UUID
    message_id: UUID
    party_id: UUID
    kind: str
    why: str
    what_to_say: str
    team: str
    due_at: datetime
    late: bool
    state: str
    tries: int
    taken_by: UUID | None
    taken_at: datetime | None
    closed_at: datetime | None


class WholeTask(ContactTask):
    about: str
    title: str
    asks: bool
    """Whether they are asked for a yes or a no."""
    expires_at: datetime | None


class Team(Heard):
    team: str
    open: int
    late: int


class Receipt(Heard):
    at: datetime
    status: str
    counted: bool


class Step(Heard):
    """One thing done to get the message to them."""

    at: datetime
    what: str
    method: str | None = None
    format: str | None = None
    language: str | None = None
    point_size: int | None = None
    channel: str | None = None
    why: str | None = None
    team: str | None = None
    worker_id: UUID | None = None
    until: datetime | None = None
    answer: str | None = None
    route: str | None = None
    note: str | None = None
    receipts: tuple[Receipt, ...] = ()


class ToldMessage(Message):
    point_size: int | None = None
    dropped_why: str | None = None


class Proof(Heard):
    message: ToldMessage
    steps: tuple[Step, ...]
    task: ContactTask | None


class SlipRead(Heard):
    came_of_it: Literal["answered", "late", "changed_mind", "asked_again"]


TASKS = TypeAdapter(tuple[ContactTask, ...])
TEAMS = TypeAdapter(tuple[Team, ...])


class Teamwork:
    def __init__(self, asker: Asker) -> None:
        self.asker = asker

    async def open_tasks(self, council: str) -> tuple[ContactTask, ...]:
        """The latest first, then the most urgent."""
        return await self.asker.ask(TASKS, "GET", f"/councils/{council}/tasks", params={"state": "open"})

    async def teams(self, council: str) -> tuple[Team, ...]:
        return await self.asker.ask(TEAMS, "GET", f"/councils/{council}/teams")

    async def task(self, council: str, task_id: UUID) -> WholeTask:
        return await self.asker.ask(WholeTask, "GET", f"/councils/{council}/tasks/{task_id}")

    async def act(self, council: str, task_id: UUID, act: str, said: Mapping[str, object]) -> None:
        """`act`: take, put-back, hand-on or outcome. Raises Refused, with why."""
        await self.asker.send("POST", f"/councils/{council}/tasks/{task_id}/{act}", body=said)

    async def slip(self, council: str, code: str, answer: str, worker_id: UUID) -> SlipRead:
        """Raises NotThere where nothing has this code."""
        said = {"code": code, "answer": answer, "worker_id": str(worker_id)}
        return await self.asker.ask(SlipRead, "POST", f"/councils/{council}/slips", body=said)

    async def proof(self, council: str, message_id: UUID) -> Proof:
        return await self.asker.ask(Proof, "GET", f"/councils/{council}/messages/{message_id}/proof")
