"""The work itself, over HTTP: offered, answered, taken back, after a trial, how it goes, and ended."""
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from services.matcher.api.council import Council
from services.matcher.api.journeys import JourneyOut, journey_out
from services.matcher.domain.introduction import IntroductionId
from services.matcher.domain.journey import Journey
from services.matcher.domain.lore import Lore
from services.matcher.domain.offer import MOST_QUARTERS, PayBelowTheLaw, Terms
from services.matcher.domain.sides import By
from services.matcher.ports import Begin, Work
from services.matcher.usecases import offers
from shared.contracts import WeekBits
from shared.runtime.clock import utc
from shared.runtime.http import FieldProblem, Problem

OneOfTheTwo = Literal["person", "pa"]


class OfferIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    starts_on: Annotated[date, Field(description="The first day of work: a day to come")]
    trial_until: Annotated[date | None, Field(description="The last day of a trial")] = None
    quarters: Annotated[int, Field(ge=1, le=MOST_QUARTERS, description="Hours a week, in quarter-hours")]
    rate: Annotated[int, Field(ge=1, le=100_000, description="Pence an hour")]
    times: Annotated[WeekBits | None, Field(
        description="When in the week, where that is fixed: all zeros say that it is not. Without it: the plan's fixed times,"
        " where the hours have room for them"
    )] = None
    by: Literal["person", "staff"] = "person"


class AnswerIn(BaseModel):
    """The PA's answer to the offer."""

    model_config = ConfigDict(extra="forbid")

    answer: Literal["yes", "no"]


class TakenBackIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    by: Literal["person", "staff"]


class AfterTrialIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    by: OneOfTheTwo
    goes_on: bool


class GoingIn(BaseModel):
    """Whether it is going well, as asked some days after the start."""

    model_config = ConfigDict(extra="forbid")

    by: OneOfTheTwo
    after: Annotated[Literal[1, 14, 84], Field(description="Days after the first day of work")]
    well: bool


class EndIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    by: Literal["person", "pa", "staff"]
    last_day: date


@dataclass(frozen=True)
class Offers:
    begin: Begin
    lore: Lore

    def router(self) -> APIRouter:
        api = APIRouter(prefix="/councils/{council}/introductions/{introduction_id}", tags=["journeys"])
        api.put("/offer", summary="Offer the work, or change an offer that waits")(self.offer)
        api.post("/offer/answer", summary="The PA's yes or no")(self.answer)
        api.post("/offer/take-back", summary="The offer no longer stands")(self.take_back)
        api.post("/work/after-trial", summary="Whether one of them would like to go on after the trial")(self.after_trial)
        api.post("/work/going", summary="Whether it is going well")(self.going)
        api.post("/work/end", summary="Put down the last day of work")(self.end)
        return api

    async def offer(self, council: Council, introduction_id: UUID, made: OfferIn) -> JourneyOut:
        terms = Terms(made.starts_on, made.trial_until, made.quarters, made.rate, made.times)
        try:
            return await self.told(lambda work: offers.offer(
                council, IntroductionId(introduction_id), terms, by=By(made.by), lore=self.lore, now=utc(), work=work,
            ))
        except PayBelowTheLaw as below:
            lowest = f"£{below.lowest // 100}.{below.lowest % 100:02}"
            remedy = f"Pay {lowest} an hour or more. This is the lowest the law allows for this PA on the first day."
            problem = FieldProblem(field="rate", problem=f"It is less than {lowest} an hour.", remedy=remedy)
            raise Problem(422, "This is less than the law allows", remedy, errors=[problem]) from None

    async def answer(self, council: Council, introduction_id: UUID, given: AnswerIn) -> JourneyOut:
        return await self.told(lambda work: offers.answer(
            council, IntroductionId(introduction_id), given.answer == "yes", now=utc(), work=work,
        ))

    async def take_back(self, council: Council, introduction_id: UUID, given: TakenBackIn) -> JourneyOut:
        return await self.told(lambda work: offers.take_back(council, IntroductionId(introduction_id), By(given.by), work=work))

    async def after_trial(self, council: Council, introduction_id: UUID, given: AfterTrialIn) -> JourneyOut:
        return await self.told(lambda work: offers.after_trial(
            council, IntroductionId(introduction_id), By(given.by), given.goes_on, work=work,
        ))

    async def going(self, council: Council, introduction_id: UUID, given: GoingIn) -> JourneyOut:
        return await self.told(lambda work: offers.say_how(
            council, IntroductionId(introduction_id), By(given.by), given.after, given.well, now=utc(), work=work,
        ))

    async def end(self, council: Council, introduction_id: UUID, given: EndIn) -> JourneyOut:
        return await self.told(lambda work: offers.end(
            council, IntroductionId(introduction_id), By(given.by), given.last_day, now=utc(), work=work,
        ))

    async def told(self, change: Callable[[Work], Awaitable[Journey]]) -> JourneyOut:
        async with self.begin() as work:
            return journey_out(await change(work))
