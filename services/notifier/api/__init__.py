"""What the notifier is asked over HTTP."""
from services.notifier.domain.reply import AlreadyAnswered, CodeUnknown, TooLate
from services.notifier.ports import MessageUnknown, PartyUnknown, TaskClosed, TaskUnknown

PROBLEMS: dict[type[Exception], int] = {
    PartyUnknown: 404,
    MessageUnknown: 404,
    TaskUnknown: 404,
    CodeUnknown: 404,
    TaskClosed: 409,
    AlreadyAnswered: 409,
    TooLate: 410,
}
