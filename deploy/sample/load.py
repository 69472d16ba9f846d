"""A sample put into running services, over the same HTTP that any council system would use."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from itertools import islice
from typing import Any

import httpx

from deploy.sample.sample import Body, Sample

Progress = Callable[[str, int, int], None]
"""Told as it goes: what is being loaded ("profiles"), how many are done, of how many."""

AT_ONCE = 200
"""Rows in one request: a second or two of work, so that progress is seen and no request times out."""
SIDE_BY_SIDE = 8


class NotLoaded(Exception):
    """A service would not take part of the sample. The message says which part, and why."""


async def load(base_urls: Mapping[str, str], key: str, sample: Sample, progress: Progress) -> None:
    """`base_urls`: registry, notifier and portal -> "http://127.0.0.1:8001". Loading the same sample again changes nothing.

    Plans come last, so that everybody is there when the first lists are made and told.
    """
    counts = sample.counts()
    council = f"councils/{sample.council}"
    async with _client(key) as client:
        registry, notifier, portal = base_urls["registry"], base_urls["notifier"], f"{base_urls['portal']}/api"

        async def in_chunks(what: str, url: str, rows: Iterable[Body]) -> None:
            done = 0
            for chunk in chunks(rows, AT_ONCE):
                _nothing_refused(what, await _post(client, what, url, chunk))
                done += len(chunk)
                progress(what, done, counts[what])

        await in_chunks("profiles", f"{registry}/{council}/profiles/bulk", sample.profiles())
        await in_chunks("contacts", f"{notifier}/{council}/contacts/bulk", sample.contacts())
        await in_chunks("accounts", f"{portal}/{council}/accounts/bulk", sample.accounts())
        done = 0
        for some in chunks(sample.supporters(), SIDE_BY_SIDE):
            await asyncio.gather(*(_post(client, "supporters", f"{portal}/{council}/supporters", one) for one in some))
            done += len(some)
            progress("supporters", done, counts["supporters"])
        await in_chunks("plans", f"{portal}/{council}/plans/bulk", sample.support_plans())


async def is_loaded(base_urls: Mapping[str, str], key: str, sample: Sample) -> bool:
    """Whether as many PAs and plans are there as this sample has: then leave it, so that what was changed by hand stays."""
    async with _client(key) as client:
        council = f"councils/{sample.council}"
        profiles = await _total(client, f"{base_urls['registry']}/{council}/profiles")
        plans = await _total(client, f"{base_urls['portal']}/api/{council}/plans")
    return profiles >= sample.pas and plans >= sample.plans


def chunks(rows: Iterable[Body], size: int) -> Iterator[list[Body]]:
    left = iter(rows)
    while some := list(islice(left, size)):
        yield some


@asynccontextmanager
async def _client(key: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(timeout=60, headers={"Authorization": f"Bearer {key}"}) as client:
        yield client


async def _post(client: httpx.AsyncClient, what: str, url: str, body: Any) -> Any:
    answer = await client.post(url, json=body)
    if answer.is_error:
        raise NotLoaded(f"The {what} were not taken: the service answered {answer.status_code}. {_in_short(answer)}")
    return answer.json()


async def _total(client: httpx.AsyncClient, url: str) -> int:
    answer = await client.get(url, params={"size": 1})
    answer.raise_for_status()
    return int(answer.json()["total"])


def _nothing_refused(what: str, report: Any) -> None:
    """A sample is all good rows, so one refused row means that the generator and a service no longer agree."""
    if isinstance(report, dict):
        refused = report.get("refused") or [row for row in report.get("rows", ()) if row.get("outcome") == "refused"]
        if refused:
            raise NotLoaded(f"{len(refused)} of the {what} were refused, the first for: {_faults(refused[0])}")


def _in_short(answer: httpx.Response) -> str:
    try:
        problem = answer.json()
    except ValueError:
        return ""
    return _faults(problem) or str(problem.get("title", ""))


def _faults(row: Mapping[str, Any]) -> str:
    return "; ".join(f"{one.get('field')}: {one.get('problem')}" for one in row.get("errors", ())[:3])
