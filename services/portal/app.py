"""The portal, put together: the API with its key, the pages without."""

from fastapi import APIRouter, FastAPI

from services.portal import api, pages
from services.portal.announcements import TELLS
from services.portal.clients import clients_for
from services.portal.courier.own_data import Courier
from services.portal.courier.support_requests import SupportRequestsEnd
from services.portal.pages.data_copy import zipped
from services.portal.settings import Settings
from services.portal.store import Store
from services.portal.store.own_data import OWN_DATA
from services.portal.subscribers import HEARS
from shared.messaging.living import Chore
from shared.messaging.own_data import own_data
from shared.messaging.service import service_app
from shared.runtime.clock import utc


def build(settings: Settings) -> FastAPI:
    clients = clients_for(
        registry_url=settings.registry_url,
        matcher_url=settings.matcher_url,
        notifier_url=settings.notifier_url,
        service_key=settings.service_key.get_secret_value(),
    )

    def open_routers(store: Store) -> list[APIRouter]:
        return pages.routers(store.begin, clients, settings)

    def routers(store: Store) -> list[APIRouter]:
        return [*api.routers(store.begin), own_data("portal", store.database, OWN_DATA, under="/api")]

    def chores(store: Store) -> list[Chore]:
        return [
            Courier(store.begin, clients.askers, store.own_data, zipped, utc).run, SupportRequestsEnd(store.begin, utc).run,
        ]

    app = service_app(
        "portal",
        settings,
        hears=HEARS,
        tells=TELLS,
        store=Store,
        routers=routers,
        open_routers=open_routers,
        problems=api.PROBLEMS,
        chores=chores,
    )
    pages.furnish(app)
    return app
