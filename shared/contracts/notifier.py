"""What the notifier tells: what was told to whom, how, with what outcome; and what came back."""
from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from shared.contracts import Code, Event, LanguageTag


class MessageState(StrEnum):
    WRITTEN = "written"
    HANDED_OVER = "handed_over"
    TASK = "task"
    """It could not be made or sent as recorded, so a named team is asked to reach the person."""
    DONE_BY_TASK = "done_by_task"
    DROPPED = "dropped"
    """No longer true or wanted, so never sent."""


class MessageChanged(Event):
    """One message to one party, as it stands. The words are not here."""

    topic: ClassVar[str] = "notifier.message.v1"

    message_id: UUID
    party_id: UUID
    about: Code
    """The message of the catalogue, for example `people_to_look_at`."""
    plan_id: UUID | None = None
    plan_revision: int | None = None
    introduction_id: UUID | None = None
    method: Code | None = None
    format: Code | None = None
    language: LanguageTag | None = None
    state: MessageState
    at: datetime

    @property
    def key(self) -> str:
        return str(self.message_id)


class AnswerTo(StrEnum):
    """What was asked."""

    ASK = "ask"
    """Would you like to meet?"""
    MEETING = "meeting"
    """Does this meeting suit you?"""
    OFFER = "offer"
    """Would you like this work?"""
    TRIAL = "trial"
    """Would you like to go on after the trial?"""
    GOING = "going"
    """Is it going well?"""


class ReplyReceived(Event):
    """Somebody answered. Each reply is a thing of its own, so its revision is always 1."""

    topic: ClassVar[str] = "notifier.reply.v1"
    carries: ClassVar[Literal["state", "occurrence"]] = "occurrence"

    reply_id: UUID
    party_id: UUID
    introduction_id: UUID
    answer: Literal["yes", "no"]
    route: Literal["link", "text", "phone", "slip"]
    at: datetime
    to: AnswerTo = AnswerTo.ASK
    occurrence: Annotated[str, Field(pattern=r"^\d{1,5}(\.\d{1,5})?$")] | None = None
    """Which of several: a meeting's number, and how often it was moved; an offer's number, and, where they are asked how it is
    going, how many days after the start."""

    @property
    def key(self) -> str:
        return str(self.reply_id)


class AnswerReceived(Event):
    """Somebody answered something that is not about a meeting. Each answer is a thing of its own, so its revision is always 1."""

    topic: ClassVar[str] = "notifier.answer.v1"
    carries: ClassVar[Literal["state", "occurrence"]] = "occurrence"

    answer_id: UUID
    party_id: UUID
    about: Code
    """The message of the catalogue that asked, for example `your_profile_will_pause`. It says what a yes and a no do."""
    ask_id: UUID
    """What was asked about: the delegation, or, where a profile is, an id of this ask alone."""
    answer: Literal["yes", "no"]
    route: Literal["link", "text", "phone", "slip"]
    at: datetime

    @property
    def key(self) -> str:
        return str(self.answer_id)
