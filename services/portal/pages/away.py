"""Days away: when a PA is not there, so that lists for those weeks know it."""
from datetime import date

from fastapi import APIRouter, Request, Response

from services.portal.clients.asking import Refused
from services.portal.clients.registry import Profile
from services.portal.domain.accounts import Role, Viewer
from services.portal.pages.desk import Desk
from services.portal.pages.profile import told
from services.portal.pages.typed import Typed

MOST = 100


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    async def mine(viewer: Viewer) -> Profile:
        return await desk.clients.registry.profile(viewer.council, viewer.account_id)

    def away_page(request: Request, profile: Profile, typed: Typed) -> Response:
        to_come = [(row, days) for row, days in enumerate(profile.away) if days.last >= desk.now().date()]
        return desk.page(request, "pa/away.html", "Days away", profile=profile, to_come=to_come, typed=typed)

    @routes.get("/week/away")
    async def show(request: Request) -> Response:
        profile = await mine(await desk.viewer(request, Role.PA))
        return away_page(request, profile, Typed.showing({"revision": profile.revision}))

    @routes.post("/week/away")
    async def add(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.PA)
        typed = await desk.form(request, viewer)
        profile = await mine(viewer)
        days = days_typed(typed, desk.now().date())
        if len(profile.away) >= MOST:
            typed.say("first", "Take some days off the list first. There is no room for more")
        if days is None or typed.wrong:
            return away_page(request, profile, typed)
        return await keep(request, viewer, profile, typed, [*spans(profile), days])

    @routes.post("/week/away/remove")
    async def remove(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.PA)
        typed = await desk.form(request, viewer)
        profile = await mine(viewer)
        left = [span for row, span in enumerate(spans(profile)) if str(row) != typed.one("row")]
        return await keep(request, viewer, profile, typed, left)

    async def keep(
        request: Request, viewer: Viewer, profile: Profile, typed: Typed, away: list[dict[str, str]]
    ) -> Response:
        try:
            await desk.clients.registry.revise(
                viewer.council, viewer.account_id, {"away": away}, typed.seen_revision
            )
        except Refused as refused:
            told(refused, typed, profile.revision)
            for name in ("chosen_name", "away"):
                if name in typed.wrong:
                    typed.say("first", typed.wrong.pop(name))
            return away_page(request, profile, typed)
        return desk.go("/week/away", "away_saved")

    return routes


def spans(profile: Profile) -> list[dict[str, str]]:
    return [{"first": days.first.isoformat(), "last": days.last.isoformat()} for days in profile.away]


def days_typed(typed: Typed, today: date) -> dict[str, str] | None:
    """One day away is typed once: the last day may be left empty. None: there is something to put right."""
    first, last = typed.day("first", "the first day"), typed.day("last", "the last day")
    if first is None:
        typed.say("first", "Write the first day you are away")
    elif last and last < first:
        typed.say("last", "The last day must not be before the first")
    elif (last or first) < today:
        typed.say("first", "Write days that are still to come")
    if typed.wrong or first is None:
        return None
    return {"first": first.isoformat(), "last": (last or first).isoformat()}
