"""A cost on the screen: a line for each part of it, what it adds up to, who pays, and where the figures are from."""

from collections.abc import Iterator

from rich import box
from rich.table import Table

from deploy.cli.ending import out
from services.matcher.api.costs import CostOut
from shared.vocabulary.reason_params import day, hours


def show(cost: CostOut) -> None:
    out.print(f"[bold]{pounds(cost.a_week)} a week, all in[/]")
    table = Table(box=box.SIMPLE, pad_edge=False, show_header=False)
    table.add_column()
    table.add_column(justify="right", no_wrap=True)
    for line in cost.lines:
        table.add_row(line.text, pounds(line.a_year))
    table.add_section()
    for words, pence in _sums(cost):
        table.add_row(words, pounds(pence))
    out.print(table)
    if cost.budget_buys is not None:
        out.print(f"The budget buys {hours(cost.budget_buys)} hours a week, all in.")
    for note in cost.notes:
        out.print(f"• {note.text}.")
    sources = dict.fromkeys(one.source for part in (*cost.lines, *cost.notes) for one in part.figures)
    if sources:
        out.print(f"\n[dim]Figures for {day(cost.on.isoformat())}, from[/]")
        for source in sources:
            out.print(f"[dim]  {source}[/]")


def _sums(cost: CostOut) -> Iterator[tuple[str, int]]:
    allowance = cost.a_year_before_allowance - cost.a_year
    if allowance:
        yield "Employment Allowance: this much less National Insurance", -allowance
    yield "For a year", cost.a_year
    yield "For a week: a year shared out over 52 weeks", cost.a_week
    if allowance:
        yield "For a week without the allowance", cost.a_week_before_allowance
    if cost.pays.person is not None and cost.pays.council is not None:
        yield "Of that, the person pays each week", cost.pays.person
        yield "Of that, the council pays each week", cost.pays.council
    if cost.pays.over_budget:
        yield "Of that, more than the budget. Nobody has agreed to pay it yet", cost.pays.over_budget


def pounds(pence: int) -> str:
    return f"{'–' if pence < 0 else ''}£{abs(pence) / 100:,.2f}"
