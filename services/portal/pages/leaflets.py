"""Leaflets somebody may ask for, sent in the way they are told everything else."""
from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.portal.clients.asking import NotThere, Refused
from services.portal.clients.gallery import Leaflet
from services.portal.domain.accounts import Role
from services.portal.pages.desk import Desk
from services.portal.pages.typed import Typed

READERS = (Role.PERSON, Role.PA, Role.BROKER)
STOPPED = "You asked us to stop sending you things. You can start again on the page “How I am told”"


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    @routes.get("/leaflets")
    async def show(request: Request) -> Response:
        viewer = await desk.viewer(request, *READERS)
        return desk.page(request, "anyone/leaflets.html", "Leaflets", found=await there_are(viewer.council, viewer.account_id))

    @routes.post("/leaflets")
    async def send(request: Request) -> Response:
        viewer = await desk.viewer(request, *READERS)
        typed: Typed = await desk.form(request, viewer)
        try:
            sent = await desk.clients.gallery.send_leaflet(viewer.council, viewer.account_id, typed.one("about")[:60])
        except NotThere:
            raise
        except Refused:
            typed.say("about", STOPPED)
            found = await there_are(viewer.council, viewer.account_id)
            return desk.page(request, "anyone/leaflets.html", "Leaflets", found=found, typed=typed)
        return desk.go("/leaflets", "leaflet_sent" if sent else "leaflet_sent_before")

    async def there_are(council: str, party_id: UUID) -> tuple[Leaflet, ...] | None:
        """None: they have not said yet how they are told things."""
        try:
            return await desk.clients.gallery.leaflets(council, party_id)
        except NotThere:
            return None

    return routes
