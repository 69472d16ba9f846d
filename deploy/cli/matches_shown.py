"""A ranked register on the screen: each group best first, a card for each PA, and what could not be read."""

from collections.abc import Sequence
from typing import Any

from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from deploy.cli.costs_shown import pounds
from deploy.cli.ending import err, out
from deploy.cli.matches_told import in_words, said
from deploy.cli.offline import Ranked
from services.matcher.domain.finding import Met
from services.matcher.domain.placing import Group, Placement
from services.matcher.domain.quote import Quote
from services.matcher.domain.relaxing import Kind
from services.matcher.domain.what_if import Outcome, WhatIf
from shared.vocabulary.reason_params import hours, miles

FAULTY_ROWS = 10

_MARKS = {Met.YES: "[green]✓[/]", Met.NO: "[red]✗[/]", Met.UNKNOWN: "[yellow]?[/]"}
_HEADED = {
    Group.FITTING: "Fit everything you must have",
    Group.NEAR: "Nearly fit",
    Group.OTHERS: "Everybody else",
}


def show(plan: dict[str, Any], ranked: Ranked, groups: Sequence[Group], most: int, found: WhatIf | None) -> None:
    title = escape(plan.get("title") or f"plan {plan['source_id']}")
    everybody = ranked.ranking.placements
    if words := plan.get("own_words"):
        out.print(Panel(Text(words), title=title, title_align="left", border_style="dim"))
    else:
        out.print(f"[bold]{title}[/]")
    for question in ranked.asked:
        near = " or ".join(one.label for one in question.suggestions)
        out.print(
            f"[yellow]?[/] {question.field}: not sure what “{escape(question.typed)}” means. "
            f"{f'Did you mean {near}?' if near else ''}"
        )
    ranks = {placement.profile_id: rank for rank, placement in enumerate(everybody, start=1)}
    for group in groups:
        placed = ranked.ranking.of(group)
        out.print(f"\n[bold]{_HEADED[group]}: {len(placed)} of {len(everybody)}[/]")
        for placement in placed[:most]:
            out.print(_card(ranks[placement.profile_id], placement, ranked))
        if len(placed) > most:
            out.print(f"   [dim]and {len(placed) - most} more: --most {len(placed)} shows them all[/]")
    if found is not None:
        _wondered(found)
    _what_was_not_read(ranked)


def _wondered(found: WhatIf) -> None:
    out.print("\n[bold]What could bring more people[/]")
    brings = sorted((one for one in found.singles if one.gain > 0), key=lambda one: (_lawful(one), -one.gain))
    for one in brings:
        out.print(f"   {in_words(one)}")
    if not brings:
        out.print("   Nothing that we can count would, by itself.")
    if found.best_pair is not None:
        out.print(f"   Both together: {in_words(found.best_pair)}")


def _lawful(one: Outcome) -> bool:
    """A must with a lawful reason is counted, and never put forward: it comes last."""
    return any(step.kind is Kind.SOFTER_LAWFUL for step in one.steps)


def _what_was_not_read(ranked: Ranked) -> None:
    if ranked.refused:
        err.print(f"\n[red]{len(ranked.refused)} rows of the register could not be read, and are not in the list:[/]")
        for row in ranked.refused[:FAULTY_ROWS]:
            for column, fault in row.faults:
                err.print(f"   row {row.number}, column “{escape(column)}”: {escape(f'{fault.problem} {fault.remedy}')}")
        if len(ranked.refused) > FAULTY_ROWS:
            err.print(f"   and {len(ranked.refused) - FAULTY_ROWS} more rows: --json shows them all")
    if ranked.not_read:
        err.print(f"[dim]Columns that we do not know, and did not read: {escape(', '.join(ranked.not_read))}[/]")


def _card(rank: int, placement: Placement, ranked: Ranked) -> Table:
    name, quote = escape(ranked.names[placement.profile_id]), ranked.quotes[placement.profile_id]
    card = Table.grid(padding=(0, 1))
    card.add_column(justify="right", width=4)
    card.add_column(style="dim", width=9)
    card.add_column()
    covers = "" if placement.coverage is None else f" · {placement.coverage // 10_000}% of the times"
    card.add_row(
        f"[bold]{rank}[/]", "", f"[bold]{name}[/]  {placement.score / 10_000:.0f} of 100 · {miles(placement.distance_m)}{covers}"
    )
    card.add_row("", "cost", _cost(quote) if quote else "Not known. Please ask")
    always = [reason for reason in placement.unmet if reason not in placement.reasons]
    for reason in always:
        card.add_row("", "always", f"{_MARKS[reason.met]} {said(reason)}")
    for reason in placement.reasons:
        card.add_row("", reason.strength.value, f"{_MARKS[reason.met]} {said(reason)}")
    return card


def _cost(quote: Quote) -> str:
    buys = "" if quote.buys is None else f" · the budget buys {hours(quote.buys)} hours"
    return f"{pounds(quote.a_week)} a week, all in, at {pounds(quote.cost.job.rate)} an hour{buys}"
