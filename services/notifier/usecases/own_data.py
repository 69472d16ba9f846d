"""What somebody is told of what they asked about their own data; and that nothing of them is left here."""
from datetime import datetime

from services.notifier.domain.contact import PartyId
from services.notifier.domain.hours import day_over
from services.notifier.domain.message import About, BusinessKey, Dropped, State
from services.notifier.domain.own_data import (
    CORRECTED,
    IS_ERASED,
    NOT_ERASED,
    READY,
    SAID_WITHIN,
    STAYS,
    DataRequest,
    Stage,
)
from services.notifier.ports import MessageUnknown, Work
from services.notifier.usecases import erasing
from services.notifier.usecases.asking import ask, drop, message_id

SAYS = {Stage.CORRECTED: CORRECTED, Stage.NOT_CHANGED: STAYS, Stage.HELD: STAYS, Stage.AGREED: IS_ERASED}


async def hear(request: DataRequest, now: datetime, work: Work) -> None:
    match request.stage:
        case Stage.READY if request.until is not None:
            await ask(
                request.council, request.party_id, request.audience, READY, subject=request.request_id, occurrence="once",
                given={"take_until": request.until.isoformat()}, belongs=About(), now=now, work=work,
                expires_at=day_over(request.until),
            )
        case Stage.OVER:
            waiting = await work.messages.not_yet_sent(request.council, party_id=request.party_id, about=READY)
            await drop([m for m in waiting if m.key.subject == request.request_id], Dropped.NO_LONGER_TRUE, now, work)
        case Stage.ERASING | Stage.ERASED:
            await erasing.begin(request.council, PartyId(request.party_id), now, work)
        case Stage.TAKEN_BACK:
            await hear_taken_back(request, now, work)
        case Stage.CORRECTED | Stage.NOT_CHANGED | Stage.HELD | Stage.AGREED:
            given = request.told if SAYS[request.stage] == STAYS else {}
            await ask(
                request.council, request.party_id, request.audience, SAYS[request.stage], subject=request.request_id,
                occurrence=request.stage, given=given, belongs=About(), now=now, work=work, expires_at=now + SAID_WITHIN,
            )


async def hear_taken_back(request: DataRequest, now: datetime, work: Work) -> None:
    """Nothing is said any more of what they asked; but whoever was told already that they will be erased hears that they are
    not."""
    waiting = await work.messages.not_yet_sent(request.council, party_id=request.party_id)
    await drop([m for m in waiting if m.key.subject == request.request_id], Dropped.NO_LONGER_TRUE, now, work)
    if await was_told(request, work):
        await ask(
            request.council, request.party_id, request.audience, NOT_ERASED, subject=request.request_id, occurrence="once",
            given={}, belongs=About(), now=now, work=work, expires_at=now + SAID_WITHIN,
        )


async def was_told(request: DataRequest, work: Work) -> bool:
    """Whether they have heard that they will be erased, or hear it at this moment."""
    key = BusinessKey(PartyId(request.party_id), IS_ERASED, request.request_id, Stage.AGREED)
    try:
        message = await work.messages.of(request.council, message_id(request.council, key))
    except MessageUnknown:
        return False
    return message.state is not State.DROPPED
