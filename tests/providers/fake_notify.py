"""A GOV.UK Notify of our own for tests: a real HTTP server with its own ledger, that can fail and lie in every way we know.

    python -m tests.providers.fake_notify --port 0 --ledger FILE [--key KEY] [--seed 1] [--behaviour JSON]

prints its address as its first line and serves until it is ended. Started again with the same ledger it knows what it
accepted. Without --key the API key is KEY. In a test's own process:

    async with FakeNotify(Ledger(path)).running() as fake:
        fake.behaviour.next = ["accept_then_die"]

It is steered over HTTP, by whoever asks (no key):

    GET  /control            how it behaves, what befell (counts), how much it accepted, how much it has at work
    POST /control            changes fields of tests/providers/behaviour.py, for example
                             {"faults": {"accept_then_die": 0.1, "answer_429": 0.1}, "seed": 7}
                             {"callback": "http://127.0.0.1:8003/receipts/notify", "token": "..."}
    GET  /control/ledger     every acceptance, oldest first
    POST /control/receipt    sends a receipt as told: {"reference": ..., "status": ..., "id": ...}; `id` may be left out

Faults of a send: answer_400, answer_403, answer_429, answer_500, answer_503, die (nothing is accepted); stall (then
accepted and answered); accept_then_stall, accept_then_die, accept_then_500 (accepted and listed, whatever the caller
hears); accept_unlisted (says 201 and accepts, and never lists it). Of being asked: ask_503, ask_die, ask_stall.
Of receipts: lose, repeat, delay, reorder (after the next one), backwards (a failure after the true one), lie (one more,
for something nobody sent), mismatch (one more, of another notification with this reference). Fates: permanent-failure,
temporary-failure, technical-failure, sending (never ends). Notify's simulator numbers and addresses have theirs.

The ledger has one JSON line per acceptance: reference, id, type, to, template, personalisation, at, listed, fate.
"""
import argparse
import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.providers import notify_shapes as shapes
from tests.providers.behaviour import Behaviour
from tests.providers.ledger import Entry, Ledger
from tests.providers.notify_receipts import FAULTS as OF_RECEIPTS
from tests.providers.notify_receipts import Receipts
from tests.providers.notify_shapes import KEY, Refused
from tests.providers.plain_http import Answer, Request, served

OF_SENDING = (
    "answer_400", "answer_403", "answer_429", "answer_500", "answer_503", "die", "stall", "accept_then_stall",
    "accept_then_die", "accept_then_500", "accept_unlisted",
)
OF_ASKING = ("ask_503", "ask_die", "ask_stall")
KNOWN = {"next": OF_SENDING, "faults": OF_SENDING, "asking": OF_ASKING, "receipts": OF_RECEIPTS}
ANSWERS = {
    "answer_400": (400, "ValidationError", "phone_number Not a valid country prefix"),
    "answer_403": (403, "AuthError", "Invalid token: API key not found"),
    "answer_429": (429, "RateLimitError", "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds"),
    "answer_500": (500, "Exception", "Internal server error"),
    "answer_503": (503, "Exception", "Service Unavailable"),
}
TYPES = {"/v2/notifications/sms": "sms", "/v2/notifications/email": "email", "/v2/notifications/letter": "letter"}
PAGE = 250


@dataclass
class FakeNotify:
    ledger: Ledger
    key: str = KEY
    behaviour: Behaviour = field(default_factory=Behaviour)
    url: str = ""
    at_work: int = 0
    """Requests that are not answered yet, whether or not anybody still waits."""

    def __post_init__(self) -> None:
        self.accepted = self.ledger.entries()
        self.receipts = Receipts(self.behaviour)
        self.receipts.ended.update(str(entry["id"]) for entry in self.accepted)

    @asynccontextmanager
    async def running(self, port: int = 0) -> AsyncIterator["FakeNotify"]:
        async with served(self.answer, port) as self.url:
            try:
                yield self
            finally:
                await self.receipts.stop()

    async def answer(self, request: Request) -> Answer | None:
        if request.path.startswith("/control"):
            return await self.steered(request)
        self.at_work += 1
        try:
            shapes.check_token(request.headers.get("authorization", ""), self.key)
            if request.method == "POST" and request.path in TYPES:
                return await self.sent(TYPES[request.path], request)
            if request.method == "GET" and request.path.startswith("/v2/notifications"):
                return await self.asked(request)
            raise Refused(404, "NotFound", "Not found")
        except Refused as no:
            return no.answer()
        finally:
            self.at_work -= 1

    async def sent(self, kind: str, request: Request) -> Answer | None:
        fault = self.behaviour.on_send(OF_SENDING)
        if fault in ANSWERS:
            raise Refused(*ANSWERS[fault])
        if fault == "die":
            return None
        if fault == "stall":
            await asyncio.sleep(self.behaviour.stall_seconds)
        entry = shapes.entry(kind, request.json(), listed=fault != "accept_unlisted", fate=self.behaviour.fate())
        self.ledger.add(entry)
        self.accepted.append(entry)
        self.receipts.follow(entry)
        if fault == "accept_then_stall":
            await asyncio.sleep(self.behaviour.stall_seconds)
        if fault == "accept_then_500":
            raise Refused(*ANSWERS["answer_500"])
        return None if fault == "accept_then_die" else Answer(201, shapes.created(entry, self.url, self.key))

    async def asked(self, request: Request) -> Answer | None:
        fault = self.behaviour.on_ask(OF_ASKING)
        if fault == "ask_503":
            raise Refused(*ANSWERS["answer_503"])
        if fault == "ask_die":
            return None
        if fault == "ask_stall":
            await asyncio.sleep(self.behaviour.stall_seconds)
        listed = [entry for entry in reversed(self.accepted) if entry["listed"]]
        one = request.path.removeprefix("/v2/notifications").strip("/")
        if one:
            found = [entry for entry in listed if entry["id"] == one]
            if not found:
                raise Refused(404, "NoResultFound", "No result found")
            return Answer(200, self.shown(found[0]))
        for entry in request.query.get("reference", []):
            listed = [one for one in listed if one["reference"] == entry]
        older_than = request.query.get("older_than", [""])[0]
        ids = [entry["id"] for entry in listed]
        page = listed[ids.index(older_than) + 1 if older_than in ids else 0:][:PAGE]
        return Answer(200, {"notifications": [self.shown(entry) for entry in page], "links": shapes.links(self.url, page)})

    def shown(self, entry: Entry) -> dict[str, Any]:
        return shapes.notification(entry, self.url, entry["fate"] if entry["id"] in self.receipts.ended else "sending")

    async def steered(self, request: Request) -> Answer:
        try:
            match request.method, request.path:
                case "POST", "/control/receipt":
                    return Answer(200, {"status": await self.tell(**request.json())})
                case "GET", "/control/ledger":
                    return Answer(200, self.accepted)
                case "POST", "/control":
                    self.behaviour.change(request.json(), KNOWN)
        except (TypeError, ValueError) as wrong:
            return Answer(400, {"problem": str(wrong)})
        shown = {"behaviour": self.behaviour.shown(), "counts": self.behaviour.counts, "known": KNOWN}
        return Answer(200, {**shown, "accepted": len(self.accepted), "at_work": self.at_work})

    async def tell(self, reference: str, status: str, id: str | None = None) -> int:
        """Sends this receipt now, true or not, and says with which HTTP status it was taken."""
        entry = next((entry for entry in self.accepted if entry["reference"] == reference), None)
        entry = entry or shapes.entry("sms", shapes.nobody(reference), listed=False, fate=status)
        return await self.receipts.post({**entry, "id": id or entry["id"]}, status)


async def serve(options: argparse.Namespace) -> None:
    behaviour = Behaviour(seed=options.seed)
    behaviour.change(json.loads(options.behaviour), KNOWN)
    async with FakeNotify(Ledger(options.ledger), options.key, behaviour).running(options.port) as fake:
        print(fake.url, flush=True)
        await asyncio.Event().wait()


def main(arguments: list[str]) -> None:
    reads = argparse.ArgumentParser(description="A GOV.UK Notify of our own, for tests")
    reads.add_argument("--port", type=int, default=0)
    reads.add_argument("--ledger", type=Path, required=True)
    reads.add_argument("--key", default=KEY)
    reads.add_argument("--seed", type=int, default=1)
    reads.add_argument("--behaviour", default="{}")
    asyncio.run(serve(reads.parse_args(arguments)))


if __name__ == "__main__":
    main(sys.argv[1:])
