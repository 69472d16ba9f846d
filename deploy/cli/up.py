"""`alongside up`: everything on this machine, as `make run` does."""

import asyncio
import logging
from typing import Annotated

import typer
from rich.console import Console


def up(
    council: Annotated[str | None, typer.Option(help="The sample council to begin with, or `none`.")] = None,
    pas: Annotated[int | None, typer.Option(min=1, help="How many personal assistants it has.")] = None,
    plans: Annotated[int | None, typer.Option(min=1, help="How many support plans it has.")] = None,
) -> None:
    """Start the database, the broker and the four services here, until Ctrl-C.

    The same as `make run`. A sample council is loaded the first time; what you change is kept in var/.

    \b
    Examples:
      alongside up
      alongside up --council none
      ALONGSIDE_PORTAL_PORT=9000 alongside up
    """
    from deploy.embedded.__main__ import main
    from deploy.embedded.settings import Settings
    from shared.runtime import environment

    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # it complains aloud while the broker is still starting
    logging.getLogger("httpx").setLevel(logging.WARNING)
    said = {"sample": council, "sample_pas": pas, "sample_plans": plans}
    settings = environment.read(Settings).model_copy(update={name: value for name, value in said.items() if value is not None})
    raise typer.Exit(asyncio.run(main(settings, Console(soft_wrap=True))))
