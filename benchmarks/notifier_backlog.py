"""A notifier that was away comes back to a long backlog: its memory, how long it takes, and whether its promises still hold.

    python -m benchmarks.notifier_backlog --events 100000 --people 1000
    BROKER=kafka python -m benchmarks.notifier_backlog

While it works through what piled up, one person in ten says stop. By the provider's own ledger nobody may be told twice, and
nobody anything after their stop was confirmed. The memory is that of the whole notifier, beside the same before the backlog.
"""
import argparse
import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import psutil

from benchmarks.reliability import measure
from tests.faults.bureau import Bureau, a_bureau, phone_of
from tests.faults.city import accepted_in
from tests.faults.telling_again import publish
from tests.faults.world import Ground, open_to

ON_RECORD = "SELECT count(*) FROM inbox"
STOPS_AMONG = 10
STOPS_EVERY = 0.3  # seconds


async def notifier_backlog(ground: Ground, folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    async with a_bureau(ground, folder) as bureau:
        await bureau.record(await bureau.start("1", []), options.people)
        before = memory(bureau)
        await bureau.running.pop().stop()
        revisions = options.events // options.people
        await publish(
            ground.stack.kafka_servers,
            (bureau.list_of(person, nth + 1) for nth in range(revisions) for person in bureau.people),
        )
        began, most = time.monotonic(), before
        stopping = asyncio.create_task(stops(bureau, await bureau.start("1", [])))
        caught_up = 0.0
        while not (caught_up and stopping.done() and await bureau.told_everybody()):
            most = max(most, memory(bureau))
            if not caught_up and await heard(bureau) >= revisions * options.people:
                caught_up = time.monotonic() - began
            await asyncio.sleep(0.2)
        against, accepted = await bureau.against(), accepted_in(bureau.ledger)
        against += told_after(await stopping, accepted)
    events = revisions * options.people
    return {
        "what": "notifier-backlog", "events": events, "people": options.people, "s": round(caught_up, 1),
        "per_s": round(events / caught_up), "before_MiB": before, "most_MiB": most, "ratio": round(most / before, 2),
        "texts": len(accepted), "stopped": len(stopping.result()), "complaints": len(against), "first": against[:2],
    }


async def stops(bureau: Bureau, url: str) -> dict[str, datetime]:
    """One person in ten, one after another; when each stop was confirmed, by the number it was about."""
    confirmed = {}
    headers = {"Authorization": f"Bearer {bureau.ground.stack.service_key}"}
    async with httpx.AsyncClient(headers=headers, timeout=20) as client:
        for nth in range(0, len(bureau.people), STOPS_AMONG):
            while True:
                try:
                    answer = await client.post(f"{url}/councils/{bureau.council}/parties/{bureau.people[nth]}/stop")
                    if answer.status_code == 200:
                        break
                except httpx.HTTPError:
                    pass
                await asyncio.sleep(0.1)
            confirmed[phone_of(nth)] = datetime.now(UTC)
            await asyncio.sleep(STOPS_EVERY)
    return confirmed


def told_after(confirmed: dict[str, datetime], accepted: list[dict[str, Any]]) -> list[str]:
    late = [one for one in accepted if one["to"] in confirmed and datetime.fromisoformat(one["at"]) > confirmed[one["to"]]]
    return [f"{one['reference']} was accepted after a stop" for one in late]


async def heard(bureau: Bureau) -> int:
    async with open_to(bureau.superuser) as notifier:
        return int(await notifier.fetchval(ON_RECORD))


def memory(bureau: Bureau) -> int:
    """MiB, resident."""
    child = bureau.running[-1].child if bureau.running else None
    return round(psutil.Process(child.pid).memory_info().rss / 2**20) if child and psutil.pid_exists(child.pid) else 0


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--events", type=int, default=100_000)
    arguments.add_argument("--people", type=int, default=1_000, help="at most 1,000, for so many numbers are kept for stories")
    asyncio.run(measure(notifier_backlog, arguments.parse_args()))


if __name__ == "__main__":
    main()
