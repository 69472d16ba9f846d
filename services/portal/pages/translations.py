"""For council workers who read another language: every message in it, beside the English, to correct and to sign off."""
from fastapi import APIRouter, Request, Response

from services.portal.clients.asking import NotThere, Refused
from services.portal.clients.translations import Sheet
from services.portal.domain.accounts import Account, Role, Viewer
from services.portal.pages.desk import Desk
from services.portal.pages.translation_words import AUDIENCES, STANDINGS, label_of, name_of, others_than
from services.portal.pages.typed import Typed
from services.portal.usecases import accounts

MOST_STAFF = 500
SURE = "Say that you have read every sentence, or save it as a draft"
MEANWHILE = "Somebody else changed these words meanwhile. Theirs are shown beside yours. Look at both, then save again"


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    @routes.get("/council/languages")
    async def languages(request: Request) -> Response:
        return await the_list(request, await desk.viewer(request, Role.STAFF), Typed())

    async def the_list(request: Request, viewer: Viewer, typed: Typed) -> Response:
        found = await desk.clients.translations.languages(viewer.council)
        return desk.page(
            request, "staff/languages.html", "Languages", found=[(name_of(one.tag), one) for one in found], standings=STANDINGS,
            typed=typed, others=[("", "Choose a language"), *others_than({one.tag for one in found})],
        )

    @routes.post("/council/languages")
    async def begin_one(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        typed = await desk.form(request, viewer)
        tag = typed.chosen("language", dict(others_than(())), "Choose the language that you want to begin")
        if typed.wrong:
            return await the_list(request, viewer, typed)
        await desk.clients.translations.begin(viewer.council, tag, viewer.account_id)
        return desk.go(f"/council/languages/{tag}", "language_begun")

    @routes.get("/council/languages/{tag}")
    async def one_language(request: Request, tag: str) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        found = await desk.clients.translations.languages(viewer.council)
        language = next((one for one in found if one.tag == tag), None)
        if language is None:
            raise NotThere("notifier", 404, "", "", ())
        people = {one for row in language.messages for one in (row.asked_of, row.signed_by) if one}
        async with desk.begin() as work:
            names = await accounts.names(viewer.council, people, work)
        return desk.page(
            request, "staff/language.html", f"Messages in {name_of(tag)}", language=language, names=names, standings=STANDINGS,
            audiences=AUDIENCES,
        )

    async def page(request: Request, viewer: Viewer, sheet: Sheet, typed: Typed, *, meanwhile: bool = False) -> Response:
        async with desk.begin() as work:
            names = await accounts.names(viewer.council, sheet.people, work)
            staff = await accounts.accounts(viewer.council, Role.STAFF, work, most=MOST_STAFF)
        theirs = {one.name: one.said for one in sheet.passages if meanwhile and one.said != said(typed, one.name)}
        return desk.page(
            request, "staff/translation.html", f"{sheet.title}, in {name_of(sheet.language)}", sheet=sheet, typed=typed,
            names=names, theirs=theirs, name=name_of(sheet.language), standings=STANDINGS, audiences=AUDIENCES,
            labels={one.name: label_of(one.name) for one in sheet.passages}, readers=[("", "Nobody"), *map(choice, staff)],
            asked=Typed.showing({"of": sheet.asked_of}), here_of=request.url.path,
        )

    @routes.get("/council/languages/{tag}/{about}/{audience}")
    async def look(request: Request, tag: str, about: str, audience: str) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        sheet = await desk.clients.translations.sheet(viewer.council, tag, about, audience)
        return await page(request, viewer, sheet, as_typed(sheet))

    @routes.post("/council/languages/{tag}/{about}/{audience}")
    async def keep(request: Request, tag: str, about: str, audience: str) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        typed = await desk.form(request, viewer)
        sheet = await desk.clients.translations.sheet(viewer.council, tag, about, audience)
        sign_off = typed.one("do") == "sign_off"
        if sign_off and typed.one("sure") != "yes":
            typed.say("sure", SURE)
            return await page(request, viewer, sheet, typed)
        try:
            await desk.clients.translations.keep(
                viewer.council, sheet, {one.name: said(typed, one.name) for one in sheet.passages}, seen=seen(typed),
                by=viewer.account_id, sign_off=sign_off,
            )
        except Refused as refused:
            if refused.status == 409:
                typed.say(field_of(sheet.passages[0].name), MEANWHILE)
                sheet = await desk.clients.translations.sheet(viewer.council, tag, about, audience)
                typed.values["seen"] = [str(sheet.version)]
                return await page(request, viewer, sheet, typed, meanwhile=True)
            labels = {f"passages.{one.name}": one.name for one in sheet.passages}
            for one in refused.errors:
                if one.field in labels:
                    typed.say(field_of(labels[one.field]), f"{label_of(labels[one.field])}: {one.problem}")
            if not typed.wrong:
                raise
            return await page(request, viewer, sheet, typed)
        return desk.go(request.url.path, "translation_signed_off" if sign_off else "translation_saved")

    @routes.post("/council/languages/{tag}/{about}/{audience}/asked")
    async def ask(request: Request, tag: str, about: str, audience: str) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        typed = await desk.form(request, viewer)
        sheet = await desk.clients.translations.sheet(viewer.council, tag, about, audience)
        async with desk.begin() as work:
            staff = await accounts.accounts(viewer.council, Role.STAFF, work, most=MOST_STAFF)
        of = next((one.account_id for one in staff if str(one.account_id) == typed.one("of")), None)
        await desk.clients.translations.ask(viewer.council, sheet, of, viewer.account_id)
        return desk.go(request.url.path.removesuffix("/asked"), "translation_asked")

    return routes


def choice(account: Account) -> tuple[str, str]:
    return str(account.account_id), account.chosen_name or f"Worker {str(account.account_id)[:8]}"


def field_of(passage: str) -> str:
    return f"passage-{passage}"


def said(typed: Typed, passage: str) -> str:
    return typed.one(field_of(passage)).replace("\r\n", "\n")


def seen(typed: Typed) -> int:
    number = typed.one("seen")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 0


def as_typed(sheet: Sheet) -> Typed:
    return Typed.showing({"seen": sheet.version} | {field_of(one.name): one.said for one in sheet.passages})
