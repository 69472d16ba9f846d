"""`alongside cost`: what a PA costs a week all in, with the working and the dated figures behind it, and no service running."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.costs_asked import NotClear, Said, asked_about
from deploy.cli.costs_shown import show
from deploy.cli.ending import Ending, out, stop
from deploy.cli.offline import as_known
from deploy.cli.plan_files import plan_faults_said, the_plan
from services.matcher.api.costs import cost_out
from services.matcher.domain.plan import Funding
from services.matcher.domain.profile import AgeBand
from services.matcher.domain.quote import quote_job
from services.matcher.subscribers import known


def cost(
    plan_file: Annotated[
        Path | None, typer.Argument(exists=True, dir_okay=False, metavar="[PLAN.json]", help="A plan, for what is not said.")
    ] = None,
    hours: Annotated[str | None, typer.Option(help="Hours a week, in quarters: 20 or 7.25. Left out: the plan's.")] = None,
    rate: Annotated[str | None, typer.Option(help="Pounds an hour. Left out: the most the plan can pay.")] = None,
    irregular: Annotated[bool, typer.Option("--irregular", help="Hours that change each week: holiday is rolled up.")] = False,
    age: Annotated[AgeBand, typer.Option(help="How old the PA is: the law's figures turn on it.")] = AgeBand.FROM_21,
    self_employed: Annotated[bool, typer.Option("--self-employed", help="The PA works for themselves.")] = False,
    funding: Annotated[Funding | None, typer.Option(help="Whose money it is. It says who the employer would be.")] = None,
    budget: Annotated[str | None, typer.Option(help="Pounds a week there are, to see how many hours they buy.")] = None,
    contribution: Annotated[str | None, typer.Option(help="Pounds a week the person was assessed to pay of it.")] = None,
    number: Annotated[int, typer.Option("--plan", min=1, help="Which plan of the file, if it has several.")] = 1,
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day it starts. Left out: today.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As the matcher's API answers it.")] = False,
) -> None:
    """What a PA costs a week, all in: pay, holiday, National Insurance, pension and cover, each with how it comes about.

    A rate below the minimum wage for that day and age is refused.

    \b
    Examples:
      alongside cost --hours 20 --rate 12.71
      alongside cost --hours 20 --rate 12.71 --irregular --funding direct_payment --budget 280
      alongside cost plan.json --rate 14 --json
    """
    on = day.date() if day else date.today()
    plan = None
    if plan_file:
        with plan_faults_said(plan_file):
            plan = as_known(the_plan(plan_file, number), on)
    said = Said(hours, rate, irregular, age, self_employed, funding, budget, contribution, on)
    try:
        payer, job = asked_about(said, plan)
    except NotClear as fault:
        stop(Ending.USAGE, str(fault), fault.remedy)
    found = quote_job(payer, job, known())
    if found is None:
        stop(Ending.USAGE, f"We have no figures for {job.on.isoformat()}.", "Give another --day.")
    told = cost_out(found)
    if as_json:
        out.print_json(json.dumps(told.model_dump(mode="json")))
    else:
        show(told)
