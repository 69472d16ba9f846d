"""What follows a yes, over HTTP: a meeting put down, moved, answered, called off."""
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from services.matcher.api.council import Council
from services.matcher.domain.introduction import IntroductionId
from services.matcher.domain.journey import Journey, Meeting
from services.matcher.domain.offer import Offer
from services.matcher.domain.plan import PersonId, PlanId
from services.matcher.domain.profile import ProfileId
from services.matcher.domain.sides import By
from services.matcher.ports import Begin
from services.matcher.usecases import journeys
from shared.runtime.clock import utc
from shared.runtime.http import Problem

Anybody = Literal["person", "pa", "supporter", "staff"]


class MeetingIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    at: AwareDatetime
    place_id: Annotated[UUID | None, Field(description="Under which the notifier keeps where it is")] = None
    by: Literal["person", "supporter", "staff"] = "person"


class SuitsIn(BaseModel):
    """Whether the meeting suits one of the two who meet."""

    model_config = ConfigDict(extra="forbid")

    by: Literal["person", "pa"]
    suits: bool


class CalledOffIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    by: Anybody


class MeetingOut(BaseModel):
    number: int
    moved: int
    state: Literal["arranged", "unsuitable", "called_off"]
    at: datetime
    place_id: UUID | None
    by: Anybody
    suits: list[Literal["person", "pa"]]


class GoingOut(BaseModel):
    after: int
    by: Literal["person", "pa"]
    well: bool


class OfferOut(BaseModel):
    number: int
    state: Literal["made", "agreed", "declined", "taken_back", "lapsed", "ended"]
    starts_on: date
    trial_until: date | None
    quarters: int
    rate: int
    times: Annotated[str | None, Field(description="When in the week, where that is fixed: 168 hexadecimal digits")] = None
    by: Anybody
    answer_by: datetime
    goes_on: list[Literal["person", "pa"]]
    trial_over: bool
    ended_on: date | None
    going: list[GoingOut]


class JourneyOut(BaseModel):
    introduction_id: UUID
    plan_id: UUID
    person_id: UUID
    profile_id: UUID
    revision: int
    meeting: MeetingOut | None
    offer: OfferOut | None


def journey_out(journey: Journey) -> JourneyOut:
    j = journey
    return JourneyOut(
        introduction_id=j.introduction_id, plan_id=j.plan_id, person_id=j.person_id, profile_id=j.profile_id, revision=j.revision,
        meeting=meeting_out(j.meeting) if j.meeting else None, offer=offer_out(j.offer) if j.offer else None,
    )


def meeting_out(meeting: Meeting) -> MeetingOut:
    return MeetingOut.model_validate(
        {
            "number": meeting.number, "moved": meeting.moved, "state": meeting.state.value, "at": meeting.at,
            "place_id": meeting.place_id, "by": meeting.by.value, "suits": [side.value for side in meeting.suits],
        }
    )


def offer_out(offer: Offer) -> OfferOut:
    o, terms = offer, offer.terms
    return OfferOut.model_validate({
        "number": o.number, "state": o.state.value, "starts_on": terms.starts_on, "trial_until": terms.trial_until,
        "quarters": terms.quarters, "rate": terms.rate, "times": terms.times, "by": o.by.value, "answer_by": o.answer_by,
        "goes_on": [side.value for side in o.goes_on], "trial_over": o.trial_over, "ended_on": o.ended_on,
        "going": [{"after": one.after, "by": one.by.value, "well": one.well} for one in o.going],
    })


@dataclass(frozen=True)
class Journeys:
    begin: Begin

    def router(self) -> APIRouter:
        api = APIRouter(prefix="/councils/{council}", tags=["journeys"])
        one = "/introductions/{introduction_id}"
        api.get("/journeys", summary="What followed the introductions of a plan, a PA or a person")(self.journeys)
        api.put(f"{one}/meeting", summary="Put down when they meet, or move it")(self.arrange)
        api.post(f"{one}/meeting/answer", summary="Whether the meeting suits one of them")(self.answer)
        api.post(f"{one}/meeting/call-off", summary="They do not meet")(self.call_off)
        return api

    async def journeys(
        self, council: Council, plan_id: UUID | None = None, profile_id: UUID | None = None, person_id: UUID | None = None
    ) -> list[JourneyOut]:
        if plan_id is None and profile_id is None and person_id is None:
            raise Problem(422, "Say whose journeys", "Give plan_id, profile_id or person_id.")
        async with self.begin() as work:
            found = await work.journeys.listed(
                council,
                plan_id=PlanId(plan_id) if plan_id else None,
                profile_id=ProfileId(profile_id) if profile_id else None,
                person_id=PersonId(person_id) if person_id else None,
            )
        return [journey_out(one) for one in found]

    async def arrange(self, council: Council, introduction_id: UUID, meeting: MeetingIn) -> JourneyOut:
        async with self.begin() as work:
            return journey_out(
                await journeys.arrange(
                    council, IntroductionId(introduction_id), meeting.at, meeting.place_id, by=By(meeting.by),
                    now=utc(), work=work,
                )
            )

    async def answer(self, council: Council, introduction_id: UUID, given: SuitsIn) -> JourneyOut:
        async with self.begin() as work:
            return journey_out(
                await journeys.answer(
                    council, IntroductionId(introduction_id), By(given.by), given.suits, now=utc(), work=work
                )
            )

    async def call_off(self, council: Council, introduction_id: UUID, by: CalledOffIn) -> JourneyOut:
        async with self.begin() as work:
            return journey_out(
                await journeys.call_off(council, IntroductionId(introduction_id), By(by.by), now=utc(), work=work)
            )
