"""What it takes to propose teams for a plan, and stand-ins for those who work for it; and what a team costs all in."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.matcher.domain.cost import Cost, Pattern, cost
from services.matcher.domain.employer import all_in, may_claim
from services.matcher.domain.introduction import State
from services.matcher.domain.lore import Lore
from services.matcher.domain.placing import in_scope
from services.matcher.domain.plan import Plan, PlanId
from services.matcher.domain.profile import Profile, ProfileId
from services.matcher.domain.quote import job_of
from services.matcher.domain.rates import NotInForce
from services.matcher.domain.rules import CURRENT
from services.matcher.domain.teams.asked import TEAMS_1
from services.matcher.domain.teams.candidates import may_lack
from services.matcher.domain.teams.proposing import Team, Teams, propose
from services.matcher.domain.teams.stand_ins import StandIns, stand_ins
from services.matcher.ports import Work
from services.matcher.usecases.costing import PaNotInScope
from services.matcher.usecases.wondering import Question, question


@dataclass(frozen=True)
class Price:
    """Pence a week with every cost of employing them, by each member's own age, hours and way of working."""

    a_week: int
    over: int
    """What is above the budget: nobody has agreed to pay it yet."""


@dataclass(frozen=True)
class Proposed:
    teams: Teams
    all_in: tuple[Price | None, ...]
    """For each team. None: there are no figures to go by."""


def proposed(asked: Question, day: date, lore: Lore, *, largest: int, count: int) -> Proposed:
    """Long, so it is done when the work that read `asked` has ended."""
    possible = asked.lacking_only(may_lack(asked.plan, asked.plan.begins(day)), day)
    teams = propose(asked.plan, possible, day, lore, CURRENT, largest=largest, count=count)
    profiles = {profile.profile_id: profile for profile in possible}
    return Proposed(teams, tuple(_all_in(asked.plan, team, profiles, day, lore) for team in teams.teams))


def _all_in(plan: Plan, team: Team, profiles: Mapping[ProfileId, Profile], day: date, lore: Lore) -> Price | None:
    """One employer of them all: the allowance, where it can be claimed, is taken off once."""
    costs: list[Cost] = []
    try:
        for member in team.members:
            profile = profiles[member.candidate.placement.profile_id]
            job = job_of(plan, profile, day, lore, Pattern.FIXED, member.share.quarters)
            if job is None:
                return None
            costs.append(cost(job, lore.rates))
        claims = may_claim(plan.funding) and not plan.shares
        whole = all_in(costs, plan.begins(day), lore.rates, may_claim=claims)
    except NotInForce:
        return None
    a_week = whole.a_week if whole.a_week_with_allowance is None else whole.a_week_with_allowance
    return Price(a_week, 0 if plan.budget is None else max(0, a_week - plan.budget))


@dataclass(frozen=True)
class Absence:
    """`away`: whose; several where nobody was named: everybody who said yes to this plan."""

    question: Question
    away: Sequence[Profile]
    first: date
    last: date


async def absence(
    council: str, plan_id: PlanId, profile_id: ProfileId | None, *, first: date, last: date, lore: Lore, work: Work
) -> Absence:
    """Raises NotRankedYet, PlanPutAway, PaNotInScope."""
    asked = await question(council, plan_id, lore=lore, work=work)
    if profile_id is None:
        listed = await work.introductions.listed(council, plan_id=plan_id, profile_id=None, person_id=None)
        agreed = {one.profile_id for one in listed if one.state is State.ACCEPTED}
    else:
        agreed = {profile_id}
    found = await work.profiles.several(council, agreed)
    away = [found[one] for one in sorted(found) if found[one].council == council]
    if profile_id is not None and not any(in_scope(asked.plan, one) for one in away):
        raise PaNotInScope
    return Absence(asked, away, first, last)


def standing_in(asked: Absence, day: date, lore: Lore) -> list[StandIns]:
    """Long, so it is done when the work that read `asked` has ended. In the order of the PAs' ids."""
    plan = asked.question.plan
    possible = asked.question.lacking_only(may_lack(plan, plan.begins(asked.first)), asked.first)
    return [
        stand_ins(plan, one, asked.first, asked.last, possible, day, lore, CURRENT, TEAMS_1)
        for one in asked.away
    ]
