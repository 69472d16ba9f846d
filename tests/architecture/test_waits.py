"""Nothing waits for ever: whatever is asked of PostgreSQL, the broker, a mail server or another service has a time limit."""
import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.architecture.tree import code, relative

MADE = {
    "create_pool": {"timeout", "command_timeout"},
    "asyncpg.connect": {"timeout", "command_timeout"},
    "AIOKafkaProducer": {"request_timeout_ms"},
    "AIOKafkaConsumer": {"request_timeout_ms"},
    "AIOKafkaAdminClient": {"request_timeout_ms"},
    "KafkaBroker": {"request_timeout_ms"},
    "AsyncClient": {"timeout"},
    "SMTP": {"timeout"},
}
"""What is made once and asked often, and the limits it must be made with. (A statement has its connection's.)"""
ASKED = {
    "start", "stop", "close", "send", "send_batch", "send_and_wait", "partitions_for", "describe_cluster", "create_topics",
    "flush", "commit", "committed", "getmany", "getone", "position", "end_offsets", "acquire", "add_listener", "has", "forget",
}
"""What has no limit of its own, or one that was seen not to hold."""
LIMITS = {"asyncio.timeout", "asyncio.wait_for"}
ASKING = re.compile(r"shared/(messaging|runtime)/|services/\w+/(courier|channels|store)/")
"""Where these names mean a client's. (HTTP clients have the limits they were made with, wherever they are asked.)"""
MAY_WAIT = {
    ("shared/messaging/broker.py", "KafkaBroker"): "`described` is never connected",
    ("shared/messaging/service.py", "database.close"): "ours: it waits for nothing",
    ("shared/runtime/migrations.py", "asyncpg.connect"): "a migration takes as long as there is data",
    ("shared/runtime/migrations.py", "connection.close"): "a process of its own, which somebody watches",
    ("shared/runtime/postgres.py", "transaction.start"): "a statement",
    ("shared/runtime/postgres.py", "transaction.commit"): "a statement",
    ("services/notifier/channels/folder.py", "self.has"): "within the sender's limit",
    ("services/notifier/courier/forgetter.py", "work.codes.forget"): "ours: a statement",
}


@dataclass
class Module(ast.NodeVisitor):
    """Its calls, and whether each has a limit around it, here or wherever its function is called from."""

    name: str
    asked: list[tuple[str, str]] = field(default_factory=list)
    """The function that it is in, and what is called, without a limit around it in that function."""
    called_within: dict[str, list[str | None]] = field(default_factory=dict)
    """Each name that is called, and from where: the function, or None when there is a limit around it."""
    unlimited: list[str] = field(default_factory=list)
    _function: str = ""
    _limits: int = 0

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        before, self._function, limits, self._limits = self._function, node.name, self._limits, 0
        self.generic_visit(node)
        self._function, self._limits = before, limits

    def visit_AsyncWith(self, node: ast.AsyncWith) -> None:
        before = self._limits
        for item in node.items:
            self.visit(item)
            self._limits += called(item.context_expr) in LIMITS
        for line in node.body:
            self.visit(line)
        self._limits = before

    def visit_Await(self, node: ast.Await) -> None:
        call = node.value
        if isinstance(call, ast.Call) and is_asked(called(call)) and not self._limits and not has(call, {"timeout"}):
            self.asked.append((self._function, called(call)))
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = called(node)
        for made, limits in MADE.items():
            if (name == made or last(name) == made) and not has(node, limits):
                self.unlimited.append(f"{name} without {', '.join(sorted(limits))}")
        self.called_within.setdefault(last(name), []).append(None if self._limits else self._function)
        self._limits += name in LIMITS
        self.generic_visit(node)
        self._limits -= name in LIMITS

    def limited(self, function: str, seen: frozenset[str] = frozenset()) -> bool:
        """Whether every call of it in this module has a limit around it."""
        calls = self.called_within.get(function, [])
        return bool(calls) and all(
            caller is None or (caller not in seen and self.limited(caller, seen | {function})) for caller in calls
        )

    def found(self) -> Iterator[str]:
        asked = self.asked if ASKING.match(self.name) else []
        for name in [*self.unlimited, *(name for function, name in asked if not self.limited(function))]:
            if (self.name, name.split(" without ")[0]) not in MAY_WAIT:
                yield f"{self.name}: {name}"


def called(node: ast.expr) -> str:
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def is_asked(name: str) -> bool:
    return "." in name and last(name) in ASKED


def last(name: str) -> str:
    return name.rsplit(".", 1)[-1]


def has(call: ast.Call, keywords: set[str]) -> bool:
    return keywords <= {keyword.arg for keyword in call.keywords}


def found_in(name: str, text: str) -> list[str]:
    module = Module(name)
    module.visit(ast.parse(text))
    return list(module.found())


def test_whatever_is_asked_of_others_has_a_time_limit() -> None:
    files = [file for file in code() if relative(file).startswith(("shared/", "services/"))]

    assert not [problem for file in files for problem in found_in(relative(file), file.read_text())]


@pytest.mark.parametrize("place", MAY_WAIT, ids=lambda place: " ".join(place))
def test_each_exception_is_still_needed(place: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(MAY_WAIT, place)
    file = next(file for file in code() if relative(file) == place[0])

    assert any(place[1] in problem for problem in found_in(place[0], file.read_text()))


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("async def f(producer):\n    await producer.start()", ["producer.start"]),
        ("async def f(consumer):\n    async with asyncio.timeout(5):\n        await consumer.commit()", []),
        ("async def f(it):\n    async with asyncio.timeout(5):\n        pass\n    await it.commit()", ["it.commit"]),
        ("async def f(producer):\n    await asyncio.wait_for(producer.stop(), 5)", []),
        ("async def f(pool):\n    async with pool.acquire(timeout=5):\n        await pool.acquire()", ["pool.acquire"]),
        ("async def f(p):\n    async with asyncio.timeout(5):\n        await g(p)\nasync def g(p):\n    await p.send(1)", []),
        ("async def f(p):\n    await g(p)\nasync def g(p):\n    await p.send(1)", ["p.send"]),
        ("async def f(p):\n    async with asyncio.timeout(5):\n        async def g():\n            await p.send(1)", ["p.send"]),
        ("client = httpx.AsyncClient(base_url=url)", ["httpx.AsyncClient without timeout"]),
        ("pool = asyncpg.create_pool(url, timeout=5)", ["asyncpg.create_pool without command_timeout, timeout"]),
        ("producer = AIOKafkaProducer(request_timeout_ms=5_000)", []),
    ],
)
def test_the_rule_sees_what_it_should(text: str, problems: list[str]) -> None:
    assert found_in("shared/runtime/x.py", text) == [f"shared/runtime/x.py: {problem}" for problem in problems]
