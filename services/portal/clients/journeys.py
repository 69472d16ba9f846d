"""What the portal asks about what follows a yes: the matcher has when two meet, and the notifier alone has where."""
from collections.abc import Iterable
from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import TypeAdapter

from services.portal.clients.asking import Asker, Heard
from services.portal.clients.matcher import Whose


class Meeting(Heard):
    number: int
    moved: int
    state: Literal["arranged", "unsuitable", "called_off"]
    at: datetime
    place_id: UUID | None = None
    by: str
    suits: tuple[str, ...] = ()


class Journey(Heard):
    introduction_id: UUID
    plan_id: UUID
    person_id: UUID
    profile_id: UUID
    meeting: Meeting | None = None


class Place(Heard):
    place_id: UUID
    words: str


JOURNEYS = TypeAdapter(tuple[Journey, ...])
PLACES = TypeAdapter(tuple[Place, ...])


class Journeys:
    def __init__(self, matcher: Asker, notifier: Asker) -> None:
        self.matcher, self.notifier = matcher, notifier

    async def of(self, council: str, of: Whose, one: UUID) -> dict[UUID, Journey]:
        """By introduction."""
        found = await self.matcher.ask(JOURNEYS, "GET", f"/councils/{council}/journeys", params={of: str(one)})
        return {journey.introduction_id: journey for journey in found}

    async def arrange(self, council: str, introduction_id: UUID, at: datetime, place_id: UUID, by: str) -> Journey:
        body = {"at": at.isoformat(), "place_id": str(place_id), "by": by}
        return await self.matcher.ask(Journey, "PUT", f"/councils/{council}/introductions/{introduction_id}/meeting", body=body)

    async def answer(self, council: str, introduction_id: UUID, by: str, suits: bool) -> Journey:
        path = f"/councils/{council}/introductions/{introduction_id}/meeting/answer"
        return await self.matcher.ask(Journey, "POST", path, body={"by": by, "suits": suits})

    async def call_off(self, council: str, introduction_id: UUID, by: str) -> Journey:
        path = f"/councils/{council}/introductions/{introduction_id}/meeting/call-off"
        return await self.matcher.ask(Journey, "POST", path, body={"by": by})

    async def keep_place(self, council: str, words: str) -> Place:
        return await self.notifier.ask(Place, "POST", f"/councils/{council}/places", body={"words": words})

    async def places(self, council: str, journeys: Iterable[Journey]) -> dict[UUID, str]:
        """Where they meet, by place. One that is forgotten is not there."""
        ids = [str(one.meeting.place_id) for one in journeys if one.meeting and one.meeting.place_id]
        if not ids:
            return {}
        found = await self.notifier.ask(PLACES, "GET", f"/councils/{council}/places", params={"place_id": ids})
        return {place.place_id: place.words for place in found}
