"""How many more people would fit if something were asked for a little less firmly."""
import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from services.matcher.api.council import Council
from services.matcher.domain.kernel.what_if import what_if
from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import PlanId
from services.matcher.domain.what_if import Outcome, WhatIf
from services.matcher.ports import Begin
from services.matcher.usecases import wondering
from shared.vocabulary import what_ifs


class StepOut(BaseModel):
    code: str
    criterion: str
    wish: int | None
    """Which of the plan's wishes, from 0, where it is about one."""
    params: dict[str, str | int]


class OutcomeOut(BaseModel):
    steps: list[StepOut]
    more: int
    """Who do not fit now, and then would."""
    fewer: int
    """Who fit now, and then would not."""
    text: str


class WhatIfOut(BaseModel):
    """Counts are exact: each is a ranking of the plan that would be, compared with one of the plan as it is."""

    plan_id: UUID
    plan_revision: int
    day: date
    fitting: int
    in_scope: int
    singles: list[OutcomeOut]
    best: OutcomeOut | None
    best_pair: OutcomeOut | None


@dataclass(frozen=True)
class WhatIfs:
    begin: Begin
    lore: Lore
    today: Callable[[], date]

    def router(self) -> APIRouter:
        routes = APIRouter(prefix="/councils/{council}", tags=["lists"])
        routes.get("/plans/{plan_id}/what-if", summary="How many more would fit if it asked for less")(self.answer)
        return routes

    async def answer(self, council: Council, plan_id: UUID) -> WhatIfOut:
        async with self.begin() as work:
            asked = await wondering.counting_question(council, PlanId(plan_id), lore=self.lore, work=work)
        day = self.today()
        found = await asyncio.to_thread(lambda: what_if(asked.moment.rank(asked.plan, day)))
        return what_if_out(found, plan_id, asked.plan.revision, day)


def what_if_out(found: WhatIf, plan_id: UUID, revision: int, day: date) -> WhatIfOut:
    return WhatIfOut(
        plan_id=plan_id,
        plan_revision=revision,
        day=day,
        fitting=found.fitting,
        in_scope=found.in_scope,
        singles=[outcome_out(single) for single in found.singles],
        best=outcome_out(found.best) if found.best else None,
        best_pair=outcome_out(found.best_pair) if found.best_pair else None,
    )


def outcome_out(outcome: Outcome) -> OutcomeOut:
    steps = [
        StepOut(code=step.kind.value, criterion=step.criterion.value, wish=step.wish, params=dict(step.params))
        for step in outcome.steps
    ]
    text = what_ifs.what_if([(step.code, step.params) for step in steps], outcome.more, outcome.fewer)
    return OutcomeOut(steps=steps, more=outcome.more, fewer=outcome.fewer, text=text)
