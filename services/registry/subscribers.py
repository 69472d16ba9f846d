"""What the registry hears: whether a warning reached a PA, what PAs answer about their profiles, and who is to be erased."""
from services.registry.domain.profile import ProfileNotFound
from services.registry.ports import Work
from services.registry.usecases import erasing, resting
from services.registry.usecases.settling import today
from shared.contracts.data_requests import DataRequestChanged, DataState
from shared.contracts.notifier import AnswerReceived, MessageChanged, MessageState
from shared.messaging.hearing import Hears, NeverRight

REACHED = (MessageState.HANDED_OVER, MessageState.TASK, MessageState.DONE_BY_TASK)
ABOUT_PROFILES = (resting.WARNING, resting.PAUSED)


async def hear_message(event: MessageChanged, work: Work) -> None:
    if event.about == resting.WARNING and event.state in REACHED:
        await resting.hear_reached(event.council, event.party_id, today(event.at), work)


async def hear_answer(event: AnswerReceived, work: Work) -> None:
    if event.about not in ABOUT_PROFILES:
        return
    try:
        await resting.hear_answer(event.council, event.party_id, event.about, event.answer, event.at, work)
    except ProfileNotFound:
        raise NeverRight("there is no such profile") from None


async def hear_data_request(event: DataRequestChanged, work: Work) -> None:
    if event.state in (DataState.ERASING, DataState.ERASED):
        await erasing.erase(event.council, event.party_id, work)


HEARS: Hears = {MessageChanged: hear_message, AnswerReceived: hear_answer, DataRequestChanged: hear_data_request}
