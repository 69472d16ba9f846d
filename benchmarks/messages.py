"""How long from an event to a provider that has accepted, for the mixed messages of a sampled council, and how many a second.

The notifier's own store, writer and sender with PostgreSQL, all renderers, a folder, and a fake GOV.UK Notify in a process of its
own, each of whose answers takes `--provider-ms`. First messages are offered at a steady rate and each one's way is timed by the
clock, from the commit of what was heard to the commit of its acceptance; then all are there at once, for the rate. The bare loop
beside it posts text messages to the same provider, one after another, over asyncio streams: no words, database or promise.

    python -m benchmarks.messages --messages 1000 --rate 100 --provider-ms 50
"""
import argparse
import asyncio
import json
import logging
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import structlog
from pydantic import SecretStr

from benchmarks.ranking.spent import loads
from benchmarks.reconciling import opened
from benchmarks.tasks import let_go
from deploy.braille import HERE
from deploy.embedded.ports import Ports
from deploy.embedded.stack import Stack
from deploy.sample.sample import Sample
from services.notifier.api.contact_shapes import ContactOfPartyIn
from services.notifier.channels.folder import Folder
from services.notifier.channels.notify import Notify, token
from services.notifier.courier.sender import Sender
from services.notifier.courier.writer import Writer
from services.notifier.domain.lists import Standing
from services.notifier.domain.wording import Places
from services.notifier.renderers import catalogue
from services.notifier.renderers.braille import Braille
from services.notifier.renderers.letter import Letters
from services.notifier.renderers.press import Presses
from services.notifier.renderers.voice import Voice
from services.notifier.store import Store
from services.notifier.usecases.hearing import hear_list
from tests.providers.notify_shapes import KEY

COUNCIL = "leicester"
TEXT, EMAIL = UUID("f33517ff-2a88-4f6e-b855-c550268ce08a"), UUID("9d751e0e-f929-4891-82a1-a3e1c3c18ee3")
ENDED = """
SELECT m.method, m.format, m.state, extract(epoch FROM coalesce(m.handed_over_at, m.written_at) - m.asked_at) AS seconds
  FROM message m WHERE m.council = $1 AND m.state IN ('handed_over', 'task', 'dropped')
"""
LEFT = "SELECT count(*) FROM message WHERE state IN ('waiting', 'written')"


def clock() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def provider(folder: Path, milliseconds: float) -> AsyncIterator[str]:
    behaves = {"faults": {"stall": 1.0}, "stall_seconds": milliseconds / 1000, "receipts": {"lose": 1.0}}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.providers.fake_notify", "--ledger", str(folder / "notify.jsonl"),
        "--behaviour", json.dumps(behaves), stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    try:
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.terminate()
        await process.wait()


async def people(store: Store, council: str, count: int) -> list[UUID]:
    """As many as a sampled council has, with the ways its people recorded; at no time is it night for them."""
    parties = []
    sample = Sample(COUNCIL, pas=0, plans=count)
    for one in islice(sample.each_person(), count):
        said = ContactOfPartyIn.model_validate({**one.contact, "quiet_from": "00:00", "quiet_to": "00:00"})
        async with store.begin() as work:
            await work.contacts.save(said.contact(council, said.party_id), clock())
        parties.append(said.party_id)
    return parties


async def hear(store: Store, council: str, person_id: UUID) -> None:
    async with store.begin() as work:
        await hear_list(council, uuid4(), person_id, Standing(3, 17, 214, 1), revision=1, added=0, lost=0, now=clock(), work=work)


async def until_all_ended(store: Store) -> None:
    while True:
        async with store.database.transaction() as connection:
            if not await connection.fetchval(LEFT):
                return
        await asyncio.sleep(0.1)


async def ended(store: Store, council: str) -> list[dict[str, Any]]:
    async with store.database.transaction() as connection:
        return [dict(row) for row in await connection.fetch(ENDED, council)]


async def offered(store: Store, council: str, parties: list[UUID], rate: float) -> dict[str, Any]:
    began = time.perf_counter()
    heard: list[asyncio.Task[None]] = []
    for place, person_id in enumerate(parties):
        await asyncio.sleep(max(0.0, began + place / rate - time.perf_counter()))
        heard.append(asyncio.create_task(hear(store, council, person_id)))
    await asyncio.gather(*heard)
    took = time.perf_counter() - began
    await until_all_ended(store)
    rows = await ended(store, council)
    seconds = sorted(float(row["seconds"]) for row in rows if row["state"] == "handed_over")
    mixed = Counter(f"{row['method']} {row['format']}" if row["state"] == "handed_over" else row["state"] for row in rows)
    return {
        "heard_per_s": round(len(parties) / took), "handed_over": len(seconds), "mix": dict(mixed.most_common()),
        **{f"p{share * 100:g}_s": round(seconds[int(share * len(seconds))], 2) for share in (0.5, 0.99, 0.999)},
        "within_10_s_percent": round(100 * sum(one <= 10 for one in seconds) / len(seconds), 2),
    }


async def bare(url: str, count: int) -> float:
    """Text messages a second."""
    place = urlsplit(url)
    began = time.perf_counter()
    for _ in range(count):
        body = json.dumps({
            "phone_number": "07700900123", "template_id": str(TEXT), "personalisation": {"body": "x" * 150},
            "reference": str(uuid4()),
        }).encode()
        head = (
            f"POST /v2/notifications/sms HTTP/1.1\r\nHost: {place.netloc}\r\n"
            f"Authorization: Bearer {token(KEY, int(time.time()))}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        writer.write(head.encode() + body)
        answer = await reader.read()
        assert answer.startswith(b"HTTP/1.1 201"), answer[:200]
        writer.close()
    return count / (time.perf_counter() - began)


async def wants_texts(store: Store, count: int) -> None:
    council = "texts"
    said = {"kind": "person", "address_as": "Amina", "phone": "07700900123", "quiet_from": "00:00", "quiet_to": "00:00",
            "preferences": [{"method": "text", "format": "plain", "language": "en"}]}  # fmt: skip
    for _ in range(count):
        one = ContactOfPartyIn.model_validate({**said, "party_id": str(uuid4())})
        async with store.begin() as work:
            await work.contacts.save(one.contact(council, one.party_id), clock())
            await hear_list(
                council, uuid4(), one.party_id, Standing(3, 17, 214, 1), revision=1, added=0, lost=0, now=clock(), work=work
            )


@asynccontextmanager
async def at_work(store: Store, url: str, folder: Path) -> AsyncIterator[None]:
    voice, braille = Voice(folder), Braille(HERE)
    press = Presses(
        catalogue.read(), Places("Alongside", "https://portal.example", "0116 496 0123", None, "07700 900100"),
        "https://portal.example", Letters(), voice, braille,
    )
    channels = [Notify(SecretStr(KEY), url, TEXT, EMAIL, True, 10.0), Folder(folder / "outbox")]
    chores = [
        asyncio.create_task(Writer(store.begin, press, "contact team", clock).run()),
        asyncio.create_task(Sender(store.begin, store.lead, press, channels, "contact team", clock).run()),
    ]
    try:
        yield
    finally:
        await let_go(chores)
        await voice.stop()
        await braille.stop()


async def measured(count: int, rate: float, milliseconds: float) -> dict[str, Any]:
    folder = Path(tempfile.mkdtemp(prefix="alongside-bench-"))
    result: dict[str, Any] = {"messages": count, "rate": rate, "provider_ms": milliseconds}
    stack = Stack(folder, Ports.free(), services=(), durable=False, tell=lambda *_: None)
    async with stack, provider(folder, milliseconds) as url:
        store = Store(await opened(stack, "notifier"))
        try:
            parties = await people(store, "offered", count)
            await people(store, "warm", 20)
            await people(store, "at-once", count)
            async with at_work(store, url, folder):
                await offered(store, "warm", parties[:20], rate)  # whatever is done once only is done now
                before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
                result["offered"] = await offered(store, "offered", parties, rate)
                result["memory_grew_mb"] = round((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
                result["memory_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
            for person_id in parties:
                await hear(store, "at-once", person_id)
            result["at_once_per_s"] = await rate_of(store, url, folder, count)
            few = max(20, count // 5)
            result["bare_texts_per_s"] = round(await bare(url, few), 1)
            await wants_texts(store, few)
            result["our_texts_per_s"] = await rate_of(store, url, folder, few)
            result["ours_to_bare"] = round(result["our_texts_per_s"] / result["bare_texts_per_s"], 2)
        finally:
            await store.database.close()
    return result | {"load": loads()}


async def rate_of(store: Store, url: str, folder: Path, count: int) -> float:
    async with at_work(store, url, folder):
        began = time.perf_counter()
        await until_all_ended(store)
        return round(count / (time.perf_counter() - began), 1)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--messages", type=int, default=1000)
    options.add_argument("--rate", type=float, default=100.0)
    options.add_argument("--provider-ms", type=float, default=50.0)
    chosen = options.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    result = asyncio.run(measured(chosen.messages, chosen.rate, chosen.provider_ms))
    print(json.dumps(result | {"at": datetime.now(UTC).isoformat(timespec="seconds")}))


if __name__ == "__main__":
    main()
