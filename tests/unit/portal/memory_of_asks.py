"""What supporters asked, kept in memory: no more than a port promises."""
from datetime import datetime
from uuid import UUID

from services.portal.domain.support_request import State, SupportRequest


class SupportRequests:
    def __init__(self, refs: dict[tuple[str, str, str], UUID]) -> None:
        self.kept: dict[tuple[str, UUID], SupportRequest] = {}
        self.refs = refs

    async def alone(self, council: str, supporter_id: UUID) -> None: ...

    async def save(self, request: SupportRequest) -> None:
        self.kept[request.council, request.request_id] = request

    async def hold(self, council: str, request_id: UUID) -> SupportRequest | None:
        return self.kept.get((council, request_id))

    async def of_supporter(self, council: str, supporter_id: UUID) -> list[SupportRequest]:
        mine = [one for one in self.kept.values() if (one.council, one.supporter_id) == (council, supporter_id)]
        return sorted(mine, key=lambda one: one.asked_at, reverse=True)

    async def between(self, council: str, supporter_id: UUID, person_id: UUID) -> list[SupportRequest]:
        return [one for one in await self.of_supporter(council, supporter_id) if one.person_id == person_id]

    async def open_to(self, council: str, person_id: UUID) -> list[SupportRequest]:
        found = self.kept.values()
        return [one for one in found if (one.council, one.person_id, one.state) == (council, person_id, State.OPEN)]

    async def next_over(self, now: datetime) -> SupportRequest | None:
        return next((one for one in self.kept.values() if one.runs and one.answer_by <= now), None)

    async def forget(self, before: datetime) -> int:
        old = [one for one in self.kept.values() if one.person_id is None and not one.runs and one.answer_by <= before]
        for one in old:
            del self.kept[one.council, one.request_id]
        return len(old)

    async def person_of_ref(self, council: str, ref: str) -> UUID | None:
        found = {person for (where, _, theirs), person in self.refs.items() if (where, theirs) == (council, ref)}
        return found.pop() if len(found) == 1 else None
