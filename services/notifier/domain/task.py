"""Contact tasks: a named team is asked to reach somebody, with what to say and by when."""
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from services.notifier.domain.contact import Format, Method, PartyId, Preference

NO_RECORD = "We have no record of how to reach them."
TO_A_BRAILLE_HOUSE = (
    "The braille is made and is with the message, as message.brf and message.pef. "
    "Please send it to a braille house, to be embossed and posted to them."
)


class TaskState(StrEnum):
    OPEN = "open"
    DONE = "done"
    COULD_NOT = "could_not"
    NOT_NEEDED = "not_needed"


class Kind(StrEnum):
    """What the team is asked to do."""

    RING = "ring"
    RING_IN_THEIR_LANGUAGE = "ring_in_their_language"
    """In a language other than English: with somebody who speaks it, or an interpreter."""
    VISIT = "visit"
    HAVE_IT_MADE = "have_it_made"
    """They asked for a form that we cannot make: somebody else, such as a braille house, makes it."""
    FIND_A_WAY = "find_a_way"
    """No recorded way is open."""
    FIND_OUT = "find_out"
    """We cannot tell whether it arrived."""
    ASK_THEM = "ask_them"
    """Their answer was not clear."""


WITHIN = {
    Kind.RING: timedelta(hours=24),
    Kind.RING_IN_THEIR_LANGUAGE: timedelta(hours=48),
    Kind.VISIT: timedelta(hours=72),
    Kind.HAVE_IT_MADE: timedelta(days=5),
    Kind.FIND_A_WAY: timedelta(hours=24),
    Kind.FIND_OUT: timedelta(hours=24),
    Kind.ASK_THEM: timedelta(hours=12),
}
"""An interpreter has to be found, a visit fitted in, braille made and posted. An answer is waited for."""

LATE_TEAM_HAS = 0.5
"""Of the time its kind has: how long the next team has before the one after it is asked too."""

TRY_AGAIN_WITHIN = timedelta(hours=24)
TRY_AGAIN_AT_MOST = timedelta(days=14)


class CouldNot(StrEnum):
    """Why somebody cannot be told by the way on the task."""

    WRONG = "wrong"
    """The number or address is not theirs, or does not work."""
    NOT_THIS_WAY = "not_this_way"
    NOT_WANTED = "not_wanted"
    """They do not want to be told this."""


class TakenByAnother(Exception):
    """Somebody else has taken this task. Please choose another, or ask them."""


class NoSuchTeam(Exception):
    """There is no team of this name. The teams are in the list of teams."""


class NoTimeToTry(Exception):
    """That is not a time to try again: it must be to come, within two weeks, before it is too late, and not in quiet hours."""


@dataclass(frozen=True, slots=True)
class Teams:
    """Who contact tasks go to. A task that is late goes down the `order`, one team after another."""

    order: tuple[str, ...]
    others: tuple[str, ...] = ()
    """Teams that a task is only handed to by hand."""

    @property
    def first(self) -> str:
        return self.order[0]

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.order, *self.others)

    def after(self, team: str) -> str | None:
        """A team that is not in the order is followed by the second. None: there is nobody after it."""
        place = self.order.index(team) if team in self.order else 0
        return self.order[place + 1] if place + 1 < len(self.order) else None


@dataclass(frozen=True, slots=True)
class Task:
    council: str
    task_id: UUID
    message_id: UUID
    party_id: PartyId
    why: str
    what_to_say: str
    team: str
    due_at: datetime
    """When the party should know. It does not move when the task goes to another team."""
    state: TaskState = TaskState.OPEN
    tries: int = 0
    closed_at: datetime | None = None
    kind: Kind = Kind.FIND_A_WAY
    taken_by: UUID | None = None
    """The worker's account in the portal."""
    taken_at: datetime | None = None
    next_team_at: datetime | None = None
    """When the next team is asked; None = there was none, or it is closed."""

    def late(self, now: datetime) -> bool:
        return self.state is TaskState.OPEN and self.due_at <= now

    def taken(self, worker_id: UUID, instead_of: UUID | None, now: datetime) -> "Task":
        """By one worker at a time. From another only knowingly: `instead_of` is whom they saw there. Raises TakenByAnother."""
        if self.taken_by == worker_id:
            return self
        if self.taken_by not in (None, instead_of):
            raise TakenByAnother
        return replace(self, taken_by=worker_id, taken_at=now)

    def put_back(self, worker_id: UUID) -> "Task":
        self.check_holder(worker_id)
        return replace(self, taken_by=None, taken_at=None)

    def check_holder(self, worker_id: UUID | None) -> None:
        """Whoever has it, or anybody where nobody has. Another system that names no worker is let through."""
        if worker_id is not None and self.taken_by not in (None, worker_id):
            raise TakenByAnother

    def handed_on(self, team: str, teams: Teams, now: datetime) -> "Task":
        """Raises NoSuchTeam."""
        if team not in teams.all:
            raise NoSuchTeam
        at = max(self.due_at, now + WITHIN[self.kind] * LATE_TEAM_HAS)
        return replace(self, team=team, taken_by=None, taken_at=None, next_team_at=at)

    def went_late(self, teams: Teams, now: datetime) -> "Task":
        """The next team is asked, and whoever had taken it no longer has. With no team after this one it stays, and is late."""
        team = teams.after(self.team)
        if team is None:
            return replace(self, next_team_at=None)
        again = now + WITHIN[self.kind] * LATE_TEAM_HAS
        return replace(self, team=team, taken_by=None, taken_at=None, next_team_at=again)

    def reached(self, now: datetime) -> "Task":
        return self.closed(TaskState.DONE, now)

    def could_not(self, now: datetime) -> "Task":
        return self.closed(TaskState.COULD_NOT, now)

    def not_reached(self, try_again_at: datetime) -> "Task":
        """It stays open: nobody is left because a phone was not picked up once."""
        return replace(
            self, tries=self.tries + 1, due_at=try_again_at, next_team_at=try_again_at, taken_by=None, taken_at=None
        )

    def not_needed(self, now: datetime) -> "Task":
        return self.closed(TaskState.NOT_NEEDED, now)

    def closed(self, state: TaskState, now: datetime) -> "Task":
        return replace(self, state=state, closed_at=now, next_team_at=None)


def due(kind: Kind, now: datetime, expires_at: datetime | None) -> datetime:
    """Within the time its kind has, and at the latest half-way to when it would no longer be of use."""
    if expires_at is None:
        return now + WITHIN[kind]
    return min(now + WITHIN[kind], now + (expires_at - now) / 2)


def kind_for(way: Preference | None, passed: Sequence[Preference]) -> Kind:
    """`way`: the recorded way that needs a person; `passed`: those before it, or all of them where none is open, that we cannot
    make."""
    if way is not None and way.method is Method.VISIT:
        return Kind.VISIT
    if way is not None:
        return Kind.RING if way.language.split("-")[0] == "en" else Kind.RING_IN_THEIR_LANGUAGE
    by_hand = (Format.BRAILLE, Format.EASY_READ, Format.LARGE_PRINT, Format.AUDIO)
    return Kind.HAVE_IT_MADE if any(one.format in by_hand for one in passed) else Kind.FIND_A_WAY
