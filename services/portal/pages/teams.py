"""A team that could cover a week together, and who could stand in while one of them is away."""
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.portal.clients.asking import NotThere, Refused
from services.portal.clients.teaming import Member, Team
from services.portal.pages.beside import cards_of, opened_list
from services.portal.pages.desk import Desk
from services.portal.pages.typed import Typed

NIGHT = "the night, as a sleep-in"
WEEK = {
    "mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday", "sat": "Saturday", "sun": "Sunday",
}  # fmt: skip
SHOWN = 10
"""Stand-ins shown for each PA; how many more there are is said."""
LENGTHS = {"1": "One day", "7": "One week", "14": "Two weeks"}


@dataclass(frozen=True)
class Row:
    """One day of a team's week: what each member does, in their order."""

    day: str
    does: tuple[tuple[str, ...], ...]


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    @routes.get("/plans/{plan_id:uuid}/team")
    async def teams(request: Request, plan_id: UUID) -> Response:
        viewer, opened = await opened_list(desk, request, plan_id)
        if opened is None:
            return desk.go(f"/plans/{plan_id}/list")
        try:
            found = await desk.clients.matcher.teams(viewer.council, plan_id)
        except (NotThere, Refused):
            return desk.go(f"/plans/{plan_id}/list")
        cards = await cards_of(desk, viewer, [one.profile_id for team in found.teams for one in team.members])
        return desk.page(
            request, "person/team.html", f"A team that could cover {'your' if opened.mine else 'their'} week", opened=opened,
            plan=opened.plan, found=found, cards=cards, rows={nth: rows(team) for nth, team in enumerate(found.teams)},
        )  # fmt: skip

    @routes.get("/plans/{plan_id:uuid}/stand-ins")
    async def stand_ins(request: Request, plan_id: UUID) -> Response:
        viewer, opened = await opened_list(desk, request, plan_id)
        if opened is None:
            return desk.go(f"/plans/{plan_id}/list")
        typed = Typed({name: request.query_params.getlist(name) for name in request.query_params})
        first = asked_from(typed, desk.now().date()) if "first-day" in typed.values else None
        found = None
        if first is not None and not typed.wrong:
            last = first + timedelta(days=int(typed.one("length")) - 1)
            try:
                found = await desk.clients.matcher.stand_ins(viewer.council, plan_id, first, last)
            except (NotThere, Refused):
                return desk.go(f"/plans/{plan_id}/list")
        people = [one.profile_id for away in found.away for one in away.stand_ins[:SHOWN]] if found else []
        cards = await cards_of(desk, viewer, [*people, *(away.profile_id for away in found.away)] if found else [])
        return desk.page(
            request, "person/stand_ins.html", "When a PA is away", opened=opened, plan=opened.plan, found=found, cards=cards,
            typed=typed, lengths=list(LENGTHS.items()), shown=SHOWN,
        )  # fmt: skip

    return routes


def rows(team: Team) -> tuple[Row, ...]:
    return tuple(Row(name, tuple(_does(member, code) for member in team.members)) for code, name in WEEK.items())


def _does(member: Member, day: str) -> tuple[str, ...]:
    """Times without their day: the row says it."""
    shifts = [shift for shift in member.shifts if shift.day == day]
    times = [shift.text.partition(", ")[2] + (" (flexible)" if shift.flexible else "") for shift in shifts]
    return (*times, *([NIGHT] if day in member.sleep_ins else []))


def asked_from(typed: Typed, today: date) -> date | None:
    """What is wrong is said on the form."""
    first = typed.day("first", "the first day")
    if first is None:
        typed.say("first", "Write the first day they are away")
    elif first < today:
        typed.say("first", "Write a first day that is today or later")
    typed.chosen("length", LENGTHS, "Choose for how long")
    return first
