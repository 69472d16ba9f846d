"""One 'I would like to meet you', from asking to an answer or an end that both sides hear of."""
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType
from uuid import UUID

from services.matcher.domain.plan import PersonId, Plan, PlanId
from services.matcher.domain.profile import ProfileId

IntroductionId = NewType("IntroductionId", UUID)

ANSWER_WITHIN = timedelta(days=7)


class State(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Answer(StrEnum):
    YES = "yes"
    NO = "no"


class AskedBy(StrEnum):
    PERSON = "person"
    SUPPORTER = "supporter"


class AlreadyEnded(Exception):
    """This was already answered, or its time is over."""


class AlreadyAsked(Exception):
    """This PA was already asked, and has not answered yet."""


class NotInScope(Exception):
    """This PA is not among those who can be asked for this plan."""


class PlanNotOpen(Exception):
    """This plan is not open at the moment, so nobody can be asked to meet."""


class AskedForTheJob(Exception):
    """All hours of this plan are part of a job that several people share. Ask from the list of that job."""


@dataclass(frozen=True)
class Introduction:
    council: str
    introduction_id: IntroductionId
    plan_id: PlanId
    person_id: PersonId
    profile_id: ProfileId
    state: State
    asked_by: AskedBy
    asked_at: datetime
    answer_by: datetime
    quarters: int
    revision: int = 1
    route: str | None = None
    """How the answer came."""

    def answered(self, answer: Answer, route: str, now: datetime) -> "Introduction":
        """The same answer twice is one answer. Raises AlreadyEnded for another answer, or one that comes too late."""
        state = State.ACCEPTED if answer is Answer.YES else State.DECLINED
        if self.state is state:
            return self
        if self.state is not State.ASKED or now >= self.answer_by:
            raise AlreadyEnded
        return replace(self, state=state, route=route, revision=self.revision + 1)

    def withdrawn(self) -> "Introduction":
        if self.state is State.WITHDRAWN:
            return self
        if self.state is not State.ASKED:
            raise AlreadyEnded
        return replace(self, state=State.WITHDRAWN, revision=self.revision + 1)

    def expired(self, now: datetime) -> "Introduction":
        """Unchanged while there is still time, or when it has ended already."""
        if self.state is not State.ASKED or now < self.answer_by:
            return self
        return replace(self, state=State.EXPIRED, revision=self.revision + 1)


def asked(introduction_id: IntroductionId, plan: Plan, profile_id: ProfileId, asked_by: AskedBy, now: datetime) -> Introduction:
    return Introduction(
        plan.council, introduction_id, plan.plan_id, plan.person_id, profile_id, State.ASKED, asked_by, now, now + ANSWER_WITHIN,
        plan.quarters,
    )
