"""Does what people asked about their own data, step by step: whatever a step came to is kept, so nothing is done twice."""
import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog

from services.portal.clients.asking import Asker, Refused, ServiceAway
from services.portal.clients.own_data import document_of
from services.portal.domain.own_data import DataRequest, Kind, State
from services.portal.ports import Begin
from services.portal.ports.own_data import Document
from services.portal.usecases import erasing, own_data

IDLE = 2.0  # seconds; somebody may be waiting at the page

log = structlog.get_logger()


@dataclass(frozen=True)
class Courier:
    """Any number of these may run: each takes up another request."""

    begin: Begin
    askers: Mapping[str, Asker]
    own: Callable[[str, UUID], Awaitable[Document]]
    """What the portal itself holds about a party."""
    zipped: Callable[[Mapping[str, Document], datetime], bytes]
    clock: Callable[[], datetime]

    async def run(self) -> None:
        while True:
            if not await self.look_at_one():
                await asyncio.sleep(IDLE)

    async def look_at_one(self) -> bool:
        """False = nothing was to be done."""
        async with self.begin() as work:
            request = await own_data.take_up(self.clock(), work)
        if request is None:
            return False
        if request.kind is Kind.COPY and request.state is State.ASKED:
            await self.gather(request)
        elif request.state is State.AGREED:
            async with self.begin() as work:
                await erasing.begin(request, work, now=self.clock())
            log.info("somebody's data is being erased", request_id=str(request.request_id))
        elif request.state is State.ERASING:
            await self.see_whether_it_is_erased(request)
        elif request.can_be_taken:
            async with self.begin() as work:
                await own_data.forget_copy(request, work)
        return True

    async def gather(self, request: DataRequest) -> None:
        """What each service answers is kept at once. With one away, the rest waits for it."""
        async with self.begin() as work:
            to_ask = await own_data.still_to_answer(request, work)
        away = [service for service in to_ask if not await self.hear(request, service)]
        if away:
            log.warning("a copy of somebody's data waits", request_id=str(request.request_id), services=away)
            return
        async with self.begin() as work:
            documents = await work.data_requests.parts(request)
        if len(documents) < len(own_data.SERVICES):
            return  # it was taken back while they answered
        body = await asyncio.to_thread(self.zipped, documents, self.clock())
        async with self.begin() as work:
            await own_data.make_ready(request, body, work, now=self.clock())
        log.info("a copy of somebody's data is ready", request_id=str(request.request_id))

    async def see_whether_it_is_erased(self, request: DataRequest) -> None:
        """Each service is asked what it holds: it says itself when it erased them. One that has not is asked again."""
        for service in erasing.OTHERS:
            try:
                document = await document_of(self.askers[service], request.council, request.party_id)
            except (ServiceAway, Refused):
                return
            if not document.get("erased_at"):
                return
        async with self.begin() as work:
            await erasing.finish(request, work)
        log.info("somebody's data is erased", request_id=str(request.request_id))

    async def hear(self, request: DataRequest, service: str) -> bool:
        """False: it is away."""
        try:
            if service == "portal":
                document = await self.own(request.council, request.party_id)
            else:
                document = await document_of(self.askers[service], request.council, request.party_id)
        except (ServiceAway, Refused):
            return False
        async with self.begin() as work:
            await own_data.keep_part(request, service, document, work)
        return True
