"""Sends this process's Kafka clients through a proxy: they go to whatever address the broker gives them, which is its own."""
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import aiokafka.client
from aiokafka.conn import AIOKafkaConnection, create_conn

_routes: ContextVar[dict[int, int]] = ContextVar("routes", default={})  # noqa: B039 - never changed, only replaced


@contextmanager
def route(broker_port: int, proxy_port: int) -> Iterator[None]:
    """For clients begun in here, and for the tasks they begin: a task takes along what it was begun under.

    So several clients of one process can go different ways.
    """
    aiokafka.client.create_conn = routed  # it stays: without a route it does what it always did
    before = _routes.set({**_routes.get(), broker_port: proxy_port})
    try:
        yield
    finally:
        _routes.reset(before)


async def routed(host: str, port: int, **options: Any) -> AIOKafkaConnection:
    return await create_conn(host, _routes.get().get(port, port), **options)
