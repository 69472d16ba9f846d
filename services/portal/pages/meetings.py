"""Whom you asked to meet, what they said, and when you meet."""
from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.portal.domain.accounts import Role
from services.portal.domain.copies import IntroductionNotFound
from services.portal.domain.days import day_of
from services.portal.pages.desk import Desk

SHOWING = "showing_introduction"


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    @routes.get("/meetings")
    async def mine(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.PERSON)
        found = await desk.clients.matcher.introductions(viewer.council, "person_id", viewer.account_id)
        found = tuple(sorted(found, key=lambda one: one.asked_at, reverse=True))
        cards = await desk.clients.registry.cards(viewer.council, [one.profile_id for one in found], SHOWING)
        journeys = await desk.clients.journeys.of(viewer.council, "person_id", viewer.account_id)
        places = await desk.clients.journeys.places(viewer.council, journeys.values())
        return desk.page(request, "person/meetings.html", "Meetings", found=found, cards=cards, journeys=journeys, places=places,
                         mine=True, plan_id=None, now=desk.now(), today=day_of(desk.now()), offers=True)

    @routes.post("/meetings/{introduction_id:uuid}/withdraw")
    async def take_back(request: Request, introduction_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.PERSON)
        await desk.form(request, viewer)
        mine = await desk.clients.matcher.introductions(viewer.council, "person_id", viewer.account_id)
        if introduction_id not in {one.introduction_id for one in mine}:
            raise IntroductionNotFound
        await desk.clients.matcher.withdraw(viewer.council, introduction_id)
        return desk.go("/meetings", "withdrawn")

    return routes
