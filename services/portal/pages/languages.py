"""My languages: each with how well it is spoken, read and signed."""
from typing import Any

from fastapi import APIRouter, Request, Response

from services.portal.clients.asking import Refused
from services.portal.clients.registry import Language, Profile
from services.portal.domain.accounts import Role
from services.portal.pages.desk import Desk
from services.portal.pages.profile import told
from services.portal.pages.typed import Typed
from services.portal.pages.wording import LEVELS

WAYS = (("spoken", "I speak it"), ("read", "I read it"), ("signed", "I sign it"))
HOW_WELL = (("", "no"), *LEVELS.items())
FRESH = 3  # empty rows to add more in


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    @routes.get("/profile/languages")
    async def show(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.PA)
        return form_page(request, await desk.clients.registry.profile(viewer.council, viewer.account_id), None)

    def form_page(request: Request, profile: Profile, typed: Typed | None) -> Response:
        known = len(profile.languages)
        rows = [(str(index), named(one)) for index, one in enumerate(profile.languages)]
        fresh = [str(known + more) for more in range(FRESH)]
        return desk.page(request, "pa/languages.html", "My languages", typed=typed or as_typed(profile), rows=rows, fresh=fresh,
                         ways=WAYS, how_well=HOW_WELL)

    @routes.post("/profile/languages")
    async def save(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.PA)
        typed = await desk.form(request, viewer)
        profile = await desk.clients.registry.profile(viewer.council, viewer.account_id)
        seen = typed.one("revision")
        if seen != str(profile.revision):
            typed.say("name-0", "Your profile was changed in another place meanwhile. Look at this page again, then save")
        languages = languages_typed(profile, typed)
        if typed.wrong:
            typed.values["revision"] = [str(profile.revision)]
            return form_page(request, profile, typed)
        try:
            changes = {"languages": languages}
            await desk.clients.registry.revise(viewer.council, viewer.account_id, changes, profile.revision)
        except Refused as refused:
            told(refused, typed, profile.revision)
            for name in ("languages", "chosen_name"):
                if name in typed.wrong:
                    typed.say("name-0", typed.wrong.pop(name))
            return form_page(request, profile, typed)
        return desk.go("/profile", "profile_saved")

    return routes


def named(language: Language) -> str:
    """One that is only likely is said to be so, for saving the form confirms it."""
    label = language.label or language.tag
    return label if language.confirmed else f"{label}. You wrote “{language.typed}”. Save only if this is right"


def as_typed(profile: Profile) -> Typed:
    shown: dict[str, object] = {"revision": profile.revision}
    for index, one in enumerate(profile.languages):
        shown |= {f"{way}-{index}": getattr(one, way) for way, _ in WAYS}
    return Typed.showing(shown)


def languages_typed(profile: Profile, typed: Typed) -> list[dict[str, Any]]:
    """The rows of the form in the registry's shape. A row with no way of using the language takes it off."""
    found: list[dict[str, Any]] = []
    for index in range(len(profile.languages) + FRESH):
        levels = {way: level for way, _ in WAYS if (level := typed.one(f"{way}-{index}")) in LEVELS}
        if index < len(profile.languages):
            language: dict[str, Any] = {"tag": profile.languages[index].tag}
        else:
            name = typed.one(f"name-{index}")
            if name and not levels:
                typed.say(f"spoken-{index}", "Choose how well you know it")
            if levels and not name:
                typed.say(f"name-{index}", "Write which language it is")
            language = {"name": name}
        if levels:
            found.append(language | levels)
    if not found and not typed.wrong:
        typed.say("spoken-0" if profile.languages else "name-0", "Keep at least one language")
    return found
