"""What the notifier says, in the published language."""
from datetime import datetime
from uuid import UUID

from services.notifier.domain import questions
from services.notifier.domain.message import Message
from services.notifier.domain.reply import Answer, Route
from shared.contracts.notifier import AnswerReceived, AnswerTo, MessageChanged, MessageState, ReplyReceived

TELLS = (MessageChanged, ReplyReceived, AnswerReceived)


def message_changed(message: Message, at: datetime) -> MessageChanged:
    m = message
    return MessageChanged(
        council=m.council, revision=m.revision, message_id=m.message_id, party_id=m.party_id, about=m.about,
        plan_id=m.belongs.plan_id, plan_revision=m.belongs.plan_revision, introduction_id=m.belongs.introduction_id,
        method=m.method, format=m.format, language=m.language, state=MessageState(m.state), at=at,
    )


def reply_received(
    council: str, reply_id: UUID, party_id: UUID, introduction_id: UUID, question: str, answer: Answer, route: Route, at: datetime
) -> ReplyReceived:
    kind, occurrence = questions.split(question)
    return ReplyReceived(
        council=council, revision=1, reply_id=reply_id, party_id=party_id, introduction_id=introduction_id, answer=answer,
        route=route, at=at, to=AnswerTo(kind), occurrence=occurrence,
    )


def answer_received(
    council: str, answer_id: UUID, party_id: UUID, about: str, ask_id: UUID, answer: Answer, route: Route, at: datetime
) -> AnswerReceived:
    return AnswerReceived(
        council=council, revision=1, answer_id=answer_id, party_id=party_id, about=about, ask_id=ask_id, answer=answer,
        route=route, at=at,
    )
