"""'I would like to meet you', over HTTP: asking, answering, taking it back."""
from dataclasses import dataclass
from uuid import UUID, uuid4

from fastapi import APIRouter

from services.matcher.api.council import Council
from services.matcher.api.shapes import AnswerIn, AskIn, IntroductionOut, introduction_out
from services.matcher.domain.introduction import Answer, AskedBy, IntroductionId
from services.matcher.domain.plan import PersonId, PlanId
from services.matcher.domain.profile import ProfileId
from services.matcher.ports import Begin
from services.matcher.usecases import introductions
from shared.runtime.clock import utc
from shared.runtime.http import Problem


@dataclass(frozen=True)
class Introductions:
    begin: Begin

    def router(self) -> APIRouter:
        asked = APIRouter(prefix="/councils/{council}", tags=["introductions"])
        asked.post("/plans/{plan_id}/introductions", status_code=201, summary="Ask to meet a PA")(self.ask_to_meet)
        asked.get("/introductions", summary="Introductions of a plan, a PA or a person, newest first")(self.introductions)
        asked.post("/introductions/{introduction_id}/answer", summary="The PA's yes or no")(self.answer)
        asked.post("/introductions/{introduction_id}/withdraw", summary="The person no longer asks")(self.withdraw)
        return asked

    async def ask_to_meet(self, council: Council, plan_id: UUID, asking_to: AskIn) -> IntroductionOut:
        async with self.begin() as work:
            return introduction_out(
                await introductions.ask_to_meet(
                    council, PlanId(plan_id), ProfileId(asking_to.profile_id), asked_by=AskedBy(asking_to.asked_by),
                    introduction_id=IntroductionId(uuid4()), now=utc(), work=work,
                )
            )

    async def introductions(
        self, council: Council, plan_id: UUID | None = None, profile_id: UUID | None = None, person_id: UUID | None = None
    ) -> list[IntroductionOut]:
        if plan_id is None and profile_id is None and person_id is None:
            raise Problem(422, "Say whose introductions", "Give plan_id, profile_id or person_id.")
        async with self.begin() as work:
            found = await work.introductions.listed(
                council,
                plan_id=PlanId(plan_id) if plan_id else None,
                profile_id=ProfileId(profile_id) if profile_id else None,
                person_id=PersonId(person_id) if person_id else None,
            )
        return [introduction_out(one) for one in found]

    async def answer(self, council: Council, introduction_id: UUID, given: AnswerIn) -> IntroductionOut:
        async with self.begin() as work:
            return introduction_out(
                await introductions.answer(
                    council, IntroductionId(introduction_id), Answer(given.answer), route=given.route, now=utc(),
                    work=work,
                )
            )

    async def withdraw(self, council: Council, introduction_id: UUID) -> IntroductionOut:
        async with self.begin() as work:
            return introduction_out(await introductions.withdraw(council, IntroductionId(introduction_id), work=work))
