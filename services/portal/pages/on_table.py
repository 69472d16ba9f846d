"""One introduction that was answered with yes, for whoever may say what follows it."""
from dataclasses import dataclass
from uuid import UUID

from services.portal.clients.journeys import Journey, Offer
from services.portal.clients.matcher import Introduction
from services.portal.domain.accounts import Viewer
from services.portal.domain.copies import IntroductionNotFound
from services.portal.pages.desk import Desk
from services.portal.usecases import looking
from services.portal.usecases.looking import OpenPlan


@dataclass(frozen=True, slots=True)
class OnTable:
    """One introduction that was answered with yes, and what followed."""

    viewer: Viewer
    opened: OpenPlan
    introduction: Introduction
    journey: Journey | None

    @property
    def offer(self) -> Offer | None:
        return self.journey.offer if self.journey else None

    @property
    def back(self) -> str:
        return "/meetings" if self.opened.mine else f"/plans/{self.opened.plan.plan_id}/meetings"


async def on_table(desk: Desk, viewer: Viewer, plan_id: UUID, introduction_id: UUID) -> OnTable:
    async with desk.begin() as work:
        opened = await looking.open_meetings(viewer, plan_id, work, now=desk.now())
    found = await desk.clients.matcher.introductions(viewer.council, "plan_id", plan_id)
    one = next((one for one in found if one.introduction_id == introduction_id and one.state == "accepted"), None)
    if one is None:
        raise IntroductionNotFound
    journeys = await desk.clients.journeys.of(viewer.council, "plan_id", plan_id)
    return OnTable(viewer, opened, one, journeys.get(introduction_id))
