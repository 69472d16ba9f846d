"""Contact tasks over HTTP: see them, take one, hand it on, and say what came of it; and answer slips that came by post."""
from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from services.notifier.api.contact_shapes import Line
from services.notifier.api.replies import Misses
from services.notifier.domain.asks import ask_of
from services.notifier.domain.message import Message
from services.notifier.domain.reply import KEYS, CodeUnknown
from services.notifier.domain.task import CouldNot, Task, TaskState, Teams
from services.notifier.ports import Begin, Clock, Press, Work
from services.notifier.usecases import slips, teamwork
from services.notifier.usecases.teamwork import Said, Worker
from shared.contracts import Council

Note = Annotated[
    Annotated[str, Line, Field(max_length=500)] | None,
    Field(description="For whoever is next. The party may read it, so write kindly and nothing that is not needed"),
]


class TaskOut(BaseModel):
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


class WholeTaskOut(TaskOut):
    """`asks`: whether the party is asked for a yes or a no."""

    about: str
    title: str
    asks: bool
    expires_at: datetime | None


class TeamOut(BaseModel):
    team: str
    open: int
    late: int


class TakeIn(BaseModel):
    """`instead_of`: the worker who has it, where it is taken over knowingly."""

    model_config = ConfigDict(extra="forbid")

    worker_id: UUID
    instead_of: UUID | None = None


class PutBackIn(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    worker_id: UUID
    note: Note = None


class HandOnIn(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    team: Annotated[str, Field(max_length=100)]
    worker_id: UUID | None = None
    note: Note = None


class OutcomeIn(BaseModel):
    """What came of a contact task: they were told; nobody answered, so it is tried again; or it could not be done this way.

    An answer is `answer` (as they said it, or with `code` from their slip) or `key` (pressed on the telephone: 1 yes, 2 no).
    """

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    outcome: Literal["reached", "not_reached", "could_not"]
    answer: Literal["yes", "no"] | None = None
    key: Annotated[str | None, Field(description="The key they pressed: 1 is yes, 2 is no")] = None
    code: Annotated[str | None, Field(min_length=8, max_length=64, description="From their answer slip")] = None
    try_again_at: Annotated[AwareDatetime | None, Field(description="With not_reached. Left out: in a day")] = None
    why: Annotated[CouldNot | None, Field(description="With could_not, and needed then")] = None
    worker_id: UUID | None = None
    note: Note = None

    @model_validator(mode="after")
    def what_belongs_together(self) -> Self:
        if self.key is not None and self.key not in KEYS:
            raise ValueError("key should be 1 for yes or 2 for no: ask them again")
        if self.key is not None and self.answer is not None and KEYS[self.key] != self.answer:
            raise ValueError("key and answer say different things: send one of them")
        if (self.key or self.answer) and self.outcome != "reached":
            raise ValueError("an answer goes with the outcome reached only")
        if self.code is not None and self.answer is None:
            raise ValueError("code goes with the answer on the slip: send answer too")
        if self.try_again_at is not None and self.outcome != "not_reached":
            raise ValueError("try_again_at goes with the outcome not_reached only")
        if (self.why is not None) != (self.outcome == "could_not"):
            raise ValueError("why goes with the outcome could_not, and is needed there: wrong, not_this_way or not_wanted")
        return self

    @property
    def said(self) -> Said | None:
        answer = self.answer or (KEYS[self.key] if self.key else None)
        return Said(answer, "slip" if self.code else "phone", self.code) if answer else None


class SlipIn(BaseModel):
    """An answer slip that came by post. `unclear`: no box, or both, had a cross; then they are asked."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    code: Annotated[str, Field(min_length=8, max_length=64)]
    answer: Literal["yes", "no", "unclear"]
    worker_id: UUID | None = None


class SlipOut(BaseModel):
    about: str
    came_of_it: Literal["answered", "late", "changed_mind", "asked_again"]


def task_out(t: Task, now: datetime) -> TaskOut:
    return TaskOut(
        task_id=t.task_id, message_id=t.message_id, party_id=t.party_id, kind=t.kind, why=t.why, what_to_say=t.what_to_say,
        team=t.team, due_at=t.due_at, late=t.late(now), state=t.state, tries=t.tries, taken_by=t.taken_by, taken_at=t.taken_at,
        closed_at=t.closed_at,
    )


def whole_out(t: Task, m: Message, press: Press, now: datetime) -> WholeTaskOut:
    return WholeTaskOut(
        **task_out(t, now).model_dump(), about=m.about, title=m.title or press.title(m), expires_at=m.expires_at,
        asks=ask_of(m) is not None,
    )


def router(begin: Begin, press: Press, teams: Teams, clock: Clock) -> APIRouter:
    api = APIRouter(prefix="/councils/{council}", tags=["contact tasks"])
    misses = Misses()

    @api.get("/teams")
    async def all_teams(council: Council) -> list[TeamOut]:
        """Every team a task may be handed to, or that has one; first those that a late task goes down."""
        async with begin() as work:
            counts = await work.tasks.counts(council, clock())
        names = dict.fromkeys((*teams.all, *sorted(counts)))
        return [TeamOut(team=name, open=counts.get(name, (0, 0))[0], late=counts.get(name, (0, 0))[1]) for name in names]

    @api.get("/tasks")
    async def tasks(council: Council, state: TaskState | None = None, team: str | None = None) -> list[TaskOut]:
        """The latest first, then the most urgent."""
        async with begin() as work:
            found = await work.tasks.all(council, state, team)
        return [task_out(task, clock()) for task in found]

    @api.get("/tasks/{task_id}")
    async def one(council: Council, task_id: UUID) -> WholeTaskOut:
        async with begin() as work:
            task = await work.tasks.of(council, task_id)
            return whole_out(task, await work.messages.of(council, task.message_id), press, clock())

    @api.post("/tasks/{task_id}/take")
    async def take(council: Council, task_id: UUID, said: TakeIn) -> TaskOut:
        """For one worker at a time: the second of two is refused, and may take it over knowingly."""
        async with begin() as work:
            task = await teamwork.take(council, task_id, said.worker_id, said.instead_of, clock(), work)
        return task_out(task, clock())

    @api.post("/tasks/{task_id}/put-back")
    async def put_back(council: Council, task_id: UUID, said: PutBackIn) -> TaskOut:
        async with begin() as work:
            task = await teamwork.put_back(council, task_id, said.worker_id, said.note, clock(), work)
        return task_out(task, clock())

    @api.post("/tasks/{task_id}/hand-on")
    async def hand_on(council: Council, task_id: UUID, said: HandOnIn) -> TaskOut:
        async with begin() as work:
            worker = Worker(said.worker_id, said.note)
            task = await teamwork.hand_on(council, task_id, said.team, worker, teams, clock(), work)
        return task_out(task, clock())

    @api.post("/tasks/{task_id}/outcome")
    async def outcome(council: Council, task_id: UUID, said: OutcomeIn) -> TaskOut:
        async with begin() as work:
            task = await came_of_it(council, task_id, said, clock(), work)
        return task_out(task, clock())

    @api.post("/slips")
    async def slip(council: Council, said: SlipIn) -> SlipOut:
        misses.check(said.code, clock())
        answer = None if said.answer == "unclear" else said.answer
        try:
            async with begin() as work:
                read = await slips.slip(council, said.code, answer, said.worker_id, press, teams.first, clock(), work)
        except CodeUnknown:
            misses.add(clock())
            raise
        return SlipOut(about=read.about, came_of_it=read.came_of_it)

    return api


async def came_of_it(council: str, task_id: UUID, said: OutcomeIn, now: datetime, work: Work) -> Task:
    worker = Worker(said.worker_id, said.note)
    match said.outcome:
        case "reached":
            return await teamwork.told(council, task_id, said.said, worker, now, work)
        case "not_reached":
            return await teamwork.no_answer(council, task_id, said.try_again_at, worker, now, work)
        case "could_not":
            assert said.why is not None
            return await teamwork.could_not(council, task_id, said.why, worker, now, work)
