"""A mail server of our own for tests: real SMTP, with its own ledger, that can refuse, stall, and die after it accepted.

    python -m tests.providers.fake_smtp --port 0 --control-port 0 --ledger FILE [--seed 1] [--behaviour JSON]

prints two lines, its SMTP address and its control address, and serves until it is ended. In a test's own process:

    async with FakeSmtp(Ledger(path)).running() as fake:
        fake.behaviour.next = ["accept_then_die"]

Steered over HTTP as the fake Notify is: GET and POST /control, GET /control/ledger. Faults: busy (451 to the address),
refuse (550 to the address), busy_after_data (451), refuse_after_data (554), die (cut before the message, nothing accepted),
stall (then accepted and answered), accept_then_stall, accept_then_die.

The ledger has one JSON line per acceptance: reference (the Message-ID's own part), to, subject, body (SHA-256), at.
"""
import argparse
import asyncio
import email
import email.policy
import hashlib
import json
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP

from tests.providers.behaviour import Behaviour
from tests.providers.ledger import Ledger
from tests.providers.notify_shapes import now
from tests.providers.plain_http import Answer, Request, served

FAULTS = (
    "busy", "refuse", "busy_after_data", "refuse_after_data", "die", "stall", "accept_then_stall", "accept_then_die",
)
KNOWN = {"next": FAULTS, "faults": FAULTS}
AT_THE_ADDRESS = {"busy": "451 try again later", "refuse": "550 no such mailbox"}
AFTER_DATA = {"busy_after_data": "451 try again later", "refuse_after_data": "554 not wanted"}
REFERENCE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass
class FakeSmtp:
    ledger: Ledger
    behaviour: Behaviour = field(default_factory=Behaviour)
    url: str = ""
    control: str = ""

    @asynccontextmanager
    async def running(self, port: int = 0, control_port: int = 0) -> AsyncIterator["FakeSmtp"]:
        server = await asyncio.get_running_loop().create_server(lambda: SMTP(self), "127.0.0.1", port)
        self.url = f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        try:
            async with served(self.steered, control_port) as self.control:
                yield self
        finally:
            server.close()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        session.fault = self.behaviour.on_send(FAULTS)
        if session.fault in AT_THE_ADDRESS:
            return AT_THE_ADDRESS[session.fault]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        fault = session.fault
        if fault in AFTER_DATA:
            return AFTER_DATA[fault]
        if fault == "die":
            server.transport.abort()
            return "451 gone"
        if fault == "stall":
            await asyncio.sleep(self.behaviour.stall_seconds)
        self.ledger.add(taken(envelope.content, envelope.rcpt_tos[0]))
        if fault == "accept_then_stall":
            await asyncio.sleep(self.behaviour.stall_seconds)
        if fault == "accept_then_die":
            server.transport.abort()
        return "250 taken"

    async def steered(self, request: Request) -> Answer:
        try:
            if request.method == "POST":
                self.behaviour.change(request.json(), KNOWN)
        except (TypeError, ValueError) as wrong:
            return Answer(400, {"problem": str(wrong)})
        if request.path == "/control/ledger":
            return Answer(200, self.ledger.entries())
        shown = {"behaviour": self.behaviour.shown(), "counts": self.behaviour.counts, "known": KNOWN}
        return Answer(200, {**shown, "accepted": len(self.ledger.entries())})


def taken(content: bytes, to: str) -> dict[str, Any]:
    mail = email.message_from_bytes(content, policy=email.policy.default)
    found = REFERENCE.search(str(mail["Message-ID"]))
    return {
        "reference": found.group() if found else None, "to": to, "subject": str(mail["Subject"]),
        "body": hashlib.sha256(content).hexdigest(), "at": now(),
    }


async def serve(options: argparse.Namespace) -> None:
    behaviour = Behaviour(seed=options.seed)
    behaviour.change(json.loads(options.behaviour), KNOWN)
    async with FakeSmtp(Ledger(options.ledger), behaviour).running(options.port, options.control_port) as fake:
        print(fake.url, fake.control, sep="\n", flush=True)
        await asyncio.Event().wait()


def main(arguments: list[str]) -> None:
    reads = argparse.ArgumentParser(description="A mail server of our own, for tests")
    reads.add_argument("--port", type=int, default=0)
    reads.add_argument("--control-port", type=int, default=0)
    reads.add_argument("--ledger", type=Path, required=True)
    reads.add_argument("--seed", type=int, default=1)
    reads.add_argument("--behaviour", default="{}")
    asyncio.run(serve(reads.parse_args(arguments)))


if __name__ == "__main__":
    main(sys.argv[1:])
