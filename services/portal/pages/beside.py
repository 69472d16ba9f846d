"""For somebody's list and the pages beside it: who looks at it, the list itself, and the names of PAs on it."""
from collections.abc import Iterable
from uuid import UUID

from fastapi import Request

from services.portal.clients.asking import ServiceAway
from services.portal.clients.registry import Card
from services.portal.domain.accounts import Role, Viewer
from services.portal.domain.plan import PlanState
from services.portal.domain.supporting import NotToldYet
from services.portal.pages.desk import Desk
from services.portal.usecases import looking
from services.portal.usecases.looking import OpenPlan

SHOWING = "showing_shortlist"


async def looked_at(desk: Desk, request: Request, plan_id: UUID) -> tuple[Viewer, OpenPlan | None]:
    """None: a worker of the council looks before the person was told, and says their reason first."""
    viewer = await desk.viewer(request, Role.PERSON, Role.BROKER, Role.STAFF)
    try:
        async with desk.begin() as work:
            return viewer, await looking.open_shortlist(viewer, plan_id, work, now=desk.now())
    except NotToldYet:
        if viewer.role is not Role.STAFF:
            raise
        return viewer, None


async def opened_list(desk: Desk, request: Request, plan_id: UUID) -> tuple[Viewer, OpenPlan | None]:
    """None: there is nothing beside the list now, and its own page says why: the plan is not open, or a reason is to be said."""
    viewer, opened = await looked_at(desk, request, plan_id)
    return viewer, opened if opened and opened.plan.wants.state is PlanState.OPEN else None


async def named(desk: Desk, viewer: Viewer, people: Iterable[UUID]) -> dict[UUID, Card] | None:
    """None: the registry is away."""
    asked = list(dict.fromkeys(people))
    try:
        return await desk.clients.registry.cards(viewer.council, asked, SHOWING) if asked else {}
    except ServiceAway:
        return None


async def cards_of(desk: Desk, viewer: Viewer, people: Iterable[UUID]) -> dict[UUID, Card]:
    """Empty where the registry is away: what is beside a list is worth seeing without the names."""
    return await named(desk, viewer, people) or {}
