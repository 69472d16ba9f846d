"""A year of a sample council lived through the rules: newcomers arrive who are just like somebody; are they seen as often?

Each newcomer has the profile of a PA who was there from the start, and only another number: whatever keeps one from
being seen as often as the other is unfair. Every week each list is drawn up, and the person asks somebody of the first page.
"""
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from deploy.sample.dice import Dice, sample_id
from deploy.sample.heard import plans_heard, profiles_heard
from deploy.sample.sample import Sample
from services.matcher.domain.fairness.report import Row, Seen, report
from services.matcher.domain.fairness.turns import FIRST_PAGE, turns
from services.matcher.domain.lore import Lore
from services.matcher.domain.places import Listed
from services.matcher.domain.plan import Plan
from services.matcher.domain.profile import Profile, ProfileId
from services.matcher.domain.rules import CURRENT, WHOLE
from services.matcher.domain.shortlist import everybody
from services.matcher.domain.turning import turn

TakingTurns = Callable[[Plan, ProfileId, date], int]
"""What equal people are ordered by: the rules' own, or another to see what would come of it."""


def by_the_rules(plan: Plan, profile_id: ProfileId, day: date) -> int:
    return turn(plan.plan_id, profile_id, day, CURRENT.turning)


@dataclass(frozen=True)
class Newcomer:
    profile: Profile
    like: ProfileId
    week: int
    """The first in which they are here."""


@dataclass
class Lived:
    """What a year came to, in lists of weeks; `due` in millionths of a turn."""

    shown: Counter[ProfileId] = field(default_factory=Counter)
    due: Counter[ProfileId] = field(default_factory=Counter)
    asked: Counter[ProfileId] = field(default_factory=Counter)
    beside: Counter[ProfileId] = field(default_factory=Counter)
    """Of each newcomer: how often the PA they are like was shown in the weeks when both were here."""


@dataclass(frozen=True)
class Year:
    sample: Sample
    weeks: int = 52
    each: int = 5
    """Of so many PAs one has a newcomer like them."""
    page: int = FIRST_PAGE

    def newcomers(self, there: Sequence[Profile]) -> list[Newcomer]:
        found = []
        for number, like in enumerate(there[:: self.each]):
            dice = self._dice("newcomer", number)
            profile = replace(like, profile_id=ProfileId(self._id("newcomer", number)))
            found.append(Newcomer(profile, like.profile_id, dice.between(1, max(1, self.weeks // 2))))
        return found

    def live(self, lore: Lore, taking_turns: TakingTurns = by_the_rules) -> "Outcome":
        there, plans = list(profiles_heard(self.sample)), list(plans_heard(self.sample))
        newcomers, lived = self.newcomers(there), Lived()
        for week in range(self.weeks):
            day = self.sample.day + timedelta(weeks=week)
            here = [one for one in newcomers if one.week <= week]
            register = there + [one.profile for one in here]
            for number, plan in enumerate(plans):
                listed = in_turn(plan, everybody(plan, register, day=day, lore=lore, rules=CURRENT), day, taking_turns)
                self._note(listed, here, lived, self._dice(f"asks {week}", number))
        return Outcome(self, there, newcomers, lived)

    def _note(self, listed: Sequence[Listed], here: Sequence[Newcomer], lived: Lived, dice: Dice) -> None:
        found = turns(listed, self.page)
        page = [one.profile_id for one in found if one.shown]
        lived.shown.update(page)
        for one in found:
            lived.due[one.profile_id] += one.due
        if page and dice.chance(0.3):
            lived.asked[page[min(dice.between(0, len(page) - 1), dice.between(0, len(page) - 1))]] += 1  # rather the first ones
        lived.beside.update({one.profile.profile_id: 1 for one in here if one.like in page})

    def _dice(self, kind: str, number: int) -> Dice:
        return Dice(self.sample.council, self.sample.seed, kind, number)

    def _id(self, kind: str, number: int) -> UUID:
        return sample_id(self.sample.council, self.sample.seed, kind, number)


def in_turn(plan: Plan, listed: Sequence[Listed], day: date, taking_turns: TakingTurns) -> list[Listed]:
    """With the rules' own turns, the list as it is."""
    return sorted(listed, key=lambda one: (*one.standing, taking_turns(plan, one.profile_id, day), one.profile_id.bytes))


@dataclass(frozen=True)
class Outcome:
    year: Year
    there: Sequence[Profile]
    newcomers: Sequence[Newcomer]
    lived: Lived

    @property
    def newcomers_shown(self) -> int:
        return sum(self.lived.shown[one.profile.profile_id] for one in self.newcomers)

    @property
    def others_shown(self) -> int:
        """Those they are like, while both were here."""
        return sum(self.lived.beside.values())

    def never_seen(self, due: int = 5) -> list[ProfileId]:
        """Who was not shown once, and was due so many whole turns."""
        return [one for one, turns_due in self.lived.due.items() if turns_due >= due * WHOLE and not self.lived.shown[one]]

    def rows(self) -> list[Row]:
        """The fairness report of the year: newcomers are new all of it."""
        until = self.year.sample.day + timedelta(weeks=self.year.weeks)
        everyone = [(one, None) for one in self.there] + [(one.profile, until) for one in self.newcomers]
        lived = self.lived
        return report(
            [
                Seen(since, one.most, lived.shown[one.profile_id], lived.due[one.profile_id], lived.asked[one.profile_id])
                for one, since in everyone
            ],
            until,
        )
