"""The registry, put together. The only module that knows every other."""

from fastapi import FastAPI

from services.registry import api
from services.registry.announcements import TELLS
from services.registry.courier import Courier
from services.registry.ports import Clock
from services.registry.settings import Settings
from services.registry.store import Store
from services.registry.store.own_data import OWN_DATA
from services.registry.subscribers import HEARS
from shared.messaging.own_data import own_data
from shared.messaging.service import service_app
from shared.runtime.clock import utc


def build(settings: Settings, clock: Clock = utc) -> FastAPI:
    return service_app(
        "registry",
        settings,
        hears=HEARS,
        tells=TELLS,
        store=Store,
        routers=lambda store: [*api.routers(store.begin), own_data("registry", store.database, OWN_DATA)],
        problems=api.PROBLEMS,
        chores=lambda store: [Courier(store.begin, clock).run],
    )
