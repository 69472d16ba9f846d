"""What the matcher needs of the world outside it."""
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from services.matcher.domain.fairness.report import Seen
from services.matcher.domain.fairness.turns import Turn
from services.matcher.domain.gaps.publishing import GapWeek
from services.matcher.domain.kernel.index import Moment
from services.matcher.domain.kernel.turned.openings import Openings
from services.matcher.domain.lore import Lore
from services.matcher.domain.places import Places
from services.matcher.domain.plan import Criterion, PersonId, Plan, PlanId
from services.matcher.domain.profile import Profile, ProfileId
from services.matcher.domain.record import ListTold, Remembered
from services.matcher.domain.shortlist import Cause, Shortlist
from services.matcher.domain.standing import Tally, Week
from services.matcher.ports.introductions import Introductions, Journeys
from shared.messaging.erased import Erased
from shared.messaging.outbox import Outbox


@dataclass(frozen=True)
class Register:
    """Everybody of a council who has not paused, and the moment of its clock when they were as they are here."""

    clock: int
    profiles: Sequence[Profile]


@dataclass(frozen=True)
class Indexed:
    """The same as columns."""

    clock: int
    moment: Moment


class Profiles(Protocol):
    async def find(self, council: str, profile_id: ProfileId) -> Profile | None: ...

    async def several(self, council: str, profile_ids: Collection[ProfileId]) -> Mapping[ProfileId, Profile]:
        """Those of them that are there."""

    async def put(self, profile: Profile) -> None: ...

    async def drop(self, council: str, profile_id: ProfileId, revision: int) -> None:
        """Somebody left: nothing of them is kept but the number, and that they have gone."""

    async def shown(self, council: str) -> Sequence[Profile]:
        """Everybody who has not paused, of one moment."""

    async def register(self, council: str) -> Register:
        """The same, and which moment it was."""

    async def index(self, council: str, lore: Lore) -> Indexed:
        """The same people as columns, to rank them all at once."""

    async def keep_index(self, council: str, lore: Lore) -> int:
        """Those columns beside the profiles, so that a process that starts need not read everybody. How many pieces; 0: they
        are kept as they are already."""


class Plans(Protocol):
    async def find(self, council: str, plan_id: PlanId) -> Plan | None: ...

    async def hold(self, council: str, plan_id: PlanId) -> Plan | None:
        """Read for change: nobody else ranks it or changes it until this work is done."""

    async def put(self, plan: Plan) -> None: ...

    async def of_person(self, council: str, person_id: PersonId) -> Sequence[Plan]: ...

    async def open(self, council: str) -> Sequence[Plan]: ...

    async def touched(
        self, council: str, before: Profile | None, after: Profile | None, day: date, lore: Lore
    ) -> Sequence[PlanId]:
        """Open plans for which a PA who changed now stands otherwise, without those that are due already."""

    def openings(self, council: str) -> Openings:
        """To ask how one PA stands over all plans at once: which plans those are is said with each question."""


@dataclass(frozen=True)
class Due:
    """A plan waiting to be ranked, held until this work is done."""

    plan: Plan
    cause: Cause
    asked: int
    """How often it was asked for when we took it: asked for again meanwhile, it stays due."""


class DueRankings(Protocol):
    async def mark(self, council: str, plan_ids: Collection[PlanId], cause: Cause) -> None:
        """Profiles' changes wait a moment for others like them; a plan's own change does not."""

    async def ask_again(self, council: str) -> None:
        """Whatever is due already may have been taken with the index as it was: it is asked for once more."""

    async def mark_older_than(self, day: date, rules_version: int) -> int:
        """Every open list of a day before, or made by rules of before: how many."""

    async def take(self) -> Due | None: ...

    async def done(self, due: Due) -> None:
        """Asked for again since it was taken, it stays due."""

    async def put_off(self, due: Due) -> None:
        """It cannot be ranked now: others first, and again in a while."""


class Shortlists(Protocol):
    async def find(self, council: str, plan_id: PlanId) -> Shortlist | None: ...

    async def find_earlier(self, council: str, plan_id: PlanId, edition: int) -> Shortlist | None:
        """A list that was replaced while somebody was turning its pages, for as long as they may still be."""

    async def reading(self, council: str, plan_id: PlanId) -> None:
        """Somebody turns its pages: should it be replaced, it is kept for half an hour."""

    async def drop_unread(self) -> None:
        """What was kept for readers and is not needed any more, of every council."""

    async def save(self, shortlist: Shortlist) -> None: ...

    async def empty(self, council: str, plan_id: PlanId) -> None:
        """Who was on it, and where, is forgotten, of whatever edition."""


class History(Protocol):
    """What told lists were made from. It grows; what somebody takes back, and what is too old, leaves it."""

    async def keep(self, told: ListTold, lore: Lore) -> None: ...

    async def told(self, council: str, plan_id: PlanId, revision: int) -> ListTold | None:
        """The newest of that number: a restored service may have used one twice."""

    async def all_told(self, council: str, plan_id: PlanId) -> Sequence[ListTold]:
        """Newest first, at most 500."""

    async def plan(self, council: str, plan_id: PlanId, clock: int) -> Plan | None:
        """As of that moment. None: it is older than what is kept."""

    async def register(self, council: str, clock: int) -> Sequence[Remembered]:
        """Everybody of that moment, those who had left by then not among them."""

    async def lore(self, council: str, version: str) -> Lore | None: ...

    async def withhold(self, council: str, profile_id: ProfileId, kinds: Collection[Criterion]) -> None:
        """What a PA no longer shares of faith, culture and sex leaves all that is remembered of them."""

    async def forget_plan(self, council: str, plan_id: PlanId) -> None:
        """Every state of it but the newest, and that lists were told of it."""

    async def forget_before(self, moment: datetime) -> int:
        """Lists told before it, and what only they were made from. How many lists."""


class Standings(Protocol):
    """How PAs stood week by week, counted over all lists."""

    async def councils(self) -> Sequence[str]:
        """Those that have open lists."""

    def open_lists(self, council: str) -> AsyncIterator[tuple[PlanId, Places]]:
        """Of every open plan, one at a time."""

    async def keep(self, council: str, week: date, day: date, tallies: Mapping[ProfileId, Tally]) -> None:
        """In place of what was counted in this week before. Of nobody who has gone."""

    async def of(self, council: str, profile_id: ProfileId) -> Sequence[Week]:
        """Newest first, at most 53."""

    async def drop_before(self, council: str, week: date) -> None: ...


class Gaps(Protocol):
    async def count(self, council: str, plan_id: PlanId, day: date, fitting: int) -> bool:
        """How many fit an open plan, by its list of this day. True: the first list of the day."""

    async def uncount(self, council: str, plan_id: PlanId) -> None: ...

    async def counts(self, council: str) -> Mapping[PlanId, int]: ...

    async def publish(self, week: GapWeek) -> bool:
        """False: that week was published before, and stays as it was."""

    async def published(self, council: str, *, week: date | None = None, before: date | None = None) -> GapWeek | None:
        """Of that week; or the newest, or the newest before that week."""

    async def weeks(self, council: str) -> Sequence[date]:
        """Published, newest first, at most a year of them."""

    async def unpublished(self, week: date) -> Sequence[str]:
        """Councils whose lists have settled, and whose gaps of that week are not published."""


class Turns(Protocol):
    async def note(self, council: str, week: date, turns: Sequence[Turn]) -> None: ...

    async def seen(self, council: str, first: date, until: date) -> Mapping[ProfileId, Seen]:
        """Every PA who is shown, in the weeks from `first` up to but without `until`. Their hours wanted are not filled in."""

    async def forget(self, council: str, profile_id: ProfileId) -> None: ...

    async def sweep(self, before: date) -> None:
        """Forget the weeks before."""


@dataclass(frozen=True, slots=True)
class Work:
    """All a use case may touch, in one transaction."""

    profiles: Profiles
    plans: Plans
    due: DueRankings
    shortlists: Shortlists
    history: History
    introductions: Introductions
    journeys: Journeys
    standings: Standings
    gaps: Gaps
    turns: Turns
    erased: Erased
    outbox: Outbox


Begin = Callable[[], AbstractAsyncContextManager[Work]]
