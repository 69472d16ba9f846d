"""What somebody is asked besides meeting: with which words they answer by text, and what belongs to which ask.

A bare yes or no by text is for a meeting. Each of these has words of its own, so that one is never taken for the other.
"""
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from services.notifier.domain.answer_words import POLITE, plain
from services.notifier.domain.checking import IS_THIS_YOU
from services.notifier.domain.freshness import STILL_RIGHT
from services.notifier.domain.message import Message
from services.notifier.domain.questions import ASKED_IN, REMINDS_OF
from services.notifier.domain.support_request import ASKS_TO_ACT

Answer = Literal["yes", "no"]


@dataclass(frozen=True, slots=True)
class Ask:
    """Words for a yes and for a no, written together: "it is true" is `itistrue`."""

    yes: str
    no: str


ASKS: Mapping[str, Ask] = {
    "your_profile_will_pause": Ask("true itstrue itistrue itisstilltrue stilltrue alltrue gwir", "pause paused oedi"),
    "your_profile_is_paused": Ask("back comeback imback iamback nol", "away stay aros"),
    STILL_RIGHT: Ask("same thesame itsthesame stillthesame allthesame yrun", "changed change different newid"),
    IS_THIS_YOU: Ask("me right itsme thisisme iawn", "mistake notme itsnotme thisisnotme wrong wrongnumber anghywir"),
    ASKS_TO_ACT: Ask(
        "agree agreed letin letthemin lethimin letherin gadael", "refuse refused keepout keepthemout keephimout keepherout cadw"
    ),
}
"""By the message that asks."""


def put_by(about: str) -> str:
    """The message that first put the ask of this one: an answer to its reminder is an answer to it."""
    first = REMINDS_OF.get(about, about)
    return first if first in ASKS else about


def ask_of(message: Message) -> UUID | None:
    """What a yes or no to it is about: an introduction, or the subject of one of the asks here; None = it asks nothing."""
    if message.expires_at is None:
        return None
    if put_by(message.about) in ASKS:
        return message.key.subject
    return message.belongs.introduction_id if message.about in ASKED_IN else None


def by_own_word(words: str) -> tuple[str, Answer] | None:
    """Which message this answers, and how; None: it has no word that belongs to one of them."""
    apart = [plain(word) for word in re.split(r"[\s,.;:!?/\-–—]+", words)]
    return KNOWN.get("".join(word for word in apart if word and word not in POLITE))


def known() -> dict[str, tuple[str, Answer]]:
    answers: tuple[Answer, Answer] = ("yes", "no")
    return {
        plain(word): (about, answer)
        for about, ask in ASKS.items() for answer, words in zip(answers, (ask.yes, ask.no), strict=True) for word in words.split()
    }


KNOWN = known()
