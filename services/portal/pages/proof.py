"""For council workers: what was done to get one message to somebody, in which form, when, with what receipts."""
from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.portal.domain.accounts import Role
from services.portal.pages.desk import Desk
from services.portal.pages.task_words import DROPPED, TASK_STATES, receipt_in_words, step_in_words, way_in_words
from services.portal.usecases import accounts, looking


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    @routes.get("/council/messages/{message_id:uuid}/proof")
    async def show(request: Request, message_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        proof = await desk.clients.teamwork.proof(viewer.council, message_id)
        message = proof.message
        workers = {step.worker_id for step in proof.steps if step.worker_id}
        async with desk.begin() as work:  # writes down, where the person can read it, that a worker looked
            await looking.messages_of(viewer, message.party_id, work, now=desk.now())
            names = await accounts.names(viewer.council, {message.party_id} | workers, work)
        return desk.page(
            request, "staff/proof.html", "How a message was delivered", message=message, task=proof.task,
            name=names.get(message.party_id), dropped=DROPPED.get(message.dropped_why or ""), TASK_STATES=TASK_STATES,
            way=way_in_words(message.method, message.format, message.language, message.point_size),
            steps=[
                (step, step_in_words(step, names), [(one, receipt_in_words(one)) for one in step.receipts])
                for step in proof.steps
            ],
        )

    return routes
