"""Proof of delivery over HTTP: all that was done about one message, without its words."""
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from services.notifier.api.messages import MessageOut, shown
from services.notifier.api.tasks import TaskOut, task_out
from services.notifier.domain.proof import Receipt, Step, told_once
from services.notifier.domain.receipt import Effect
from services.notifier.ports import Begin, Clock, Press
from shared.contracts import Council


class ReceiptOut(BaseModel):
    """`counted`: whether it was believed, and settled what became of the message."""

    at: datetime
    status: str
    counted: bool


class StepOut(BaseModel):
    """One thing done to get the message to them. `receipts`: what the channel said of this attempt later."""

    at: datetime
    what: str
    method: str | None
    format: str | None
    language: str | None
    point_size: int | None
    channel: str | None
    why: str | None
    team: str | None
    worker_id: UUID | None
    until: datetime | None
    answer: str | None
    route: str | None
    note: str | None
    receipts: list[ReceiptOut]


class ProofOut(BaseModel):
    message: MessageOut
    steps: list[StepOut]
    task: TaskOut | None


def router(look: Begin, press: Press, clock: Clock) -> APIRouter:
    api = APIRouter(prefix="/councils/{council}", tags=["messages"])

    @api.get("/messages/{message_id}/proof")
    async def proof(council: Council, message_id: UUID) -> ProofOut:
        """What was sent, in which form, when, each attempt with its receipts, who was asked to ring, and what came of it."""
        async with look() as work:
            message = await work.messages.of(council, message_id)
            steps = told_once(await work.proof.of(council, message_id))
            receipts = await work.proof.receipts([step.attempt_ref for step in steps if step.attempt_ref])
            task = await work.tasks.of_message(council, message_id)
        return ProofOut(
            message=shown(message, press), steps=steps_out(steps, receipts), task=task_out(task, clock()) if task else None
        )

    return api


def steps_out(steps: Sequence[Step], receipts: Sequence[Receipt]) -> list[StepOut]:
    """Each receipt stands with the last thing done in its attempt."""
    last = {step.attempt_ref: place for place, step in enumerate(steps) if step.attempt_ref}
    return [
        step_out(step, [one for one in receipts if last.get(one.word.attempt_ref) == place]) for place, step in enumerate(steps)
    ]


def step_out(s: Step, receipts: Sequence[Receipt]) -> StepOut:
    way = s.way
    return StepOut(
        at=s.at, what=s.what, method=way.method if way else None, format=way.format if way else None,
        language=way.language if way else None, point_size=way.point_size if way else None, channel=s.channel, why=s.why,
        team=s.team, worker_id=s.worker_id, until=s.until, answer=s.answer, route=s.route, note=s.note,
        receipts=[
            ReceiptOut(at=one.heard_at, status=one.word.status, counted=one.effect is Effect.SETTLED) for one in receipts
        ],
    )
