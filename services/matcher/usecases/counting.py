"""Count what the lists come to: where too few fit, who was shown and who was asked. What is counted never makes a list."""
import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from services.matcher import announcements
from services.matcher.domain.fairness.report import Row, report
from services.matcher.domain.fairness.turns import turns
from services.matcher.domain.gaps.need import needs_of
from services.matcher.domain.gaps.publishing import GapWeek, drawn_up, monday, news
from services.matcher.domain.gaps.rules import GAPS_1, GapRules
from services.matcher.domain.placing import Group
from services.matcher.domain.shortlist import Shortlist
from services.matcher.ports import Work

WEEKS_KEPT = 53
"""Of turns: a year and a week, then they are forgotten."""


class NoGapsYet(Exception):
    """The gaps of this council, or of that week, have not been published."""


async def note(shortlist: Shortlist, *, work: Work) -> None:
    """A list was drawn up. Turns are counted once a day for each plan, as people take turns from day to day."""
    if not shortlist.open:
        await work.gaps.uncount(shortlist.council, shortlist.plan_id)
        return
    fitting = shortlist.count(Group.FITTING)
    if await work.gaps.count(shortlist.council, shortlist.plan_id, shortlist.day, fitting):
        await work.turns.note(shortlist.council, monday(shortlist.day), turns(shortlist.listed))


async def publish(council: str, day: date, *, work: Work, rules: GapRules = GAPS_1) -> GapWeek:
    """The gaps of the week that `day` is in, and what is new in them told. A week that was published stays as it is."""
    week = monday(day)
    if (there := await work.gaps.published(council, week=week)) is not None:
        return there
    before = await work.gaps.published(council, before=week)
    counts = await work.gaps.counts(council)
    counted = [(plan, counts[plan.plan_id]) for plan in await work.plans.open(council) if plan.plan_id in counts]
    # in a thread, so that the service still answers and listens while it counts
    now = await asyncio.to_thread(lambda: drawn_up(council, week, needs_of(counted, day, rules), before, rules))
    if await work.gaps.publish(now):
        for told in news(before, now):
            await work.outbox.append(announcements.gap_changed(now, told))
        return now
    return await gaps(council, week, work=work)


async def gaps(council: str, week: date | None, *, work: Work) -> GapWeek:
    """Of that week; `week` None: the newest."""
    found = await work.gaps.published(council, week=week)
    if found is None:
        raise NoGapsYet
    return found


async def new_week(day: date, *, work: Work) -> Sequence[str]:
    """Publishes the gaps of every council that is ready, and forgets turns of more than a year ago. Which councils."""
    councils = await work.gaps.unpublished(monday(day))
    for council in councils:
        await publish(council, day, work=work)
    if councils:
        await work.turns.sweep(monday(day) - timedelta(weeks=WEEKS_KEPT))
    return councils


async def fairness(council: str, day: date, weeks: int, *, work: Work) -> tuple[date, date, list[Row]]:
    """Over so many whole weeks, the last of them ended: from the first day, up to but without the last, and the rows."""
    until = monday(day)
    first = until - timedelta(weeks=weeks)
    most = {profile.profile_id: profile.most for profile in await work.profiles.shown(council)}
    seen = await work.turns.seen(council, first, until)
    return first, until, report([replace(one, most=most.get(profile_id)) for profile_id, one in seen.items()], until)
