"""Who asked for me: saying yes or no; why I am shown, or not; and which work could fit me."""
from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.portal.domain.accounts import Role
from services.portal.domain.copies import IntroductionNotFound
from services.portal.domain.days import day_of
from services.portal.pages.desk import Desk
from services.portal.pages.plan import times_of
from services.portal.pages.shortlist import number
from services.portal.usecases import accounts


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    @routes.get("/asks")
    async def who_asked(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.PA)
        found = await desk.clients.matcher.introductions(viewer.council, "profile_id", viewer.account_id)
        found = tuple(sorted(found, key=lambda one: one.asked_at, reverse=True))
        async with desk.begin() as work:
            # A PA sees what the work is, never whose it is, until both said yes.
            plans = {one.plan_id: await work.plans.find(viewer.council, one.plan_id) for one in found}
            both = [one.person_id for one in found if one.state == "accepted"]
            names = await accounts.names(viewer.council, both, work)
        about = {
            plan_id: {"area": plan.wants.place.outcode, "times": times_of(plan), "quarters": plan.wants.quarters}
            for plan_id, plan in plans.items()
            if plan
        }
        journeys = await desk.clients.journeys.of(viewer.council, "profile_id", viewer.account_id)
        places = await desk.clients.journeys.places(viewer.council, journeys.values())
        return desk.page(request, "pa/asks.html", "Who asked for me", found=found, about=about, names=names, journeys=journeys,
                         places=places, now=desk.now(), today=day_of(desk.now()))

    @routes.post("/asks/{introduction_id:uuid}")
    async def answer(request: Request, introduction_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.PA)
        typed = await desk.form(request, viewer)
        mine = await desk.clients.matcher.introductions(viewer.council, "profile_id", viewer.account_id)
        if introduction_id not in {one.introduction_id for one in mine}:
            raise IntroductionNotFound
        said = "yes" if typed.one("answer") == "yes" else "no"
        await desk.clients.matcher.answer(viewer.council, introduction_id, said)
        return desk.go("/asks", f"answered_{said}")

    @routes.post("/asks/{introduction_id:uuid}/meeting")
    async def suits_or_not(request: Request, introduction_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.PA)
        typed = await desk.form(request, viewer)
        if introduction_id not in await desk.clients.journeys.of(viewer.council, "profile_id", viewer.account_id):
            raise IntroductionNotFound
        suits = typed.one("answer") == "yes"
        await desk.clients.journeys.answer(viewer.council, introduction_id, "pa", suits)
        return desk.go("/asks", "meeting_suits" if suits else "meeting_does_not_suit")

    @routes.get("/standing")
    async def shown_or_not(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.PA)
        standing = await desk.clients.matcher.standing(viewer.council, viewer.account_id)
        over_time = await desk.clients.matcher.over_time(viewer.council, viewer.account_id)
        return desk.page(request, "pa/standing.html", "Am I being shown?", standing=standing, over_time=over_time)

    @routes.get("/opportunities")
    async def could_fit(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.PA)
        page = number(request, "page") or 1
        found = await desk.clients.matcher.opportunities(viewer.council, viewer.account_id, page)
        return desk.page(request, "pa/opportunities.html", "Work that could fit me", found=found)

    return routes
