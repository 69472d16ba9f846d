"""What the portal asks about what follows a yes: the matcher has when two meet, and the notifier alone has where."""
from collections.abc import Iterable
from datetime import date, datetime, timedelta
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


class Going(Heard):
    after: int
    """Days after the start."""
    by: str
    well: bool


class Offer(Heard):
    """The work that was offered, and what became of it."""

    number: int
    state: Literal["made", "agreed", "declined", "taken_back", "lapsed", "ended"]
    starts_on: date
    trial_until: date | None = None
    quarters: int
    rate: int
    times: str | None = None
    """When in the week, where that is fixed: hexadecimal digits."""
    by: str
    answer_by: datetime
    goes_on: tuple[str, ...] = ()
    trial_over: bool = False
    ended_on: date | None = None
    going: tuple[Going, ...] = ()

    @property
    def on_trial(self) -> bool:
        return self.state == "agreed" and self.trial_until is not None and not self.trial_over

    def begun(self, today: date) -> bool:
        return self.state == "agreed" and self.starts_on <= today

    def asked_how(self, side: str, today: date) -> int | None:
        """How many days after the start they are asked how it is going, if they are asked now and have not said."""
        said = {one.after for one in self.going if one.by == side}
        asked = (after for after in ASKED_AFTER if timedelta(after) <= today - self.starts_on <= timedelta(after) + ASKED_FOR)
        return next((after for after in asked if after not in said), None) if self.state == "agreed" else None


class Journey(Heard):
    introduction_id: UUID
    plan_id: UUID
    person_id: UUID
    profile_id: UUID
    meeting: Meeting | None = None
    offer: Offer | None = None


class Place(Heard):
    place_id: UUID
    words: str


ASKED_AFTER = (1, 14, 84)
ASKED_FOR = timedelta(days=14)
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

    async def offer(
        self, council: str, introduction_id: UUID, by: str, *, starts_on: date, trial_until: date | None, quarters: int,
        rate: int, times: str,
    ) -> Journey:
        body = {
            "starts_on": starts_on.isoformat(), "trial_until": trial_until.isoformat() if trial_until else None,
            "quarters": quarters, "rate": rate, "times": times, "by": by,
        }
        return await self.matcher.ask(Journey, "PUT", f"/councils/{council}/introductions/{introduction_id}/offer", body=body)

    async def say(self, council: str, introduction_id: UUID, what: str, **said: object) -> Journey:
        """What somebody says of the offer or the work: `what` is the end of the matcher's path."""
        path = f"/councils/{council}/introductions/{introduction_id}/{what}"
        return await self.matcher.ask(Journey, "POST", path, body=said)

    async def keep_place(self, council: str, words: str) -> Place:
        return await self.notifier.ask(Place, "POST", f"/councils/{council}/places", body={"words": words})

    async def places(self, council: str, journeys: Iterable[Journey]) -> dict[UUID, str]:
        """Where they meet, by place. One that is forgotten is not there."""
        ids = [str(one.meeting.place_id) for one in journeys if one.meeting and one.meeting.place_id]
        if not ids:
            return {}
        found = await self.notifier.ask(PLACES, "GET", f"/councils/{council}/places", params={"place_id": ids})
        return {place.place_id: place.words for place in found}
