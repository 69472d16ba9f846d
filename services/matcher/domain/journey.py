"""What follows once a PA said yes to meeting: when they meet, moved or called off as often as they need, and what is offered."""
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from services.matcher.domain.introduction import Introduction, IntroductionId, State
from services.matcher.domain.offer import NoOffer, Offer, OfferState
from services.matcher.domain.plan import PersonId, PlanId
from services.matcher.domain.profile import ProfileId
from services.matcher.domain.sides import By

FURTHEST = timedelta(days=366)
"""A day in another year is a slip of the pen."""


class MeetingState(StrEnum):
    ARRANGED = "arranged"
    UNSUITABLE = "unsuitable"
    """One of them said that it does not suit them. It waits for another time."""
    CALLED_OFF = "called_off"


class NotAgreedToMeet(Exception):
    """They have not both said yes to a meeting, so no day can be put down."""


class NotToCome(Exception):
    """This time has passed, or is more than a year away. Please choose a day to come."""


class NoMeeting(Exception):
    """There is no meeting to come, so nothing can be said of it."""


@dataclass(frozen=True)
class Meeting:
    """Where it is, is not here: only the number under which whoever writes to people keeps the words."""

    at: datetime
    place_id: UUID | None
    by: By
    """Who said the last thing of it."""
    number: int = 1
    """After one was called off, the next has another number."""
    moved: int = 0
    """How often it was given another time or place."""
    state: MeetingState = MeetingState.ARRANGED
    suits: tuple[By, ...] = ()
    """Who said that it suits them as it is."""

    @property
    def occurrence(self) -> str:
        """This meeting at this time and place. An answer to an earlier one says nothing of it."""
        return f"{self.number}.{self.moved}"

    def to_come(self, now: datetime) -> bool:
        return self.state is not MeetingState.CALLED_OFF and now < self.at


@dataclass(frozen=True)
class Journey:
    """Of one introduction, from the yes to what comes of it."""

    council: str
    introduction_id: IntroductionId
    plan_id: PlanId
    person_id: PersonId
    profile_id: ProfileId
    meeting: Meeting | None = None
    offer: Offer | None = None
    revision: int = 0
    """0: nothing was told yet."""

    def next(self, meeting: Meeting) -> "Journey":
        return replace(self, meeting=meeting, revision=self.revision + 1)

    def with_offer(self, offer: Offer) -> "Journey":
        return self if offer is self.offer else replace(self, offer=offer, revision=self.revision + 1)

    def offer_of(self, number: int | None = None) -> Offer:
        """The one there is; `number`: the one that was asked about. Raises NoOffer, also when it is another by now."""
        if self.offer is None or number not in (None, self.offer.number):
            raise NoOffer
        return self.offer

    def arranged(self, at: datetime, place_id: UUID | None, by: By, now: datetime) -> "Journey":
        """Put down, or moved where one stands. Raises NotToCome."""
        if not now < at <= now + FURTHEST:
            raise NotToCome
        before = self.meeting
        if before is None:
            return self.next(Meeting(at, place_id, by))
        if before.state is MeetingState.CALLED_OFF or before.at <= now:
            return self.next(Meeting(at, place_id, by, before.number + 1))
        if before.state is MeetingState.ARRANGED and (before.at, before.place_id) == (at, place_id):
            return self
        return self.next(Meeting(at, place_id, by, before.number, before.moved + 1))

    def answered(self, by: By, suits: bool, now: datetime, occurrence: str | None = None) -> "Journey":
        """`occurrence`: the one that was asked about. Raises NoMeeting, also when it is another by now."""
        meeting = self.meeting
        if meeting is None or not meeting.to_come(now) or occurrence not in (None, meeting.occurrence):
            raise NoMeeting
        if suits and meeting.state is MeetingState.ARRANGED:
            return self if by in meeting.suits else self.next(replace(meeting, suits=(*meeting.suits, by)))
        if suits or meeting.state is MeetingState.UNSUITABLE:
            return self
        return self.next(replace(meeting, state=MeetingState.UNSUITABLE, by=by, suits=()))

    def called_off(self, by: By, now: datetime) -> "Journey":
        meeting = self.meeting
        if meeting is not None and meeting.state is MeetingState.CALLED_OFF:
            return self
        if meeting is None or not meeting.to_come(now):
            raise NoMeeting
        return self.next(replace(meeting, state=MeetingState.CALLED_OFF, by=by, suits=()))

    def stopped(self, by: By, now: datetime) -> "Journey":
        """No meeting to come, and no offer that waits. What they agreed on already is theirs to end."""
        off = self.called_off(by, now) if self.meeting is not None and self.meeting.to_come(now) else self
        if off.offer is None or off.offer.state is not OfferState.MADE:
            return off
        offer = off.offer.answered(False, now) if by is By.PA and now < off.offer.answer_by else off.offer.taken_back(by)
        return replace(off, offer=offer, revision=self.revision + 1)

    def side_of(self, party_id: UUID) -> By | None:
        """None: it is nobody of this journey."""
        if party_id == self.person_id:
            return By.PERSON
        return By.PA if party_id == self.profile_id else None


def begun(introduction: Introduction) -> Journey:
    """Raises NotAgreedToMeet."""
    if introduction.state is not State.ACCEPTED:
        raise NotAgreedToMeet
    i = introduction
    return Journey(i.council, i.introduction_id, i.plan_id, i.person_id, i.profile_id)
