"""What somebody is told of what they asked about their own data."""
from datetime import datetime, time, timedelta

from services.notifier.domain.hours import LONDON
from services.notifier.domain.message import About, Dropped
from services.notifier.domain.own_data import READY, DataRequest, Stage
from services.notifier.ports import Work
from services.notifier.usecases.asking import ask, drop


async def hear(request: DataRequest, now: datetime, work: Work) -> None:
    match request.stage:
        case Stage.READY if request.until is not None:
            await ask(
                request.council, request.party_id, request.audience, READY, subject=request.request_id, occurrence="once",
                given={"take_until": request.until.isoformat()}, belongs=About(), now=now, work=work,
                expires_at=datetime.combine(request.until + timedelta(days=1), time(), LONDON),
            )
        case Stage.OVER:
            waiting = await work.messages.not_yet_sent(request.council, party_id=request.party_id, about=READY)
            await drop([m for m in waiting if m.key.subject == request.request_id], Dropped.NO_LONGER_TRUE, now, work)
