"""The portal, put together: the API with its key, the pages without."""
from fastapi import APIRouter, FastAPI

from services.portal import api, pages
from services.portal.announcements import TELLS
from services.portal.clients import clients_for
from services.portal.settings import Settings
from services.portal.store import Store
from services.portal.subscribers import HEARS
from shared.messaging.service import service_app


def build(settings: Settings) -> FastAPI:
    clients = clients_for(
        registry_url=settings.registry_url,
        matcher_url=settings.matcher_url,
        notifier_url=settings.notifier_url,
        service_key=settings.service_key.get_secret_value(),
    )

    def open_routers(store: Store) -> list[APIRouter]:
        return pages.routers(store.begin, clients, settings)

    app = service_app(
        "portal",
        settings,
        hears=HEARS,
        tells=TELLS,
        store=Store,
        routers=lambda store: api.routers(store.begin),
        open_routers=open_routers,
        problems=api.PROBLEMS,
    )
    pages.furnish(app)
    return app
