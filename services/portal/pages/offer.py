"""The work itself, for the person or a worker of the council: offered, taken back, how it goes, and its end."""
from datetime import date, timedelta
from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.portal.clients.asking import Refused
from services.portal.domain.accounts import Role, Viewer
from services.portal.pages.desk import Desk
from services.portal.pages.meetings import SHOWING
from services.portal.pages.on_table import OnTable, on_table
from services.portal.pages.times_words import times_in_words
from services.portal.pages.typed import Typed
from shared.vocabulary.week import EMPTY, to_hex, week_from_words
from shared.vocabulary.week import quarters as count

OFFERS = {Role.PERSON: "person", Role.STAFF: "staff"}
"""A supporter prepares; who works for somebody is decided by the person."""
TRIALS = (("0", "No trial"), ("2", "2 weeks"), ("4", "4 weeks"), ("8", "8 weeks"), ("12", "12 weeks"))
MOST_POUNDS = 500
FIELDS = {"starts_on": "starts", "trial_until": "trial", "quarters": "hours", "rate": "rate", "times": "times"}
EXAMPLE = "Write it like: weekdays 8am to 10am, or Saturday morning. Or leave it empty"


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()
    one = "/plans/{plan_id:uuid}/meetings/{introduction_id:uuid}"

    async def form_page(request: Request, table: OnTable, typed: Typed) -> Response:
        return desk.page(request, "person/offer.html", "Offer the work", typed=typed, table=table, trials=TRIALS,
                         name=await name_of(desk, table))

    @routes.get(f"{one}/offer")
    async def show(request: Request, plan_id: UUID, introduction_id: UUID) -> Response:
        viewer = await desk.viewer(request, *OFFERS)
        table = await on_table(desk, viewer, plan_id, introduction_id)
        return await form_page(request, table, as_it_stands(table))

    @routes.post(f"{one}/offer")
    async def offer(request: Request, plan_id: UUID, introduction_id: UUID) -> Response:
        viewer = await desk.viewer(request, *OFFERS)
        typed = await desk.form(request, viewer)
        table = await on_table(desk, viewer, plan_id, introduction_id)
        starts_on = typed.day("starts", "the first day")
        quarters = typed.hours_a_week("hours", "Write how many hours a week the work is")
        rate = typed.pence("rate", "the pay for an hour", "Write what you pay for an hour, like 13.50", most=MOST_POUNDS)
        times = times_typed(typed, quarters)
        weeks = typed.chosen("trial", dict(TRIALS), "Choose if there is a trial, and how long")
        if starts_on is None:
            typed.say("starts", "Write the first day of work")
        if starts_on is None or quarters is None or rate is None or typed.wrong:
            return await form_page(request, table, typed)
        trial_until = starts_on + timedelta(weeks=int(weeks), days=-1) if int(weeks) else None
        try:
            await desk.clients.journeys.offer(viewer.council, introduction_id, OFFERS[viewer.role], starts_on=starts_on,
                                              trial_until=trial_until, quarters=quarters, rate=rate, times=times)
        except Refused as refused:
            say_why(typed, refused)
            return await form_page(request, table, typed)
        return desk.go(table.back, "offered")

    @routes.post(f"{one}/offer/take-back")
    async def take_back(request: Request, plan_id: UUID, introduction_id: UUID) -> Response:
        viewer, _, table = await said(request, plan_id, introduction_id, *OFFERS)
        await desk.clients.journeys.say(viewer.council, introduction_id, "offer/take-back", by=OFFERS[viewer.role])
        return desk.go(table.back, "offer_taken_back")

    @routes.post(f"{one}/work/after-trial")
    async def after_trial(request: Request, plan_id: UUID, introduction_id: UUID) -> Response:
        viewer, typed, table = await said(request, plan_id, introduction_id, Role.PERSON)
        return desk.go(table.back, await say_after_trial(desk, viewer.council, introduction_id, "person", typed))

    @routes.post(f"{one}/work/going")
    async def going(request: Request, plan_id: UUID, introduction_id: UUID) -> Response:
        viewer, typed, table = await said(request, plan_id, introduction_id, Role.PERSON)
        return desk.go(table.back, await say_how(desk, viewer.council, introduction_id, "person", typed))

    @routes.get(f"{one}/work/end")
    async def last_day(request: Request, plan_id: UUID, introduction_id: UUID) -> Response:
        viewer = await desk.viewer(request, *OFFERS)
        table = await on_table(desk, viewer, plan_id, introduction_id)
        return await end_page(request, table, Typed())

    async def end_page(request: Request, table: OnTable, typed: Typed) -> Response:
        return desk.page(request, "anyone/work_end.html", "The last day of work", typed=typed, back=table.back,
                         name=await name_of(desk, table))

    @routes.post(f"{one}/work/end")
    async def end(request: Request, plan_id: UUID, introduction_id: UUID) -> Response:
        viewer, typed, table = await said(request, plan_id, introduction_id, *OFFERS)
        if not await ended(desk, viewer.council, introduction_id, OFFERS[viewer.role], typed):
            return await end_page(request, table, typed)
        return desk.go(table.back, "work_ended")

    async def said(
        request: Request, plan_id: UUID, introduction_id: UUID, *roles: Role
    ) -> tuple[Viewer, Typed, OnTable]:
        viewer = await desk.viewer(request, *roles)
        typed = await desk.form(request, viewer)
        return viewer, typed, await on_table(desk, viewer, plan_id, introduction_id)

    return routes


async def name_of(desk: Desk, table: OnTable) -> str | None:
    profile_id = table.introduction.profile_id
    cards = await desk.clients.registry.cards(table.viewer.council, [profile_id], SHOWING)
    return cards[profile_id].chosen_name if profile_id in cards else None


def as_it_stands(table: OnTable) -> Typed:
    """The offer that waits, to be changed; or the hours that were asked about, with the fixed times of the plan."""
    offer = table.offer
    if offer is None or offer.state != "made":
        wants = table.opened.plan.wants
        return Typed.showing({"hours": in_hours(wants.quarters), "times": times_in_words(wants.fixed), "trial": "0"})
    weeks = ((offer.trial_until - offer.starts_on).days + 1) // 7 if offer.trial_until else 0
    return Typed.showing({
        "starts": offer.starts_on, "hours": in_hours(offer.quarters), "times": times_in_words(offer.times),
        "rate": f"{offer.rate / 100:.2f}", "trial": str(weeks),
    })


def times_typed(typed: Typed, quarters: int | None) -> str:
    """The days and times that are fixed, as other services have a week. Nothing typed: none are."""
    words = typed.one("times")
    reading = week_from_words(words)
    if reading.not_understood or (words and reading.week == EMPTY):
        typed.say("times", f"We do not understand “{'”, “'.join(reading.not_understood or (words,))}”. {EXAMPLE}")
    elif quarters is not None and count(reading.week) > quarters:
        typed.say("times", f"These times are {in_hours(count(reading.week))} hours. Write more hours a week, or fewer times")
    return to_hex(reading.week)


def in_hours(quarters: int) -> str:
    return f"{quarters / 4:g}"


def say_why(typed: Typed, refused: Refused) -> None:
    for one in refused.errors:
        typed.say(FIELDS.get(one.field, "starts"), one.remedy)
    typed.say("starts", refused.title)


async def say_after_trial(desk: Desk, council: str, introduction_id: UUID, side: str, typed: Typed) -> str:
    goes_on = typed.one("answer") == "yes"
    await desk.clients.journeys.say(council, introduction_id, "work/after-trial", by=side, goes_on=goes_on)
    return "goes_on" if goes_on else "work_ended"


async def say_how(desk: Desk, council: str, introduction_id: UUID, side: str, typed: Typed) -> str:
    after, well = typed.one("after"), typed.one("answer") == "yes"
    await desk.clients.journeys.say(
        council, introduction_id, "work/going", by=side, after=int(after) if after.isdecimal() else 0, well=well
    )
    return "going_well" if well else "not_going_well"


async def ended(desk: Desk, council: str, introduction_id: UUID, side: str, typed: Typed) -> bool:
    """False: something is to be put right, and that is said."""
    day: date | None = typed.day("last", "the last day")
    if day is None:
        typed.say("last", "Write the last day of work")
    if day is None or typed.wrong:
        return False
    try:
        await desk.clients.journeys.say(council, introduction_id, "work/end", by=side, last_day=day.isoformat())
    except Refused as refused:
        typed.say("last", refused.title)
        return False
    return True
