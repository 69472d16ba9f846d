"""My profile: what people see of a PA, and changing any of it."""
from typing import Any

from fastapi import APIRouter, Request, Response

from services.portal.clients.asking import Refused
from services.portal.clients.registry import Profile, Said
from services.portal.domain.accounts import Role
from services.portal.pages.desk import Desk
from services.portal.pages.typed import Typed
from services.portal.pages.wording import AGES, EMPLOYMENTS, TRAVELS

LISTS = ("practices", "skills", "interests", "tasks")
PRIVATE = (("faith", "My faith"), ("culture", "My culture"), ("sex", "That I am a woman, or a man"))
NOT_SAID = ("", "I would rather not say")
YES_NO = (("yes", "Yes"), ("no", "No"), NOT_SAID)
CHANGED_MEANWHILE = 412
SMOKES = "smokes"  # a habit of their own, kept beside what they are fine with


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    @routes.get("/profile")
    async def mine(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.PA)
        profile = await desk.clients.registry.profile(viewer.council, viewer.account_id)
        return desk.page(request, "pa/profile.html", "My profile", profile=profile, typed=Typed(), private=PRIVATE)

    @routes.get("/profile/change")
    async def change(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.PA)
        profile = await desk.clients.registry.profile(viewer.council, viewer.account_id)
        return form_page(request, as_typed(profile))

    def form_page(request: Request, typed: Typed) -> Response:
        return desk.page(request, "pa/change_profile.html", "Change my profile", typed=typed, travels=list(TRAVELS.items()),
                         private=PRIVATE, yes_no=YES_NO, employments=[*EMPLOYMENTS.items(), NOT_SAID],
                         ages=[*AGES.items(), NOT_SAID])

    @routes.post("/profile/change")
    async def save(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.PA)
        typed = await desk.form(request, viewer)
        changes = changes_typed(typed)
        if changes is None:
            return form_page(request, typed)
        before = await desk.clients.registry.profile(viewer.council, viewer.account_id)
        shown = as_typed(before)
        # Only what was really changed is sent: what the form did not touch keeps its dates and its answers.
        touched = {name: value for name, value in changes.items() if not same(typed, shown, name)}
        if not touched:
            return desk.go("/profile", "plan_same")
        try:
            await desk.clients.registry.revise(
                viewer.council, viewer.account_id, touched, typed.seen_revision
            )
        except Refused as refused:
            return form_page(request, told(refused, typed, before.revision))
        return desk.go("/profile", "profile_saved")

    @routes.post("/profile/question")
    async def answer_question(request: Request) -> Response:
        """What a word we did not know means. No choice: leave the word out."""
        viewer = await desk.viewer(request, Role.PA)
        typed = await desk.form(request, viewer)
        number, code = typed.one("number"), typed.one("code") or None
        if number.isascii() and number.isdigit():
            await desk.clients.registry.answer_question(viewer.council, viewer.account_id, int(number), code)
        return desk.go("/profile", "question_answered" if code else "word_left_out")

    @routes.post("/profile/pause")
    async def pause(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.PA)
        typed = await desk.form(request, viewer)
        until = typed.day("until", "the day you come back")
        if until and until <= desk.now().date():
            typed.say("until", "Write a day that is still to come")
        if typed.wrong:
            profile = await desk.clients.registry.profile(viewer.council, viewer.account_id)
            return desk.page(request, "pa/profile.html", "My profile", profile=profile, typed=typed, private=PRIVATE)
        await desk.clients.registry.pause(viewer.council, viewer.account_id, until)
        return desk.go("/profile", "paused")

    @routes.post("/profile/resume")
    async def resume(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.PA)
        await desk.form(request, viewer)
        await desk.clients.registry.resume(viewer.council, viewer.account_id)
        return desk.go("/profile", "resumed")

    @routes.post("/profile/confirm")
    async def confirm(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.PA)
        await desk.form(request, viewer)
        await desk.clients.registry.confirm(viewer.council, viewer.account_id)
        return desk.go("/profile", "confirmed")

    return routes


def said_in(profile: Profile, name: str) -> list[Said]:
    claims: tuple[Said, ...] = getattr(profile, name, ())
    return [one for one in claims if isinstance(one, Said) and one.has]


def in_words(one: Said) -> str:
    """As the registry reads it back: 'First aid (until 31/03/2027)'."""
    return f"{one.label or one.code}{f' (until {one.until:%d/%m/%Y})' if one.until else ''}"


def as_typed(profile: Profile) -> Typed:
    limits: dict[bool, list[str]] = {True: [], False: []}
    for one in (one for one in profile.limits if one.code != SMOKES):
        limits[one.has].append(one.label or one.code)
    return Typed.showing(
        {
            "revision": profile.revision,
            "chosen_name": profile.chosen_name,
            "about_me": profile.about_me,
            "postcode": profile.postcode or profile.outcode,
            "travel": profile.travel,
            "furthest_miles": plain(profile.furthest_miles),
            **{name: ", ".join(in_words(one) for one in said_in(profile, name)) for name in LISTS},
            "will_not_do": ", ".join(one.label or one.code for one in profile.tasks if not one.has),
            "fine_with": ", ".join(limits[True]),
            "cannot_be_with": ", ".join(limits[False]),
            "hours_least": plain(profile.hours_least),
            "hours_most": plain(profile.hours_most),
            "rate": f"{profile.rate:.2f}" if profile.rate is not None else None,
            "employment": profile.employment or "",
            "age_band": profile.age_band or "",
            "smokes": profile.smokes,
            "short_notice": profile.short_notice,
            "few_people": profile.few_people,
            "faith": profile.faith,
            "culture": profile.culture,
            "sex": profile.sex,
            "consents": profile.consents,
        }
    )


def plain(number: float | None) -> str | None:
    return None if number is None else f"{number:g}"


def changes_typed(typed: Typed) -> dict[str, Any] | None:
    """In the shape of the registry's profile. None: there is something to put right."""
    if not typed.one("chosen_name"):
        typed.say("chosen_name", "Write the name people should call you")
    if not typed.one("postcode"):
        typed.say("postcode", "Write the first part of your postcode, like LE5 3")
    travel = typed.chosen("travel", TRAVELS, "Choose how you travel")
    furthest = typed.number("furthest_miles", "how many miles", most=200)
    least = typed.number("hours_least", "the fewest hours", most=168)
    most = typed.number("hours_most", "the most hours", most=168)
    rate = typed.number("rate", "your pay an hour", most=500)
    if least is not None and most is not None and least > most:
        typed.say("hours_most", "The most hours must not be less than the fewest")
    for name, label in PRIVATE:
        if name in typed.many("consents") and not typed.one(name):
            typed.say(name, f"Write it, or take the tick off “{label}”")
    if typed.wrong:
        return None
    tri = {"yes": True, "no": False}
    changes: dict[str, Any] = {
        "chosen_name": typed.one("chosen_name"),
        "about_me": typed.one("about_me"),
        "postcode": typed.one("postcode"),
        "travel": travel,
        "furthest_miles": None if furthest is None else str(furthest),
        **{name: typed.one(name) for name in (*LISTS, "will_not_do", "fine_with", "cannot_be_with")},
        "hours_least": None if least is None else str(least),
        "hours_most": None if most is None else str(most),
        "rate": None if rate is None else str(rate),
        "employment": typed.one("employment") if typed.one("employment") in EMPLOYMENTS else None,
        "age_band": typed.one("age_band") if typed.one("age_band") in AGES else None,
        "smokes": tri.get(typed.one("smokes")),
        "short_notice": tri.get(typed.one("short_notice")),
        "few_people": tri.get(typed.one("few_people")),
        **{name: typed.one(name) or None for name, _ in PRIVATE},
        "consents": [name for name, _ in PRIVATE if name in typed.many("consents")],
    }
    return changes


def same(typed: Typed, shown: Typed, name: str) -> bool:
    if name == "consents":
        return set(typed.many(name)) == set(shown.many(name))
    return typed.one(name) == shown.one(name)


def told(refused: Refused, typed: Typed, revision: int) -> Typed:
    """The registry's refusal beside the fields it is about. Raises it where it is about none of them."""
    if refused.status == CHANGED_MEANWHILE:
        typed.say("chosen_name", "Your profile was changed in another place meanwhile. Look at what you typed, then save again")
        typed.values["revision"] = [str(revision)]
        return typed
    for one in refused.errors:
        typed.say(one.field.split(".")[0].split("[")[0], one.in_words)
    if not typed.wrong:
        raise refused
    return typed
