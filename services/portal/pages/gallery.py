"""For council workers: every message we send, in every form and language, with made-up facts."""
from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Request, Response

from services.portal.clients.gallery import Listed
from services.portal.domain.accounts import Role
from services.portal.pages.desk import Desk
from services.portal.pages.messages import opened
from services.portal.pages.wording import labelled

TO_WHOM = {"person": "To people who draw on support", "pa": "To PAs", "supporter": "To supporters", "staff": "To council workers"}
STATES = {"reviewed": ("Ready to send", "green"), "draft": ("Draft, not sent", "yellow"), "missing": ("Not there yet", "grey")}
FORMS = {
    "text": "Text message", "email": "Email", "letter": "Letter", "large_print": "Large print", "easy_read": "Easy read",
    "audio": "Audio", "braille": "Braille, contracted (grade 2)", "braille_grade_1": "Braille, uncontracted (grade 1)",
    "phone": "Phone call or visit", "sign_video": "BSL or Makaton film",
}
SIZES = ("16", "18", "20", "24", "28")
NOT_THERE = {
    "no_form": "Not there yet. We cannot make this form in this language. Somebody who asked for it is told in the next way they "
    "chose, or by a person.",
    "no_words": "Not there yet. The message has no words, or not all of its words, in this language.",
}
FILES = {
    "application/pdf": "Open the PDF", "audio/mpeg": "Open the recording (MP3)",
    "application/x-brf": "Keep the braille file (BRF)",
    "application/x-pef+xml": "Keep the braille file for embossers (PEF)", "text/html": "Open the email by itself",
    "text/plain": "Open the words by themselves",
}


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    @routes.get("/council/gallery")
    async def show_all(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        listed = await desk.clients.gallery.listed(viewer.council)
        tags = languages_of(listed)
        language = chosen(request.query_params.get("language", ""), tags, "en")
        groups = [(words, [one for one in listed if one.audience == audience]) for audience, words in TO_WHOM.items()]
        counts = {state: sum(one.languages.get(language) == state for one in listed) for state in STATES}
        return desk.page(
            request, "staff/gallery.html", "What we say", groups=[group for group in groups if group[1]], counts=counts,
            language=language, tags=tags, STATES=STATES,
        )

    @routes.get("/council/gallery/{about}/{audience}")
    async def show_one(request: Request, about: str, audience: str) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        asked = request.query_params
        size = chosen(asked.get("size", ""), SIZES, "18")
        listed = await desk.clients.gallery.listed(viewer.council)
        tags = languages_of(listed)
        language = chosen(asked.get("language", ""), tags, "en")
        shown = await desk.clients.gallery.shown(viewer.council, about, audience, language, int(size))
        return desk.page(
            request, "staff/exhibit.html", "What we say", shown=shown, size=size, tags=tags, sizes=SIZES, STATES=STATES,
            NOT_THERE=NOT_THERE, FORM_NAMES=FORMS, FILES=FILES, to_whom=TO_WHOM.get(audience, audience),
            state=STATES[shown.languages.get(language, "missing")],
        )

    @routes.get("/council/gallery/{about}/{audience}/{form}/{name}")
    async def file(request: Request, about: str, audience: str, form: str, name: str) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        asked = request.query_params
        size = int(chosen(asked.get("size", ""), SIZES, "18"))
        content, kind = await desk.clients.gallery.file(
            viewer.council, about, audience, form, name, asked.get("language", "en"), size
        )
        return opened(request, content, kind)

    return routes


def languages_of(listed: Sequence[Listed]) -> Mapping[str, str]:
    """Tag -> its name, English first."""
    return {tag: labelled("language", tag) for one in listed[:1] for tag in one.languages}


def chosen(asked: str, known: Sequence[str] | Mapping[str, str], usual: str) -> str:
    return asked if asked in known else usual
