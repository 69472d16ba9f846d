"""Every place where a process waits for the database, the broker or a provider has a name, and a test can end it on either side.

The names come by themselves: a statement is called as in its `queries.sql`, a transaction's end after its last statement,
and every public method of a client library after itself. So no boundary can be forgotten; an SQL text that stands in no
`queries.sql` shows as UNNAMED. Nothing of this is in the product: a process of the test tree calls `watch()` before it begins.
"""
import functools
import inspect
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import aiokafka
import aiosmtplib
import asyncpg
import httpx
from aiokafka.admin import AIOKafkaAdminClient
from asyncpg import connect_utils

from services.notifier.channels import folder
from shared.runtime import queries
from tests.faults.nursery import CRASHED

ROOT = Path(__file__).resolve().parents[2]
UNNAMED = "UNNAMED"
CLIENTS: tuple[tuple[type, str], ...] = (
    (aiokafka.AIOKafkaProducer, "producer"), (aiokafka.AIOKafkaConsumer, "consumer"), (AIOKafkaAdminClient, "admin"),
    (aiosmtplib.SMTP, "smtp"),
)
STATEMENTS = ("execute", "executemany", "fetch", "fetchrow", "fetchval")
STATEMENTS_OF = ("messaging.", "faults.", "registry.", "matcher.", "notifier.", "portal.", "begin", "rollback", "asyncpg.")
ALONE = (
    "messaging.lead", "notifier.lead", "messaging.count_first_attempts", "messaging.count_attempt", "messaging.forget_attempts",
)
"""Statements outside any transaction."""
ASYNCPG_OWN = ("pg_catalog.pg_type", "pg_advisory_unlock_all", "SELECT current_setting('jit')")


def named() -> dict[str, str]:
    """SQL text -> `owner.name`, of every queries.sql."""
    found = {}
    for file in (*ROOT.glob("services/*/queries.sql"), *ROOT.glob("shared/*/*.sql"), *ROOT.glob("tests/faults/*.sql")):
        found |= {text: f"{file.parent.name}.{name}" for name, text in vars(queries.load(file)).items()}
    return found


class Watch:
    """What was passed, and what shall happen where. `at`: `name:side` or `name:side:n`, for the n-th time (1 if not given)."""

    def __init__(self, *, at: str | None = None, pause: float | None = None, passed: Path | None = None) -> None:
        self.at, self.nth = split(at) if at else (None, 0)
        self.pause = pause
        self.file = passed.open("a", buffering=1) if passed else None
        self.seen: Counter[str] = Counter()
        self.names = named()
        self.last: dict[int, str] = {}
        """Per connection: the statement before a commit gives the commit its name."""

    def passing(self, point: str) -> None:
        self.seen[point] += 1
        if self.file is not None:
            self.file.write(point + "\n")
        if point == self.at and self.seen[point] == self.nth:
            if self.pause is None:
                os._exit(CRASHED)
            self.stand_still(self.pause)

    @staticmethod
    def stand_still(seconds: float) -> None:
        """As if the machine had stopped us: whoever watches from outside cannot tell the difference."""
        if os.fork() == 0:
            time.sleep(seconds)
            os.kill(os.getppid(), signal.SIGCONT)
            os._exit(0)
        os.kill(os.getpid(), signal.SIGSTOP)

    def statement(self, connection: Any, text: str) -> str:
        word = text.split(None, 1)[0].rstrip(";").lower()
        if word == "commit":
            return f"commit after {self.last.pop(id(connection), 'nothing')}"
        if word in ("begin", "rollback", "savepoint", "release", "listen", "unlisten"):
            return word
        if any(part in text for part in ASYNCPG_OWN):
            return "asyncpg.own"
        name = self.names.get(text, f"{UNNAMED} {' '.join(text.split())[:80]}")
        self.last[id(connection)] = name
        return name


def passed_in(file: Path) -> Counter[str]:
    """How often each point was passed by a process that kept this record; what was passed last stands last."""
    passed = file.read_text().splitlines() if file.exists() else []
    often = Counter(passed)
    return Counter({point: often[point] for point in reversed(dict.fromkeys(reversed(passed)))})


def worth_trying(passed: Iterable[str], *, within: bool) -> list[str]:
    """The ends of transactions and all that is asked of others. `within`: also each statement, although an end within a
    transaction is to the database the same as one before its commit."""
    return [point for point in passed if within or not point.startswith(STATEMENTS_OF) or point.startswith(ALONE)]


def dealt(ends: list[str], length: int) -> list[list[str]]:
    """Into as many lives as are needed for so many ends in each, from the beginning of a life to its end."""
    lives = -(-len(ends) // length)
    return [ends[nth::lives] for nth in range(lives)]


def split(at: str) -> tuple[str, int]:
    point, _, nth = at.rpartition(":")
    return (point, int(nth)) if nth.isdecimal() else (at, 1)


def watch(watched: Watch) -> None:
    """From now on every boundary of this process reports to `watched`."""
    for method in STATEMENTS:
        around(watched, asyncpg.Connection, method, lambda self, args: watched.statement(self, args[0]))
    around(watched, connect_utils, "_connect", lambda *_: "database.connect")
    for client, name in CLIENTS:
        for method, _ in inspect.getmembers(client, inspect.iscoroutinefunction):
            if not method.startswith("_"):
                around(watched, client, method, functools.partial(lambda said, *_: said, f"{name}.{method}"))
    around(watched, httpx.AsyncClient, "send", lambda _, args: f"http.{args[0].method} {place(args[0].url.path)}")
    for name in ("write", "sync"):
        around_plain(watched, folder, name)


def place(path: str) -> str:
    """Without the ids in it."""
    return "/".join("*" if any(letter.isdigit() for letter in part) and part != "v2" else part for part in path.split("/"))


def around(watched: Watch, owner: Any, method: str, name_of: Callable[[Any, Any], str]) -> None:
    original = getattr(owner, method)

    @functools.wraps(original)
    async def named(*args: Any, **options: Any) -> Any:
        name = name_of(args[0] if args else None, args[1:])
        watched.passing(f"{name}:before")
        result = await original(*args, **options)
        watched.passing(f"{name}:after")
        return result

    setattr(owner, method, named)


def around_plain(watched: Watch, module: Any, function: str) -> None:
    original = getattr(module, function)

    def named(*args: Any) -> Any:
        watched.passing(f"folder.{function}:before")
        result = original(*args)
        watched.passing(f"folder.{function}:after")
        return result

    setattr(module, function, named)
