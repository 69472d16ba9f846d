"""What a message asks of whoever it goes to, so that an answer finds what it answers."""
from enum import StrEnum

from services.notifier.domain.meeting import SOON
from services.notifier.domain.message import Message
from services.notifier.domain.offer import GOING, OFFER, START_SOON, TRIAL_ENDS, WAITS
from services.notifier.domain.support_request import ASKS_TO_ACT, STILL_ASKS


class Question(StrEnum):
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


THE_ASK = "somebody_would_like_to_meet_you"
ASKED_AGAIN = "asked_again"

ASKED_IN = {
    THE_ASK: Question.ASK,
    ASKED_AGAIN: Question.ASK,
    "we_did_not_understand": Question.ASK,
    "meeting_arranged": Question.MEETING,
    "meeting_moved": Question.MEETING,
    SOON: Question.MEETING,
    OFFER: Question.OFFER,
    WAITS: Question.OFFER,
    TRIAL_ENDS: Question.TRIAL,
    GOING: Question.GOING,
}
REMINDS_OF = {ASKED_AGAIN: THE_ASK, WAITS: OFFER, STILL_ASKS: ASKS_TO_ACT}
"""A reminder, and what it reminds of."""
WAIT_FOR_THEIR_DAY = (*REMINDS_OF, SOON, START_SOON, TRIAL_ENDS, GOING)
"""Asked for long before they are sent: until then they are no messages yet."""
SECOND_TIME = {SOON: "soon"}
"""Asked once more of the same thing: it may be answered otherwise than before."""
BY_TEAM = "by_team"


def asked_in(message: Message) -> str:
    """Which question about its introduction, by its kind and which of several it is: `ask`, `meeting/1.0`. What is asked of
    anything else is the one question about it."""
    question = ASKED_IN.get(message.about, Question.ASK)
    if question is Question.ASK:
        return question
    which = message.key.occurrence.split(" ")[0]
    return "/".join([question, which, *([SECOND_TIME[message.about]] if message.about in SECOND_TIME else [])])


def first_put(message: Message) -> str:
    """The question as it was put before this reminder of it."""
    question, which = split(asked_in(message))
    return question if which is None else f"{question}/{which}"


def split(question: str) -> tuple[Question, str | None]:
    """Its kind, and which of several."""
    kind, *which = question.split("/")
    return Question(kind), which[0] if which else None
