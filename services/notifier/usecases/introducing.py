"""What follows when somebody asks to meet a PA: the PA is asked, and both sides hear how it ends."""
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.notifier.domain.contact import PartyKind
from services.notifier.domain.hours import london_day
from services.notifier.domain.message import About, Dropped
from services.notifier.domain.questions import ASKED_AGAIN, THE_ASK, Question
from services.notifier.domain.wording import Given
from services.notifier.ports import Work
from services.notifier.usecases.asking import ask, drop
from services.notifier.usecases.reminding import ask_again

ABOUT_THE_ASK = (THE_ASK, ASKED_AGAIN, "we_did_not_understand")
"""What is over when it ended. How it ended may still wait to be sent when the same is told anew, and must not be dropped then."""


class Turn(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Introduction:
    council: str
    introduction_id: UUID
    plan_id: UUID
    person_id: UUID
    profile_id: UUID
    asked_at: datetime
    answer_by: datetime
    quarters: int

    def belongs(self) -> About:
        return About(plan_id=self.plan_id, introduction_id=self.introduction_id)

    def given(self) -> dict[str, int | str | list[str]]:
        return {"hours": self.quarters, "asked_on": london_day(self.asked_at), "answer_by": self.answer_by.isoformat()}


async def hear_introduction(introduction: Introduction, turn: Turn, now: datetime, work: Work) -> None:
    """Each turn of an introduction is told once to those it concerns. An ask that has ended is never sent late."""
    i = introduction
    if turn is Turn.ASKED:
        await tell_pa(i, THE_ASK, now, work, expires_at=i.answer_by)
        await ask_again(i.council, i.profile_id, i.introduction_id, i.given(), i.belongs(), i.answer_by, now, work)
        return
    reached = await work.messages.told_of_introduction(i.council, i.introduction_id, THE_ASK)
    await work.replies.revoke(i.council, i.introduction_id, Question.ASK)
    asks = await work.messages.not_yet_sent(i.council, introduction_id=i.introduction_id)
    await drop([m for m in asks if m.audience is PartyKind.PA and m.about in ABOUT_THE_ASK], Dropped.NO_LONGER_TRUE, now, work)
    match turn:
        case Turn.ACCEPTED:
            await tell_person(i, "they_said_yes", {**i.given(), "of": str(i.profile_id)}, now, work)
            await tell_pa(i, "you_said_yes", now, work)
        case Turn.DECLINED:
            await tell_person(i, "they_said_no", i.given(), now, work)
        case Turn.EXPIRED:
            await tell_person(i, "no_answer", i.given(), now, work)
            if reached:
                await tell_pa(i, "no_answer", now, work)
        case Turn.WITHDRAWN:
            if reached:
                await tell_pa(i, "they_changed_their_mind", now, work)


async def tell_pa(i: Introduction, about: str, now: datetime, work: Work, *, expires_at: datetime | None = None) -> None:
    await ask(
        i.council, i.profile_id, PartyKind.PA, about, subject=i.introduction_id, occurrence="once", given=i.given(),
        belongs=i.belongs(), now=now, work=work, expires_at=expires_at,
    )


async def tell_person(i: Introduction, about: str, given: Given, now: datetime, work: Work) -> None:
    await ask(
        i.council, i.person_id, PartyKind.PERSON, about, subject=i.introduction_id, occurrence="once", given=given,
        belongs=i.belongs(), now=now, work=work,
    )
