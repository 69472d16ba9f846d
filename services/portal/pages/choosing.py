"""Choosing among people of a list: a few side by side; and what would bring more of them."""
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.portal.clients.asking import NotThere
from services.portal.domain.supporting import Scope
from services.portal.pages.beside import cards_of, opened_list
from services.portal.pages.desk import Desk
from services.portal.pages.shortlist import newest_by_pa

FEWEST, MOST = 2, 4
Facts = dict[str, Any]


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    @routes.get("/plans/{plan_id:uuid}/what-if")
    async def what_if(request: Request, plan_id: UUID) -> Response:
        viewer, opened = await opened_list(desk, request, plan_id)
        if opened is None:
            return desk.go(f"/plans/{plan_id}/list")
        try:
            found = await desk.clients.matcher.what_if(viewer.council, plan_id)
        except NotThere:
            return desk.go(f"/plans/{plan_id}/list")
        title = "What could bring more people"
        return desk.page(request, "person/what_if.html", title, opened=opened, plan=opened.plan, found=found)

    @routes.get("/plans/{plan_id:uuid}/compare")
    async def compare(request: Request, plan_id: UUID) -> Response:
        viewer, opened = await opened_list(desk, request, plan_id)
        if opened is None:
            return desk.go(f"/plans/{plan_id}/list")
        title, facts = "Side by side", Facts(opened=opened, plan=opened.plan)
        ticked = ids(request.query_params.getlist("pa"))
        if not FEWEST <= len(ticked) <= MOST:
            return desk.page(request, "person/compare.html", title, **facts, compared=None, ticked=len(ticked))
        try:
            compared = await desk.clients.matcher.compare(viewer.council, plan_id, ticked)
        except NotThere:  # somebody left since the list was made
            return desk.page(request, "person/compare.html", title, **facts, compared=None, ticked=None)
        cards = await cards_of(desk, viewer, ticked)
        met = await desk.clients.matcher.introductions(viewer.council, "plan_id", plan_id)
        facts |= {"may_ask": Scope.ASK_TO_MEET in opened.may and opened.waits_for is None, "asked": newest_by_pa(met)}
        return desk.page(request, "person/compare.html", title, **facts, compared=compared, cards=cards)

    return routes


def ids(said: list[str]) -> list[UUID]:
    """Each once, in the order ticked; what is no number of anybody is left out."""
    found: dict[UUID, None] = {}
    for one in said:
        try:
            found[UUID(one)] = None
        except ValueError:
            continue
    return list(found)
