"""How I am told things: by what road, in what form, in what language, in what size; and stop."""
from typing import Any

from fastapi import APIRouter, Request, Response

from services.portal.clients.asking import NotThere, Refused
from services.portal.clients.notifier import Contact
from services.portal.domain.accounts import Role, Viewer
from services.portal.pages import contact_safety
from services.portal.pages.contact_safety import TOPICS, needs_offered
from services.portal.pages.desk import Desk
from services.portal.pages.typed import Typed
from services.portal.pages.wording import FORMATS, METHODS
from services.portal.usecases import supporters
from services.portal.usecases.supporters import Beside
from shared.vocabulary.terms import Kind, terms

SIZES = tuple(str(points) for points in range(16, 29, 2))
MEANWHILE = "This was changed in another place meanwhile. What you typed is here. Look through it, then save again"
WAYS = (("first", "First"), ("second", "If that does not work"), ("third", "If that does not work either"))
LIST_NEWS = (
    ("at_once", "As soon as it changes, up to three times a day"),
    ("daily", "Once a day at most"),
    ("weekly", "Once a week at most"),
)
NEEDS = {
    "text": ("phone", "Write your phone number, so that we can text you"),
    "phone": ("phone", "Write your phone number, so that we can ring you"),
    "email": ("email", "Write your email address, so that we can email you"),
    "letter": ("postal_address", "Write your address, so that we can send a letter"),
    "visit": ("postal_address", "Write your address, so that somebody can visit you"),
}


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    async def contact_of(viewer: Viewer) -> Contact | None:
        try:
            return await desk.clients.notifier.contact(viewer.council, viewer.account_id)
        except NotThere:
            return None

    async def beside(viewer: Viewer) -> list[Beside]:
        """Who is let in beside this person, so that they may be told too."""
        if viewer.role is not Role.PERSON:
            return []
        async with desk.begin() as work:
            return [one for one in await supporters.supporters_of(viewer, work, now=desk.now()) if one.holds]

    async def form_page(request: Request, viewer: Viewer, contact: Contact | None, typed: Typed) -> Response:
        known = sorted(((one.code, one.label) for one in terms(Kind.LANGUAGE).values()), key=lambda one: one[1].casefold())
        languages = [("", "Choose a language"), *known]
        return desk.page(request, "anyone/contact.html", "How I am told things", contact=contact, typed=typed, ways=WAYS,
                         methods=list(METHODS.items()), formats=list(FORMATS.items()), languages=languages,
                         never=list(METHODS.items()), is_pa=viewer.role is Role.PA,
                         list_news=LIST_NEWS if viewer.role is Role.PERSON else (),
                         needs=needs_offered(), beside=await beside(viewer), topics=TOPICS, today=desk.now().date(),
                         sizes=[(size, f"{size} point") for size in SIZES])

    @routes.get("/contact")
    async def show(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.PERSON, Role.PA, Role.BROKER)
        contact = await contact_of(viewer)
        return await form_page(request, viewer, contact, as_typed(contact, viewer))

    @routes.post("/contact")
    async def save(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.PERSON, Role.PA, Role.BROKER)
        typed = await desk.form(request, viewer)
        before = await contact_of(viewer)
        safety = contact_safety.typed_in(typed, await beside(viewer))
        wanted = contact_typed(typed)
        if wanted is None:
            return await form_page(request, viewer, before, typed)
        kind = "supporter" if viewer.role is Role.BROKER else viewer.role.value
        wanted |= {"kind": kind, "stopped": bool(before and before.stopped), "confirmed_on": desk.now().date().isoformat()}
        wanted |= safety
        if (seen := typed.one("version")).isdigit():
            wanted["version"] = int(seen[:9])
        if viewer.role is Role.PA:
            wanted["hear_of_gaps"] = typed.one("hear_of_gaps") == "yes"
        if viewer.role is Role.PERSON and typed.one("list_news") in dict(LIST_NEWS):
            wanted["list_news"] = typed.one("list_news")
        if before:  # what this form does not show stays as it is
            wanted["shown_as"] = before.shown_as
            wanted["preferences"] += [one.model_dump() for one in before.preferences[len(WAYS) :]]
        try:
            await desk.clients.notifier.keep_contact(viewer.council, viewer.account_id, wanted)
        except Refused as refused:
            if refused.status == 409 and before:
                typed.say("address_as", MEANWHILE)
                typed.values["version"] = [str(before.version)]
            for one in refused.errors:
                typed.say(field_of(one.field), one.in_words)
            if not typed.wrong:
                raise
            return await form_page(request, viewer, before, typed)
        return desk.go("/contact", "contact_saved")

    @routes.post("/contact/stop")
    async def stop(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.PERSON, Role.PA, Role.BROKER)
        await desk.form(request, viewer)
        await desk.clients.notifier.stop(viewer.council, viewer.account_id)
        return desk.go("/contact", "stopped")

    @routes.post("/contact/start")
    async def start(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.PERSON, Role.PA, Role.BROKER)
        await desk.form(request, viewer)
        await desk.clients.notifier.start(viewer.council, viewer.account_id)
        return desk.go("/contact", "started")

    return routes


def as_typed(contact: Contact | None, viewer: Viewer) -> Typed:
    if contact is None:
        return Typed.showing({"address_as": viewer.account.chosen_name, "first_language": "en", "list_news": "daily"})
    shown: dict[str, object] = {
        "address_as": contact.address_as,
        "phone": contact.phone,
        "email": contact.email,
        "postal_address": "\n".join(contact.postal_address or ()),
        "quiet_from": contact.quiet_from and contact.quiet_from[:5],
        "quiet_to": contact.quiet_to and contact.quiet_to[:5],
        "never": contact.never,
        "discreet": ["yes"] if contact.discreet else [],
        "hear_of_gaps": ["yes"] if contact.hear_of_gaps else [],
        "list_news": contact.list_news,
    }
    shown |= contact_safety.shown(contact)
    for (way, _), one in zip(WAYS, contact.preferences, strict=False):
        shown |= {f"{way}_method": one.method, f"{way}_format": one.format, f"{way}_language": one.language,
                  f"{way}_size": one.point_size}
    return Typed.showing(shown)


def contact_typed(typed: Typed) -> dict[str, Any] | None:
    """In the shape the notifier keeps. None: there is something to put right."""
    preferences = [one for way, _ in WAYS if (one := preference_typed(typed, way))]
    if not typed.one("address_as"):
        typed.say("address_as", "Write what we should call you")
    for name in ("quiet_from", "quiet_to"):
        if typed.one(name) and not is_clock(typed.one(name)):
            typed.say(name, "Write a time like 08:00")
    for one in preferences:
        field, what_to_do = NEEDS[one["method"]]
        if not typed.one(field):
            typed.say(field, what_to_do)
        if one["method"] in typed.many("never"):
            typed.say("never", f"You chose “{METHODS[one['method']]}” above, so take it off here or choose another way")
    if typed.wrong:
        return None
    return {
        "address_as": typed.one("address_as"),
        "preferences": preferences,
        "phone": typed.one("phone") or None,
        "email": typed.one("email") or None,
        "postal_address": [line.strip() for line in typed.one("postal_address").splitlines() if line.strip()],
        **{name: typed.one(name) for name in ("quiet_from", "quiet_to") if typed.one(name)},
        "never": [one for one in typed.many("never") if one in METHODS],
        "discreet": typed.one("discreet") == "yes",
    }


def preference_typed(typed: Typed, way: str) -> dict[str, Any] | None:
    if way != "first" and not typed.one(f"{way}_method"):
        return None
    preference: dict[str, Any] = {
        "method": typed.chosen(f"{way}_method", METHODS, "Choose how we should tell you"),
        "format": typed.chosen(f"{way}_format", FORMATS, "Choose the form that suits you"),
        "language": typed.chosen(f"{way}_language", terms(Kind.LANGUAGE), "Choose a language"),
    }
    if typed.one(f"{way}_format") == "large_print":
        preference["point_size"] = size_typed(typed, f"{way}_size")
    return preference if preference["method"] in METHODS else None


def is_clock(typed: str) -> bool:
    hour, colon, minute = typed.partition(":")
    figures = typed.isascii() and hour.isdigit() and minute.isdigit()
    return bool(colon) and figures and int(hour) < 24 and int(minute) < 60 and len(typed) == 5


def field_of(path: str) -> str:
    """The notifier's `preferences.1.format` is the form's `second_format`."""
    parts = path.split(".")
    if parts[0] == "preferences" and len(parts) > 2:
        way = dict(zip("012", (way for way, _ in WAYS), strict=True)).get(parts[1], "first")
        return f"{way}_{'size' if parts[2] == 'point_size' else parts[2]}"
    return "first_method" if parts[0] == "preferences" else parts[0]


def size_typed(typed: Typed, name: str) -> int | None:
    size = typed.chosen(name, SIZES, "Choose how big the print should be")
    return int(size) if size in SIZES else None
