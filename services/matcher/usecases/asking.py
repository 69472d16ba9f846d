"""Answer which list a plan has."""
from services.matcher.domain.plan import PlanId
from services.matcher.domain.shortlist import Shortlist
from services.matcher.ports import Work


class NotRankedYet(Exception):
    """There is no list for this plan yet."""


class ProfileNotFound(Exception):
    """There is no such profile here."""


async def shortlist(council: str, plan_id: PlanId, *, work: Work) -> Shortlist:
    found = await work.shortlists.find(council, plan_id)
    if found is None:
        raise NotRankedYet
    return found
