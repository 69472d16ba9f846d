"""The work itself, for a PA: the offer answered, how it goes, and its end."""
from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.portal.clients.journeys import Journey
from services.portal.domain.accounts import Role, Viewer
from services.portal.domain.copies import IntroductionNotFound
from services.portal.pages.desk import Desk
from services.portal.pages.offer import ended, say_after_trial, say_how
from services.portal.pages.typed import Typed
from services.portal.usecases import accounts

BACK = "/asks"


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()
    one = "/asks/{introduction_id:uuid}"

    async def theirs(viewer: Viewer, introduction_id: UUID) -> Journey:
        journeys = await desk.clients.journeys.of(viewer.council, "profile_id", viewer.account_id)
        if introduction_id not in journeys:
            raise IntroductionNotFound
        return journeys[introduction_id]

    async def said(request: Request, introduction_id: UUID) -> tuple[Viewer, Typed]:
        viewer = await desk.viewer(request, Role.PA)
        typed = await desk.form(request, viewer)
        await theirs(viewer, introduction_id)
        return viewer, typed

    @routes.post(f"{one}/offer")
    async def answer(request: Request, introduction_id: UUID) -> Response:
        viewer, typed = await said(request, introduction_id)
        yes = typed.one("answer") == "yes"
        await desk.clients.journeys.say(viewer.council, introduction_id, "offer/answer", answer="yes" if yes else "no")
        return desk.go(BACK, "offer_agreed" if yes else "answered_no")

    @routes.post(f"{one}/work/after-trial")
    async def after_trial(request: Request, introduction_id: UUID) -> Response:
        viewer, typed = await said(request, introduction_id)
        return desk.go(BACK, await say_after_trial(desk, viewer.council, introduction_id, "pa", typed))

    @routes.post(f"{one}/work/going")
    async def going(request: Request, introduction_id: UUID) -> Response:
        viewer, typed = await said(request, introduction_id)
        return desk.go(BACK, await say_how(desk, viewer.council, introduction_id, "pa", typed))

    @routes.get(f"{one}/work/end")
    async def last_day(request: Request, introduction_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.PA)
        return await end_page(request, viewer, await theirs(viewer, introduction_id), Typed())

    async def end_page(request: Request, viewer: Viewer, journey: Journey, typed: Typed) -> Response:
        async with desk.begin() as work:
            names = await accounts.names(viewer.council, [journey.person_id], work)
        return desk.page(request, "anyone/work_end.html", "The last day of work", typed=typed, back=BACK,
                         name=names.get(journey.person_id))

    @routes.post(f"{one}/work/end")
    async def end(request: Request, introduction_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.PA)
        typed = await desk.form(request, viewer)
        journey = await theirs(viewer, introduction_id)
        if not await ended(desk, viewer.council, introduction_id, "pa", typed):
            return await end_page(request, viewer, journey, typed)
        return desk.go(BACK, "work_ended")

    return routes
