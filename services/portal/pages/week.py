"""My week: when a PA can work, as a table to tick, or in exact words."""
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from services.portal.clients.asking import Refused
from services.portal.clients.registry import Profile
from services.portal.domain.accounts import Role
from services.portal.pages.desk import Desk
from services.portal.pages.profile import told
from services.portal.pages.typed import Typed
from services.portal.pages.wording import DAY_CODES, DAYS
from shared.vocabulary import week

HOUR = 4  # quarters
PARTS = (
    ("early", "Early", "6am to 9am", 6 * HOUR, 9 * HOUR),
    ("morning", "Morning", "9am to midday", 9 * HOUR, 12 * HOUR),
    ("afternoon", "Afternoon", "midday to 5pm", 12 * HOUR, 17 * HOUR),
    ("evening", "Evening", "5pm to 10pm", 17 * HOUR, 22 * HOUR),
    ("night", "Night", "10pm to 6am", 22 * HOUR, 6 * HOUR),
)
YES_NO = (("yes", "Yes"), ("no", "No"), ("", "I would rather not say"))


@dataclass(frozen=True, slots=True)
class Cell:
    """One part of one day: all, some or none of it."""

    name: str
    label: str
    ticked: bool
    some: str
    """Which times of it, where it is neither all nor none."""


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    @routes.get("/week")
    async def show(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.PA)
        profile = await desk.clients.registry.profile(viewer.council, viewer.account_id)
        return week_page(request, profile, as_typed(profile))

    def week_page(request: Request, profile: Profile, typed: Typed) -> Response:
        return desk.page(request, "pa/week.html", "My week", profile=profile, typed=typed, table=table(profile.week),
                         parts_of_day=PARTS, yes_no=YES_NO)

    @routes.post("/week/ticks")
    async def save_ticks(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.PA)
        typed = await desk.form(request, viewer)
        profile = await desk.clients.registry.profile(viewer.council, viewer.account_id)
        wanted = ticked(profile.week, set(typed.many("part")))
        slots = [{"day": DAY_CODES[day], "from": clock(start), "to": clock(end)} for day, start, end in week.slots(wanted)]
        return await keep(request, profile, typed, {"availability": slots})

    @routes.post("/week/words")
    async def save_words(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.PA)
        typed = await desk.form(request, viewer)
        profile = await desk.clients.registry.profile(viewer.council, viewer.account_id)
        words = typed.one("availability")
        if not words:
            typed.say("availability", "Write when you can work, like: Monday to Friday 9am to 3pm")
            return week_page(request, profile, typed)
        reading = week.week_from_words(words)
        if reading.not_understood:
            unclear = ", ".join(f"“{part}”" for part in reading.not_understood)
            typed.say("availability", f"We could not read {unclear}. Please write it another way, like: Monday 9am to 3pm")
            return week_page(request, profile, typed)
        changes: dict[str, object] = {"availability": words}
        return await keep(request, profile, typed, changes)

    @routes.post("/week/nights")
    async def save_nights(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.PA)
        typed = await desk.form(request, viewer)
        profile = await desk.clients.registry.profile(viewer.council, viewer.account_id)
        return await keep(request, profile, typed, {"sleep_ins": {"yes": True, "no": False}.get(typed.one("sleep_ins"))})

    async def keep(request: Request, profile: Profile, typed: Typed, changes: dict[str, object]) -> Response:
        viewer = request.state.viewer
        try:
            await desk.clients.registry.revise(
                viewer.council, viewer.account_id, changes, typed.seen_revision
            )
        except Refused as refused:
            told(refused, typed, profile.revision)
            if "chosen_name" in typed.wrong:  # this form has no such field: it is said beside the words
                typed.say("availability", typed.wrong.pop("chosen_name"))
            return week_page(request, profile, typed)
        return desk.go("/week", "week_saved")

    return routes


def as_typed(profile: Profile) -> Typed:
    return Typed.showing(
        {"revision": profile.revision, "availability": profile.availability_words, "sleep_ins": profile.sleep_ins}
    )


def table(digits: str) -> list[tuple[str, list[Cell]]]:
    known = week.from_hex(digits)
    rows = []
    for day, name in enumerate(DAYS):
        cells = []
        for code, label, _, start, end in PARTS:
            part = week.slot(day, start, end)
            inside = known & part
            some = week.in_words(inside) if inside and inside != part else ""
            cells.append(Cell(f"{day}-{code}", f"{name}, {label.lower()}", inside == part, some.removeprefix(f"{name} ")))
        rows.append((name, cells))
    return rows


def ticked(digits: str, names: set[str]) -> int:
    """The week as ticked. A part that was only partly free and is still not ticked stays just as it was."""
    known, wanted = week.from_hex(digits), 0
    for day in range(len(DAYS)):
        for code, _, _, start, end in PARTS:
            part = week.slot(day, start, end)
            if f"{day}-{code}" in names:
                wanted |= part
            elif known & part != part:
                wanted |= known & part
    return wanted


def clock(quarter: int) -> str:
    return f"{quarter // HOUR:02d}:{quarter % HOUR * 15:02d}"
