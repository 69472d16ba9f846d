"""The best teams for a plan, each with its week: everything of this folder put together."""
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.matcher.domain.employer import may_claim
from services.matcher.domain.lawful import limited_tasks
from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import Criterion, Plan, Strength
from services.matcher.domain.profile import Code, Profile
from services.matcher.domain.rules import WHOLE, Rules
from services.matcher.domain.teams.asked import TEAMS_1, Asked, TeamRules, asked_of_a_team
from services.matcher.domain.teams.candidates import Candidate, best_of, candidates
from services.matcher.domain.teams.paying import terms_of
from services.matcher.domain.teams.rest import ShortRest, short_rests
from services.matcher.domain.teams.rota import Share, Uncovered, rota
from services.matcher.domain.teams.search import best_teams
from services.matcher.domain.teams.team import Found


@dataclass(frozen=True)
class Member:
    candidate: Candidate
    share: Share
    not_for: tuple[Code, ...]
    """Tasks that others of the team do, as a must on faith, culture or sex is for them and this PA is kept from them, or
    refused them."""
    short_rests: tuple[ShortRest, ...]

    @property
    def cost(self) -> int:
        """Pence a week: rate times hours, rounded half up, before any other cost of employing."""
        return (self.candidate.rate * self.share.quarters + 2) // 4


@dataclass(frozen=True)
class Team:
    members: tuple[Member, ...]
    """As they stand among the candidates, best first."""
    covered: int
    """Quarter-hours, of all that was asked."""
    enough: bool
    """Whether what they cover meets the wish about times, as strong as it is; without such a wish: whether it is everything."""
    score: int
    """The mean of theirs, in millionths."""
    overlap: int
    uncovered: Uncovered

    @property
    def cost(self) -> int:
        return sum(member.cost for member in self.members)


@dataclass(frozen=True)
class Teams:
    """`considered`: among how many PAs the teams are the best; `eligible`: how many could be in one at all."""

    teams: tuple[Team, ...]
    asked: Asked
    considered: int
    eligible: int
    rules: TeamRules


def propose(
    plan: Plan, profiles: Iterable[Profile], day: date, lore: Lore, rules: Rules, *, largest: int, count: int,
    teams: TeamRules = TEAMS_1,
) -> Teams:
    on = plan.begins(day)
    # Employment Allowance is for work done wholly for one person who needs care (NIM06520): shared work may not count
    terms = terms_of(lore.rates, on, claims=may_claim(plan.funding) and not plan.shares)
    asked = asked_of_a_team(plan, rules, terms, limited=limited_tasks(plan, on))
    everybody = candidates(plan, asked, profiles, day, lore, rules)
    best = best_of(everybody, asked, teams.candidates)
    found = best_teams(best, asked, largest=min(largest, teams.largest), count=count)
    return Teams(
        tuple(_team(one, best, asked, _share_wanted(plan), teams) for one in found), asked, len(best), len(everybody), teams
    )


def _team(one: Found, best: tuple[Candidate, ...], asked: Asked, wanted: int, teams: TeamRules) -> Team:
    chosen = [best[nth] for nth in one.members]
    week = rota(chosen, asked, one.sharing, teams.shift)
    return Team(
        members=tuple(_member(candidate, share, asked, teams) for candidate, share in zip(chosen, week.shares, strict=True)),
        covered=one.covered,
        enough=one.covered * WHOLE >= wanted * asked.total,
        score=sum(candidate.placement.score for candidate in chosen) // len(chosen),
        overlap=one.overlap,
        uncovered=week.uncovered,
    )


def _member(candidate: Candidate, share: Share, asked: Asked, teams: TeamRules) -> Member:
    not_for = tuple(task for nth, task in enumerate(asked.limited) if not candidate.does >> nth & 1)
    return Member(candidate, share, not_for, short_rests(share, asked.night, teams, under_18=candidate.under_18))


def _share_wanted(plan: Plan) -> int:
    """Millionths of the wanted times: the highest asked as a must, else as a wish, else all."""
    wishes = [wish for wish in plan.wishes if wish.criterion is Criterion.TIMES]
    musts = [wish.share for wish in wishes if wish.strength is Strength.MUST]
    return max(musts or [wish.share for wish in wishes] or [WHOLE])
