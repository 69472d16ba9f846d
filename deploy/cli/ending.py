"""How the command ends: what each exit code means, and how it says what went wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Any, NoReturn

import httpx
import typer
from rich.console import Console

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


class Ending(IntEnum):
    """Scripts may rely on these."""

    GOOD = 0
    FAILED = 1
    """Something of ours went wrong."""
    USAGE = 2
    """A word of the command, or a file, is not right."""
    SOME_REFUSED = 3
    """What was good went in. The rest is in a file beside the one given."""
    NOT_REACHED = 4
    """A service, the broker or a database did not answer."""


EXIT_CODES = (
    "Exit codes: 0 all good · 2 the command or a file is not right · 3 some rows were refused · 4 a service was not reached."
)


def stop(code: Ending, message: str, remedy: str = "") -> NoReturn:
    err.print(f"[bold red]{message}[/]" + (f"\n{remedy}" if remedy else ""))
    raise typer.Exit(code)


@contextmanager
def plainly() -> Iterator[None]:
    """Turns what a service or the network says into words and an exit code."""
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout) as problem:
        where = f"{problem.request.url.host}:{problem.request.url.port}"
        stop(
            Ending.NOT_REACHED,
            f"Nothing answers at {where}.",
            "Is Alongside running? Start it with `alongside up`, or set ALONGSIDE_PORTAL_URL and the like.",
        )
    except httpx.TimeoutException as problem:
        stop(
            Ending.NOT_REACHED, f"{problem.request.url.host} took too long to answer.", "Try again. What went in before is kept."
        )
    except httpx.HTTPStatusError as problem:
        _refused(problem.response)


def _refused(answer: httpx.Response) -> NoReturn:
    if answer.status_code in (401, 403):
        stop(Ending.USAGE, "The service does not know this key.", "Use the key in var/service-key, or set ALONGSIDE_SERVICE_KEY.")
    try:
        problem: dict[str, Any] = answer.json()
    except ValueError:
        problem = {}
    faults = "\n".join(f"  {one['field']}: {one['problem']} {one.get('remedy', '')}" for one in problem.get("errors", ()))
    said = " ".join(part for part in (problem.get("title", ""), problem.get("detail", "")) if part)
    stop(Ending.FAILED, f"The service answered {answer.status_code}. {said}", faults)
