"""Runs everything on this machine until Ctrl-C: `make run`, or `python -m deploy.embedded`."""
import asyncio
import logging
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from deploy.embedded.postgres import Refused
from deploy.embedded.settings import Settings
from deploy.embedded.stack import EXPLAINED, Stack
from deploy.embedded.talk import Talk
from shared.runtime import environment

if TYPE_CHECKING:
    from deploy.sample.sample import Sample

STOPPED_BY_HAND = 0
DID_NOT_START = 69


async def main(settings: Settings, out: Console) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    running = asyncio.create_task(keep_running(settings, out))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait((running, stopping), return_when=asyncio.FIRST_COMPLETED)
    if not running.done():
        out.print("\nStopping. This can take a few seconds.")
        running.cancel()
    stopping.cancel()
    try:
        return await running
    except asyncio.CancelledError:
        out.print("Stopped. What was kept is still there for the next run.")
        return STOPPED_BY_HAND


async def keep_running(settings: Settings, out: Console) -> int:
    talk = Talk()
    try:
        async with Stack(settings.state, settings.ports, broker=settings.broker_kind, tell=talk) as stack:
            if settings.sample != "none":
                await fill(stack, settings.chosen_sample(), out)
            await talk.until_quiet(1.5, within=20)
            welcome(stack, settings, out)
            hopeless = await stack.until_hopeless()
            out.print(f"{hopeless} cannot run with these settings; see its lines above.")
    except EXPLAINED as problem:
        out.print(f"[bold]It did not start.[/bold] {problem}", highlight=False)
    except Refused as problem:
        out.print(f"[bold]It did not start.[/bold] {problem}. The lines above say more.", highlight=False)
    return DID_NOT_START


async def fill(stack: Stack, sample: "Sample", out: Console) -> None:
    """Put the sample council in, unless its people are there already."""
    from deploy.sample.load import is_loaded, load

    if await is_loaded(stack.urls, stack.service_key, sample):
        return
    columns = (TextColumn("[progress.description]{task.description:<12}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=out, transient=True) as progress:
        await load(stack.urls, stack.service_key, sample, shown_by(progress))


def shown_by(progress: Progress) -> Callable[[str, int, int], None]:
    bars = {}

    def show(what: str, done: int, total: int) -> None:
        if what not in bars:
            bars[what] = progress.add_task(what, total=total)
        progress.update(bars[what], completed=done, total=total)

    return show


def welcome(stack: Stack, settings: Settings, out: Console) -> None:
    out.print(
        f"""
[bold]Alongside is running.[/bold]

  Open       [bold]{stack.url("portal")}[/bold]
             and choose who to sign in as: a person, a personal assistant, a support broker, or council staff.
             Everybody in the sample is made up.

  registry   {stack.url("registry")}
  matcher    {stack.url("matcher")}
  notifier   {stack.url("notifier")}
  portal     {stack.url("portal")}
             What each can be asked is in docs/openapi, and at each one's /openapi.json.
  Kafka      {stack.kafka_servers} ({"Apache Kafka" if stack.broker.kind == "apache" else "the small try-out broker"})
  API key    in the file {settings.state / "service-key"} (send it as Authorization: Bearer …)
  data       in {settings.state}/, kept until make reset

  Ctrl-C stops everything.
""",
        highlight=False,
    )


if __name__ == "__main__":
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # it complains aloud while the broker is still starting
    logging.getLogger("httpx").setLevel(logging.WARNING)
    sys.exit(asyncio.run(main(environment.read(Settings), Console(soft_wrap=True))))
