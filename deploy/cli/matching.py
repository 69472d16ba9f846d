"""`alongside match`: who in a register fits a plan, best first and with the reasons, with no service running."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.ending import Ending, out, stop
from deploy.cli.import_files import Kind, NotUnderstood, source
from deploy.cli.matches_shown import show
from deploy.cli.matches_told import as_told
from deploy.cli.offline import rank_offline
from deploy.cli.plan_files import plan_faults_said, the_plan
from services.matcher.domain.placing import Group
from services.registry.api.register_csv import NotARegister


def match(
    plan_file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, metavar="PLAN.json", help="A support plan. Of several, see --plan.")
    ],
    register: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, metavar="REGISTER.csv", help="The PAs: .csv, .json or .jsonl.")
    ],
    number: Annotated[int, typer.Option("--plan", min=1, help="Which plan of the file, if it has several.")] = 1,
    most: Annotated[int, typer.Option(min=0, help="How many of each group to show. Nobody is left out of --json.")] = 5,
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As of this day. Left out: today.")] = None,
    group: Annotated[Group | None, typer.Option(help="Only these people. Left out: everybody.")] = None,
    wonder: Annotated[bool, typer.Option("--what-if", help="Say too what would bring more people, exactly counted.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The whole list as JSON.")] = False,
) -> None:
    """Rank a register for one plan, here and now: nothing is sent anywhere and nothing is kept.

    The words are read and the rules applied exactly as the services do it.

    \b
    Examples:
      alongside match plan.json register.csv
      alongside match plan.json register.csv --group near --what-if
      alongside match plans.jsonl profiles.jsonl --plan 3 --json
    """
    plan = the_plan(plan_file, number)
    try:
        with plan_faults_said(plan_file):
            ranked = rank_offline(plan, source(register, Kind.REGISTER), day.date() if day else date.today())
    except (NotUnderstood, NotARegister) as problem:
        stop(Ending.USAGE, str(problem))
    groups = (group,) if group else tuple(Group)
    found = ranked.what_if() if wonder else None
    if as_json:
        out.print_json(json.dumps(as_told(ranked, groups, found)))
    else:
        show(plan, ranked, groups, most, found)
    if ranked.refused:
        raise typer.Exit(Ending.SOME_REFUSED)
