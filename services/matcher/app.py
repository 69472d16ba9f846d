"""The matcher, put together."""
import asyncio
from contextlib import suppress
from datetime import datetime

import structlog
from fastapi import APIRouter, FastAPI

from services.matcher.announcements import TELLS
from services.matcher.api import PROBLEMS, Api
from services.matcher.settings import Settings
from services.matcher.store import Store
from services.matcher.store.blocks import stale
from services.matcher.store.own_data import OWN_DATA
from services.matcher.subscribers import HEARS, known, today
from services.matcher.usecases import counting, indexing, introductions, offers, ranking, standing
from shared.messaging.hearing import passes
from shared.messaging.living import Chore
from shared.messaging.own_data import own_data
from shared.messaging.service import service_app
from shared.runtime.clock import utc

log = structlog.get_logger()

LOOK = 0.2  # seconds between looks when nothing rings
LOOK_SOON = 0.03  # seconds between looks while what rang is not ready yet
SOON = 15  # looks in a hurry after a ring: half a second, well past the time profiles are given to settle
COUNT_EVERY = 30.0  # seconds between looks for a week whose gaps are to be published
KEEP_EVERY = 60.0  # seconds between looks for an index that is worth keeping
KEEP_WITHIN = 2.0  # seconds, when the service stops
PAUSE = 1.0  # seconds to leave a database alone that is in trouble


def build(settings: Settings) -> FastAPI:
    return service_app(
        "matcher", settings, hears=HEARS, tells=TELLS, store=Store, routers=routers, problems=PROBLEMS, chores=chores
    )


def routers(store: Store) -> list[APIRouter]:
    return [*Api(store.begin, known(), today).routers(), own_data("matcher", store.database, OWN_DATA)]


def chores(store: Store) -> list[Chore]:
    return [Ranker(store).run, Calendar(store).run, Counter(store).run, Keeper(store).run]


class Ranker:
    """Ranks what is due, as soon as it is due."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def run(self) -> None:
        bell, hurry = self.store.bell(), 0
        try:
            while True:
                try:
                    while await self.rank_next():
                        hurry = SOON
                    rang = await bell.wait(LOOK_SOON if hurry else LOOK)
                except Exception as trouble:
                    if not passes(trouble):
                        raise
                    log.warning("waiting for the database", trouble=type(trouble).__name__)
                    await asyncio.sleep(PAUSE)
                    continue
                hurry = SOON if rang else max(0, hurry - 1)
        finally:
            await bell.close()

    async def rank_next(self) -> bool:
        async with self.store.begin() as work:
            now = utc()
            return await ranking.rank_next(day=today(now), now=now, lore=known(), work=work)


class Calendar:
    """What time alone brings: an ask nobody answered ends; on a new day people take turns, and how PAs stand is counted."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.day = self.counted = datetime.min.date()

    async def run(self) -> None:
        while True:
            try:
                await self.look(utc())
            except Exception as trouble:
                if not passes(trouble):
                    raise
                log.warning("waiting for the database", trouble=type(trouble).__name__)
            await asyncio.sleep(PAUSE)

    async def look(self, now: datetime) -> None:
        async with self.store.begin() as work:
            ended = await introductions.expire_late(now=now, work=work)
            await work.shortlists.drop_unread()
            passed = await offers.let_time_pass(now, work)
        if ended or passed:
            log.info("time is over", introductions=ended, offers_and_trials=passed)
        day = today(now)
        if day > self.day:
            async with self.store.begin() as work:
                older = await indexing.new_day(day, work=work)
                forgotten = await indexing.forget_old(now, work=work)
            log.info("a new day", plans_to_rank=older, lists_forgotten=forgotten)
            self.day = day
        if day > self.counted:
            async with self.store.begin() as work:
                councils = await work.standings.councils()
            for council in councils:
                async with self.store.begin() as work:
                    await standing.count_week(council, day, work=work)
            self.counted = day


class Counter:
    """Publishes each week's gaps once the lists have settled."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def run(self) -> None:
        while True:
            try:
                async with self.store.begin() as work:
                    councils = await counting.new_week(today(), work=work)
                for council in councils:
                    log.info("gaps published", council=council)
            except Exception as trouble:
                if not passes(trouble):
                    raise
                log.warning("waiting for the database", trouble=type(trouble).__name__)
            await asyncio.sleep(COUNT_EVERY)


class Keeper:
    """Keeps each council's index beside the profiles, now and then and when the service stops, for whoever starts next."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.kept: dict[str, int] = {}
        """By council: the moment of its clock."""

    async def run(self) -> None:
        try:
            while True:
                await asyncio.sleep(KEEP_EVERY)
                try:
                    await self.keep()
                except Exception as trouble:
                    if not passes(trouble):
                        raise
                    log.warning("waiting for the database", trouble=type(trouble).__name__)
        finally:
            with suppress(Exception):  # what was kept before is as good, only older
                async with asyncio.timeout(KEEP_WITHIN):
                    await self.keep(the_last_time=True)

    async def keep(self, *, the_last_time: bool = False) -> None:
        for council, known_then in list(self.store.indexes.known.items()):
            clock, kept = known_then.clock, self.kept.get(council, -1)
            if stale(known_then, kept) or (the_last_time and clock != kept):
                async with self.store.begin() as work:
                    pieces = await indexing.keep_index(council, lore=known(), work=work)
                self.kept[council] = clock
                log.info("index kept", council=council, pieces=pieces)
