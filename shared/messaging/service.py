"""A service, put together: database, listener, relay, chores and HTTP, with one way to start, stop and be asked how it is."""
import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import structlog
import uvicorn
from fastapi import APIRouter, Depends, FastAPI

from shared import messaging
from shared.contracts import Event
from shared.contracts.upkeep import UPKEEP
from shared.messaging import restoring
from shared.messaging.comparisons import comparisons
from shared.messaging.dead_letters import dead_letters
from shared.messaging.health import Pulse, health
from shared.messaging.hearing import Hears
from shared.messaging.living import FAILED, Chore, StoreProtocol, alive
from shared.messaging.watching import Check, guard
from shared.runtime import environment, logs, migrations
from shared.runtime.gate import Gate
from shared.runtime.http import PROBLEM_RESPONSES, explain_problems, require_key
from shared.runtime.postgres import Database

log = structlog.get_logger()

S = TypeVar("S", bound=StoreProtocol)


def service_app(
    name: str,
    settings: environment.Settings,
    *,
    hears: Hears,
    tells: Iterable[type[Event]],
    store: Callable[[Database], S],
    routers: Callable[[S], list[APIRouter]],
    open_routers: Callable[[S], list[APIRouter]] = lambda _: [],
    problems: Mapping[type[Exception], int] | None = None,
    chores: Callable[[S], list[Chore]] = lambda _: [],
    checks: Callable[[S], list[Check]] = lambda _: [],
) -> FastAPI:
    """The app of one service. `routers` ask for the service key, `open_routers` do not (pages, links for people).

    If one of its chores ends, or one of its checks says that something stands still, the process ends, to be started anew.
    """
    database = Database(settings.database_url, name=name)
    own_store = store(database)
    state = Pulse()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await database.open()
        try:
            async with alive(
                name, settings, database, hears, own_store, chores(own_store), state, app, checks=checks(own_store)
            ):
                yield
        finally:
            await database.close()

    # No page of documentation: it would fetch its scripts from elsewhere. What can be asked is in docs/openapi and /openapi.json.
    app = FastAPI(title=f"Alongside {name}", version="1", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.add_middleware(Gate, key=settings.service_key, https=getattr(settings, "public_url", "").startswith("https:"))
    app.state.store, app.state.database, app.state.settings = own_store, database, settings
    app.state.hears, app.state.tells, app.state.pulse = hears, tuple(tells), state
    app.state.stop = lambda code: None
    explain_problems(app, problems or {})
    app.include_router(health(state, database))
    keyed = [Depends(require_key(settings.service_key))]
    kinds = {*hears, *UPKEEP, *app.state.tells}
    for router in [*routers(own_store), dead_letters(database, kinds), comparisons(database)]:
        app.include_router(router, dependencies=keyed, responses=PROBLEM_RESPONSES)
    for router in open_routers(own_store):
        app.include_router(router)
    return app


K = TypeVar("K", bound=environment.Settings)


def main(name: str, build: Callable[[K], FastAPI], settings_class: type[K], own_migrations: Path) -> None:
    """`python -m services.X` serves; `… migrate` brings its database up to date; `… restored` comes after restoring a backup."""
    settings = environment.read(settings_class)
    logs.configure(name, form=settings.log_format, level=settings.log_level)
    if sys.argv[1:] == ["migrate"]:
        if settings.migrator_url is None:
            print(f"Cannot migrate: {environment.PREFIX}MIGRATOR_URL is missing. Set it and start again.", file=sys.stderr)
            raise SystemExit(environment.USAGE_ERROR)
        steps = migrations.steps(Path(messaging.__file__).with_name("migrations"), own_migrations)
        asyncio.run(migrations.migrate(settings.migrator_url, steps))
        return
    if sys.argv[1:] == ["restored"]:
        asyncio.run(restoring.run(name, settings.database_url))
        return
    app = build(settings)
    code = 0
    config = uvicorn.Config(
        app, host=settings.host, port=settings.port, log_config=None, access_log=False, server_header=False,
        timeout_graceful_shutdown=3,
    )
    server = uvicorn.Server(config)

    def stop(with_code: int) -> None:
        nonlocal code
        code = code or with_code
        server.should_exit = True

    def asked_to_stop(*_: object) -> None:
        """Before uvicorn listens to signals, and again when it is done: it repeats them."""
        raise SystemExit(code)

    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, asked_to_stop)
    app.state.stop = stop
    guard(app.state.pulse, FAILED)
    server.run()
    raise SystemExit(code or (0 if server.started else FAILED))
