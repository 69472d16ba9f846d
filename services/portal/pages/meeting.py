"""When and where two meet: put down, moved or called off by the person, a supporter who may, or a council worker."""
import re
from datetime import UTC, datetime, time
from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.portal.clients.asking import Refused
from services.portal.domain.accounts import Role
from services.portal.domain.days import HERE, day_of
from services.portal.pages.desk import Desk
from services.portal.pages.meetings import SHOWING
from services.portal.pages.offer import OFFERS
from services.portal.pages.on_table import OnTable, on_table
from services.portal.pages.typed import Typed
from services.portal.usecases import looking
from shared.vocabulary import clock_words

ARRANGES = {Role.PERSON: "person", Role.BROKER: "supporter", Role.STAFF: "staff"}
LONGEST_PLACE = 300
QUARTERS_A_DAY = 96
CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))? ?(?:([ap])\.?m\.?)?")


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    @routes.get("/plans/{plan_id:uuid}/meetings")
    async def of_a_plan(request: Request, plan_id: UUID) -> Response:
        viewer = await desk.viewer(request, *ARRANGES)
        async with desk.begin() as work:
            opened = await looking.open_meetings(viewer, plan_id, work, now=desk.now())
        found = await desk.clients.matcher.introductions(viewer.council, "plan_id", plan_id)
        found = tuple(sorted(found, key=lambda one: one.asked_at, reverse=True))
        cards = await desk.clients.registry.cards(viewer.council, [one.profile_id for one in found], SHOWING)
        journeys = await desk.clients.journeys.of(viewer.council, "plan_id", plan_id)
        places = await desk.clients.journeys.places(viewer.council, journeys.values())
        return desk.page(request, "person/meetings.html", "Meetings", found=found, cards=cards, journeys=journeys, places=places,
                         mine=opened.mine, plan_id=plan_id, now=desk.now(), today=day_of(desk.now()),
                         offers=viewer.role in OFFERS)

    async def form_page(request: Request, table: OnTable, typed: Typed) -> Response:
        cards = await desk.clients.registry.cards(table.viewer.council, [table.introduction.profile_id], SHOWING)
        card = cards.get(table.introduction.profile_id)
        return desk.page(request, "person/meeting.html", "When and where to meet", typed=typed, table=table,
                         name=card.chosen_name if card else None)

    async def as_it_stands(table: OnTable) -> Typed:
        meeting = table.journey.meeting if table.journey else None
        if table.journey is None or meeting is None or meeting.state == "called_off" or meeting.at <= desk.now():
            return Typed()
        places = await desk.clients.journeys.places(table.viewer.council, [table.journey])
        here = meeting.at.astimezone(HERE)
        words = places.get(meeting.place_id) if meeting.place_id else None
        return Typed.showing({"day": here.date(), "time": f"{here:%H:%M}", "place": words})

    @routes.get("/plans/{plan_id:uuid}/meetings/{introduction_id:uuid}")
    async def show(request: Request, plan_id: UUID, introduction_id: UUID) -> Response:
        viewer = await desk.viewer(request, *ARRANGES)
        table = await on_table(desk, viewer, plan_id, introduction_id)
        return await form_page(request, table, await as_it_stands(table))

    @routes.post("/plans/{plan_id:uuid}/meetings/{introduction_id:uuid}")
    async def put_down(request: Request, plan_id: UUID, introduction_id: UUID) -> Response:
        viewer = await desk.viewer(request, *ARRANGES)
        typed = await desk.form(request, viewer)
        table = await on_table(desk, viewer, plan_id, introduction_id)
        at, place = when(typed, desk.now()), where(typed)
        if at is None or typed.wrong:
            return await form_page(request, table, typed)
        council, journeys = viewer.council, desk.clients.journeys
        known = await journeys.places(council, [table.journey] if table.journey else [])
        place_id = next((one for one, words in known.items() if words == place), None)
        try:
            async with desk.begin() as work:
                await looking.may_arrange(viewer, plan_id, work, now=desk.now())
                place_id = place_id or (await journeys.keep_place(council, place)).place_id
                await journeys.arrange(council, introduction_id, at, place_id, ARRANGES[viewer.role])
        except Refused as refused:
            typed.say("day", refused.title)
            return await form_page(request, table, typed)
        return desk.go(table.back, "meeting_put_down")

    @routes.post("/plans/{plan_id:uuid}/meetings/{introduction_id:uuid}/call-off")
    async def call_off(request: Request, plan_id: UUID, introduction_id: UUID) -> Response:
        viewer = await desk.viewer(request, *ARRANGES)
        await desk.form(request, viewer)
        table = await on_table(desk, viewer, plan_id, introduction_id)
        async with desk.begin() as work:
            await looking.may_arrange(viewer, plan_id, work, now=desk.now())
            await desk.clients.journeys.call_off(viewer.council, introduction_id, ARRANGES[viewer.role])
        return desk.go(table.back, "meeting_called_off")

    @routes.post("/plans/{plan_id:uuid}/meetings/{introduction_id:uuid}/answer")
    async def answer(request: Request, plan_id: UUID, introduction_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.PERSON)
        typed = await desk.form(request, viewer)
        table = await on_table(desk, viewer, plan_id, introduction_id)
        suits = typed.one("answer") == "yes"
        await desk.clients.journeys.answer(viewer.council, introduction_id, "person", suits)
        return desk.go(table.back, "meeting_suits" if suits else "meeting_does_not_suit")

    return routes


def when(typed: Typed, now: datetime) -> datetime | None:
    """None: something is to be put right, and that is said."""
    day, clock = typed.day("day", "the day"), clock_time(typed.one("time").lower())
    if day is None:
        typed.say("day", "Write the day you will meet")
    if clock is None:
        typed.say("time", "Write the time, like 10:30am or 14:15")
    if day is None or clock is None or typed.wrong:
        return None
    at = datetime.combine(day, clock, HERE).astimezone(UTC)
    if at <= now:
        typed.say("day", "Write a day and time that are still to come")
    return at


def clock_time(typed: str) -> time | None:
    """As people write it: 10:20, 10.20am, 3 pm, noon. A bare 3 could be either half of the day."""
    if found := CLOCK.fullmatch(typed.strip()):
        hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        elif half or not found[2]:
            return None
        return time(hour, minute) if hour < 24 and minute < 60 else None
    quarter = clock_words.moment(typed)
    return time(quarter // 4, quarter % 4 * 15) if quarter is not None and quarter < QUARTERS_A_DAY else None


def where(typed: Typed) -> str:
    place = typed.one("place")
    if not place:
        typed.say("place", "Write where you will meet. You can also write that you will talk by phone")
    elif len(place) > LONGEST_PLACE:
        typed.say("place", f"Write where you will meet in at most {LONGEST_PLACE} letters")
    return place
