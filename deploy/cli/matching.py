"""`alongside match`: who in a register fits a plan, best first and with the reasons, with no service running."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from deploy.cli.ending import Ending, err, out, stop
from deploy.cli.import_files import Kind, NotUnderstood, source
from deploy.cli.offline import Ranked, rank_offline
from deploy.cli.plan_files import NotAPlanFile, plans_in
from services.matcher.domain.finding import Met, Reason
from services.matcher.domain.placing import Group, Placement
from services.matcher.domain.what_if import Outcome
from services.portal.domain.plan import PlanRefused
from services.registry.api.register_csv import NotARegister
from shared.vocabulary.reason_params import miles
from shared.vocabulary.reasons import english
from shared.vocabulary.what_ifs import what_if

_MARKS = {Met.YES: "[green]✓[/]", Met.NO: "[red]✗[/]", Met.UNKNOWN: "[yellow]?[/]"}
_HEADED = {
    Group.FITTING: "Fit everything you must have",
    Group.NEAR: "Nearly fit",
    Group.OTHERS: "Everybody else",
}


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
    counting: Annotated[bool, typer.Option("--what-if", help="Also count what could bring more people.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The whole list as JSON.")] = False,
) -> None:
    """Rank a register for one plan, here and now: nothing is sent anywhere and nothing is kept.

    The words are read and the rules applied exactly as the services do it.

    \b
    Examples:
      alongside match plan.json register.csv
      alongside match plan.json register.csv --what-if
      alongside match plans.jsonl profiles.jsonl --plan 3 --json
    """
    try:
        plans = plans_in(plan_file)
        if number > len(plans):
            stop(Ending.USAGE, f"{plan_file.name} holds {len(plans)} plans, so there is no number {number}.")
        on = day.date() if day else date.today()
        ranked = rank_offline(plans[number - 1], source(register, Kind.REGISTER), on, counting=counting)
    except (NotAPlanFile, NotUnderstood, NotARegister) as problem:
        stop(Ending.USAGE, str(problem))
    except ValidationError as invalid:
        faults = "\n".join(f"  {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in invalid.errors(include_input=False))
        stop(Ending.USAGE, f"{plan_file.name} is not a support plan:", faults)
    except PlanRefused as refused:
        faults = "\n".join(f"  {one.field}: {one.problem} {one.remedy}" for one in refused.errors)
        stop(Ending.USAGE, "The plan cannot be used yet:", faults)
    if as_json:
        out.print_json(json.dumps(_as_json(ranked)))
    else:
        _show(plans[number - 1], ranked, most)
    if ranked.refused:
        raise typer.Exit(Ending.SOME_REFUSED)


def _show(plan: dict[str, Any], ranked: Ranked, most: int) -> None:
    title = plan.get("title") or f"plan {plan['source_id']}"
    everybody = ranked.ranking.placements
    if words := plan.get("own_words"):
        out.print(Panel(Text(words), title=title, title_align="left", border_style="dim"))
    else:
        out.print(f"[bold]{title}[/]")
    for question in ranked.asked:
        near = " or ".join(one.label for one in question.suggestions)
        out.print(
            f"[yellow]?[/] {question.field}: not sure what “{question.typed}” means. {f'Did you mean {near}?' if near else ''}"
        )
    rank = 1
    for group in Group:
        placed = ranked.ranking.of(group)
        out.print(f"\n[bold]{_HEADED[group]}: {len(placed)} of {len(everybody)}[/]")
        for placement in placed[:most]:
            out.print(_card(rank, placement, ranked.names[placement.profile_id]))
            rank += 1
        if len(placed) > most:
            out.print(f"   [dim]and {len(placed) - most} more: --most {len(placed)} shows them all[/]")
            rank += len(placed) - most
    if ranked.what_if:
        out.print("\n[bold]What could bring more people[/]")
        bring_more = [said_of(one) for one in (ranked.what_if.best, ranked.what_if.best_pair) if one]
        for sentence in bring_more or ["No one thing by itself would bring more people, just now."]:
            out.print(f"   {sentence}")
    if ranked.refused:
        err.print(f"\n[red]{len(ranked.refused)} rows of the register could not be read, and are not in the list:[/]")
        for row, errors in ranked.refused[:5]:
            err.print(f"   row {row}: {errors[0].field}: {errors[0].problem} {errors[0].remedy}")


def _card(rank: int, placement: Placement, name: str) -> Table:
    card = Table.grid(padding=(0, 1))
    card.add_column(justify="right", width=4)
    card.add_column(style="dim", width=9)
    card.add_column()
    covers = "" if placement.coverage is None else f" · {placement.coverage // 10_000}% of the times"
    card.add_row(
        f"[bold]{rank}[/]", "", f"[bold]{name}[/]  {placement.score / 10_000:.0f} of 100 · {miles(placement.distance_m)}{covers}"
    )
    always = [reason for reason in placement.unmet if reason not in placement.reasons]
    for reason in always:
        card.add_row("", "always", f"{_MARKS[reason.met]} {_said(reason)}")
    for reason in placement.reasons:
        card.add_row("", reason.strength.value, f"{_MARKS[reason.met]} {_said(reason)}")
    return card


def said_of(outcome: Outcome) -> str:
    return what_if([(step.kind.value, dict(step.params)) for step in outcome.steps], outcome.more, outcome.fewer)


def _said(reason: Reason) -> str:
    return english(reason.code, dict(reason.params))


def _as_json(ranked: Ranked) -> dict[str, Any]:
    ranking = ranked.ranking
    return {
        "counts": {group.value: len(ranking.of(group)) for group in Group} | {"in_scope": len(ranking.placements)},
        "asked": [
            {"field": one.field, "typed": one.typed, "suggestions": [near.label for near in one.suggestions]}
            for one in ranked.asked
        ],
        "refused": [
            {"row": row, "errors": [{"field": one.field, "problem": one.problem, "remedy": one.remedy} for one in errors]}
            for row, errors in ranked.refused
        ],
        "items": [_item(rank, one, ranked.names[one.profile_id]) for rank, one in enumerate(ranking.placements, start=1)],
        **({"what_if": [_outcome(one) for one in ranked.what_if.singles]} if ranked.what_if else {}),
    }


def _outcome(one: Outcome) -> dict[str, Any]:
    return {"steps": [step.kind.value for step in one.steps], "more": one.more, "fewer": one.fewer, "text": said_of(one)}


def _item(rank: int, placement: Placement, name: str) -> dict[str, Any]:
    return {
        "rank": rank,
        "name": name,
        "profile_id": str(placement.profile_id),
        "group": placement.group.value,
        "score": placement.score,
        "distance_m": placement.distance_m,
        "coverage": placement.coverage,
        "unmet": [_reason(one) for one in placement.unmet],
        "reasons": [_reason(one) for one in placement.reasons],
    }


def _reason(one: Reason) -> dict[str, str]:
    return {
        "criterion": one.criterion.value,
        "strength": one.strength.value,
        "code": one.code,
        "met": one.met.value,
        "text": _said(one),
    }
