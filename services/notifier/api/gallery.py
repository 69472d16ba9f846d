"""The gallery over HTTP: every message in every form and language, with made-up facts. Nothing is sent."""
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi import Path as InPath
from pydantic import BaseModel

from services.notifier.api.pages import PageOfIt, page_out
from services.notifier.domain.contact import PartyKind
from services.notifier.domain.gallery import LARGEST_SIZE, LEAST_SIZE, USUAL_SIZE, Form, InLanguage, Listed, Ready, Shown
from services.notifier.ports import Begin, Clock, Press
from services.notifier.ports.gallery import Gallery
from services.notifier.usecases.translating import bring_up_to_date
from shared.contracts import Council, LanguageTag

AboutOf = Annotated[str, InPath(pattern=r"^[a-z0-9_]{1,60}$")]
Size = Annotated[int, Query(ge=LEAST_SIZE, le=LARGEST_SIZE, description="Large print: how big, in points")]


class ListedOut(BaseModel):
    about: str
    audience: PartyKind
    title: str
    """In English."""
    languages: dict[str, InLanguage]


class FileOut(BaseModel):
    name: str
    media_type: str


class ExhibitOut(BaseModel):
    """`ready`: made; no_form, where this form cannot be made in this language yet; no_words, where there are none yet."""

    form: Form
    ready: Ready
    words: str | None
    segments: int | None
    """Of a text message: how many a network bills it as."""
    files: list[FileOut]


class ShownOut(ListedOut):
    language: str
    direction: str
    forms: list[ExhibitOut]
    page: PageOfIt | None
    """As somebody reads it in the portal; null = it has no words, or not all, in this language."""


def router(begin: Begin, press: Press, gallery: Gallery, clock: Clock) -> APIRouter:
    api = APIRouter(prefix="/councils/{council}/gallery", tags=["messages"])

    async def with_own_words(council: str) -> None:
        async with begin() as work:
            await bring_up_to_date(council, press, work)

    @api.get("")
    async def listed(council: Council) -> list[ListedOut]:
        """Every message there is, and how far its words are in each language. Drafts are never sent."""
        await with_own_words(council)
        return [listed_out(one) for one in gallery.listed(council)]

    @api.get("/{about}/{audience}")
    async def shown(
        council: Council, about: AboutOf, audience: PartyKind, language: LanguageTag = "en", size: Size = USUAL_SIZE
    ) -> ShownOut:
        """One message to one audience in every form, with made-up facts."""
        await with_own_words(council)
        return shown_out(await gallery.shown(council, about, audience, language, size, clock()))

    @api.get("/{about}/{audience}/{form}/{name}", response_class=Response)
    async def file(
        council: Council, about: AboutOf, audience: PartyKind, form: Form, name: str, language: LanguageTag = "en",
        size: Size = USUAL_SIZE,
    ) -> Response:
        """One file of one form, made now."""
        await with_own_words(council)
        made = await gallery.file(council, about, audience, language, form, name, size, clock())
        return Response(made.body, media_type=made.media_type, headers={"Cache-Control": "no-store"})

    return api


def listed_out(one: Listed) -> ListedOut:
    return ListedOut(about=one.about, audience=one.audience, title=one.title, languages=one.languages)


def shown_out(shown: Shown) -> ShownOut:
    return ShownOut(
        **listed_out(shown.listed).model_dump(), language=shown.language, direction=shown.direction,
        page=page_out(shown.page),
        forms=[
            ExhibitOut(
                form=one.form, ready=one.ready, words=one.words, segments=one.segments,
                files=[FileOut(name=file.name, media_type=file.media_type) for file in one.files],
            )
            for one in shown.exhibits
        ],
    )
