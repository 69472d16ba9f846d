"""What a team does with a contact task: take it, put it back, hand it on, and say what came of it."""
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from services.notifier.domain import hours
from services.notifier.domain.asks import ask_of, put_by
from services.notifier.domain.contact import Contact, Method
from services.notifier.domain.message import Dropped, Message
from services.notifier.domain.planning import Cannot
from services.notifier.domain.proof import Step, What
from services.notifier.domain.questions import asked_in
from services.notifier.domain.reply import AlreadyAnswered, Answer, CodeUnknown, Route
from services.notifier.domain.task import (
    TRY_AGAIN_AT_MOST,
    TRY_AGAIN_WITHIN,
    CouldNot,
    Kind,
    NoTimeToTry,
    Task,
    TaskState,
    Teams,
)
from services.notifier.ports import TaskClosed, Work
from services.notifier.usecases import answering
from services.notifier.usecases.asking import give_back, keep_and_tell
from services.notifier.usecases.copying import tell_supporters_too

BY_EAR = (Kind.RING, Kind.RING_IN_THEIR_LANGUAGE, Kind.FIND_OUT, Kind.ASK_THEM)
"""Tried again by telephone, so not in their quiet hours."""


@dataclass(frozen=True, slots=True)
class Said:
    """Their answer, as the worker has it: said or pressed on the telephone, or a slip with its code."""

    answer: Answer
    route: Route
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Worker:
    """Who writes down what came of it, and what they leave for the next. No id: another system."""

    worker_id: UUID | None = None
    note: str | None = None


async def held(council: str, task_id: UUID, work: Work) -> tuple[Task, Message]:
    """An open task, as it is now that its message is ours. Raises TaskUnknown, TaskClosed."""
    seen = await work.tasks.of(council, task_id)
    message = await work.messages.hold(council, seen.message_id)
    task = await work.tasks.of(council, task_id)
    if task.state is not TaskState.OPEN:
        raise TaskClosed
    return task, message


async def take(
    council: str, task_id: UUID, worker_id: UUID, instead_of: UUID | None, now: datetime, work: Work
) -> Task:
    """Raises TakenByAnother: the second of two is told."""
    task, _ = await held(council, task_id, work)
    taken = task.taken(worker_id, instead_of, now)
    if taken is not task:
        await keep(taken, What.TAKEN, Worker(worker_id), now, work)
    return taken


async def put_back(council: str, task_id: UUID, worker_id: UUID, note: str | None, now: datetime, work: Work) -> Task:
    task, _ = await held(council, task_id, work)
    if task.taken_by is None:
        return task
    free = task.put_back(worker_id)
    await keep(free, What.PUT_BACK, Worker(worker_id, note), now, work)
    return free


async def hand_on(
    council: str, task_id: UUID, team: str, worker: Worker, teams: Teams, now: datetime, work: Work
) -> Task:
    task, _ = await held(council, task_id, work)
    task.check_holder(worker.worker_id)
    handed = task.handed_on(team, teams, now)
    await keep(handed, What.HANDED_ON, worker, now, work)
    return handed


async def escalate_one(teams: Teams, now: datetime, work: Work) -> bool:
    """One task that is late goes to the next team; False = there is none."""
    task = await work.tasks.next_late(now)
    if task is None:
        return False
    late = task.went_late(teams, now)
    if late.team == task.team:
        await work.tasks.save(late)
    else:
        await keep(late, What.LATE, Worker(), now, work)
    return True


async def told(
    council: str, task_id: UUID, said: Said | None, worker: Worker, now: datetime, work: Work
) -> Task:
    """They know now: the message is closed, and an answer given is passed on. Raises AlreadyAnswered, CodeUnknown."""
    task, message = await held(council, task_id, work)
    task.check_holder(worker.worker_id)
    task = task.reached(now)
    await keep(task, What.TOLD, worker, now, work)
    await keep_and_tell(message.done_by_task(now), now, work)
    await tell_supporters_too(message, now, work)
    if said is not None:
        await pass_on(message, said, worker, now, work)
    return task


async def pass_on(message: Message, said: Said, worker: Worker, now: datetime, work: Work) -> None:
    ask_id, question = ask_of(message), asked_in(message)
    if ask_id is None:
        return
    if said.code is not None:
        capability = await answering.look(said.code, work)
        theirs = (message.council, ask_id, message.party_id, question)
        if (capability.council, capability.ask_id, capability.party_id, capability.question) != theirs:
            raise CodeUnknown
    before = await work.replies.answer_to(message.council, ask_id, message.party_id, question)
    if before is None:
        about = put_by(message.about)
        asked = answering.Asked(message.council, message.message_id, message.party_id, about, ask_id, question)
        await answering.give(asked, said.answer, said.route, now, work, worker.worker_id)
    elif before != said.answer:
        raise AlreadyAnswered


async def no_answer(
    council: str, task_id: UUID, try_again_at: datetime | None, worker: Worker, now: datetime, work: Work
) -> Task:
    """It stays open until then; None: for tomorrow. Raises NoTimeToTry."""
    task, message = await held(council, task_id, work)
    task.check_holder(worker.worker_id)
    contact = await work.contacts.of(council, task.party_id)
    if try_again_at is not None and not may_try(task, message, contact, try_again_at, now):
        raise NoTimeToTry
    again = task.not_reached(try_again_at or now + TRY_AGAIN_WITHIN)
    await keep(again, What.NO_ANSWER, worker, now, work, until=again.due_at)
    return again


def may_try(task: Task, message: Message, contact: Contact | None, at: datetime, now: datetime) -> bool:
    in_time = now < at <= now + TRY_AGAIN_AT_MOST and not message.expired(at)
    if contact is None or task.kind not in BY_EAR:
        return in_time
    return in_time and hours.may_hand_over_from(contact, Method.PHONE, at) == at


async def could_not(
    council: str, task_id: UUID, why: CouldNot, worker: Worker, now: datetime, work: Work
) -> Task:
    """This way is at its end. The next recorded way is taken; with none left, the message ends untold."""
    seen = await work.tasks.of(council, task_id)
    contact = await work.contacts.hold(council, seen.party_id)  # before the message, as whoever changes the record does
    task, message = await held(council, task_id, work)
    task.check_holder(worker.worker_id)
    task = task.could_not(now)
    await keep(task, What.COULD_NOT, worker, now, work, why=why)
    if why is CouldNot.WRONG and contact is not None and message.method is not None:
        closed = contact.close(message.method)
        if closed is not contact:
            await work.contacts.save(closed, now)
    if why is CouldNot.NOT_WANTED:
        await keep_and_tell(message.drop(Dropped.NOT_WANTED), now, work)
    elif message.method is None:
        await keep_and_tell(message.drop(message.no_longer or Dropped.NOT_REACHED), now, work)
    else:
        await give_back(replace(message, point_size=None), Cannot.COULD_NOT, now, work)
    return task


async def keep(
    task: Task, what: What, worker: Worker, now: datetime, work: Work, *, why: str | None = None,
    until: datetime | None = None,
) -> None:
    await work.tasks.save(task)
    await work.proof.add(
        Step(
            task.council, task.message_id, now, what, why=why, team=task.team, worker_id=worker.worker_id, until=until,
            note=worker.note,
        )
    )
