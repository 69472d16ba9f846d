"""Every route of every service asks for the service key, but for those on a list that somebody thought about."""
from importlib import import_module

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Route

from tests.routes import asked, filled

HEALTH = {"/live", "/ready", "/openapi.json"}
OPEN = {
    "registry": HEALTH,
    "matcher": HEALTH,
    # a code in a message is its own key: one action on one offer; the callback has a token of its own
    "notifier": HEALTH | {"/replies/{code}", "/receipts/notify"},
    "portal": HEALTH,  # and its pages, see tests/integration/portal/test_every_route_has_a_rule.py
}

def app_of(service: str) -> FastAPI:
    build = import_module(f"services.{service}.app").build
    settings = import_module(f"services.{service}.settings").Settings
    said = {"database_url": "postgresql://nobody@127.0.0.1:1/none", "kafka_servers": "127.0.0.1:1", "service_key": "k" * 20,
            "port": 1, "public_url": "http://portal.example", "outbox_folder": "never-written"}
    app: FastAPI = build(settings(**{name: value for name, value in said.items() if name in settings.model_fields}))
    return app


def is_page(route: Route) -> bool:
    return isinstance(route, APIRoute) and not route.include_in_schema


@pytest.mark.parametrize("service", OPEN)
@pytest.mark.parametrize("shown", [None, "Bearer wrong", "Basic " + "k" * 20, "Bearer"])
async def test_nothing_is_told_or_done_without_the_key(service: str, shown: str | None) -> None:
    app = app_of(service)
    headers = {"Authorization": shown} if shown else {}
    found = [(method, route) for method, route in asked(app.routes) if not is_page(route)]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://service") as client:
        let_in = set()
        for method, route in found:
            if route.path in OPEN[service]:
                continue
            # No body at all: a route that looked at the body before the key would say 422.
            answer = await client.request(method, filled(route), headers=headers)
            if answer.status_code != 401:
                let_in.add((method, route.path, answer.status_code))

    assert len(found) > 10
    assert let_in == set()


@pytest.mark.parametrize("service", OPEN)
def test_the_list_of_open_routes_names_only_routes_there_are(service: str) -> None:
    assert OPEN[service] <= {route.path for _, route in asked(app_of(service).routes)}
