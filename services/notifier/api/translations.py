"""Translations of what people are told, over HTTP: what there is, one beside its English, correcting, signing off, asking."""
from datetime import datetime
from itertools import groupby
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from services.notifier.domain.translation import Standing, Unit
from services.notifier.ports import Begin, Clock
from services.notifier.ports.translations import NotWhole, Shelf
from services.notifier.usecases import translating
from services.notifier.usecases.translating import Row, Sheet
from shared.contracts import Council, LanguageTag
from shared.runtime.http import PROBLEM_RESPONSES, FieldProblem, Problem
from shared.vocabulary.languages import direction

Words = Annotated[str, Field(max_length=4_000)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}(\.[a-z0-9_]{1,60})?$")]
Slug = Annotated[str, Field(pattern=r"^[a-z_]{1,60}$")]


class RowOut(BaseModel):
    """One message to one audience in one language. `standing`: missing, draft, signed_off, english_changed."""

    language: str
    about: str
    audience: str
    title: str
    """In English."""
    standing: Standing
    version: int
    """0 = nobody here wrote any words; those shipped are shown."""
    signed_by: UUID | None
    signed_at: datetime | None
    asked_of: UUID | None


class LanguageOut(BaseModel):
    tag: str
    direction: str
    messages: list[RowOut]


class PassageOut(BaseModel):
    """One passage. Sentences stand on lines of their own."""

    name: str
    english: str
    said: str
    problem: str | None
    """What keeps it from being signed off."""


class VersionOut(BaseModel):
    version: int
    written_by: UUID
    written_at: datetime
    signed_by: UUID | None
    signed_at: datetime | None


class SheetOut(RowOut):
    direction: str
    passages: list[PassageOut]
    characters: int
    segments: int | None
    """How many text messages it makes, with made-up facts; null = it cannot be made of these words."""
    not_shown: str
    """Characters that no letter of ours can show, each once."""
    versions: list[VersionOut]


class TranslationIn(BaseModel):
    """A new version of the words. Left as a draft unless `sign_off`."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    passages: Annotated[dict[Name, Words], Field(max_length=200)]
    seen: Annotated[int, Field(ge=0, description="The version these were written over; 0 = none")]
    by: Annotated[UUID, Field(description="The account of who writes or signs")]
    sign_off: bool = False


class BegunIn(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    by: Annotated[UUID, Field(description="The account of who begins it")]


class AskedIn(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    of: Annotated[UUID | None, Field(description="The account of who is asked; null = nobody any more")]
    by: UUID


def row_out(row: Row, shelf: Shelf) -> RowOut:
    newest = row.newest
    return RowOut(
        language=row.language, about=row.unit.about, audience=row.unit.audience,
        title=shelf.english(row.unit).get("title", "What every message shares"), standing=row.standing,
        version=newest.version if newest else 0, signed_by=newest.signed_by if newest else None,
        signed_at=newest.signed_at if newest else None, asked_of=row.asked_of,
    )


def sheet_out(sheet: Sheet, shelf: Shelf) -> SheetOut:
    return SheetOut(
        **row_out(sheet.row, shelf).model_dump(), direction=direction(sheet.row.language),
        passages=[
            PassageOut(name=name, english=english, said=sheet.said.get(name, ""), problem=sheet.problems.get(name))
            for name, english in sheet.english.items()
        ],
        characters=sheet.looks.characters, segments=sheet.looks.segments, not_shown=sheet.looks.not_shown,
        versions=[
            VersionOut(
                version=one.version, written_by=one.written_by, written_at=one.written_at, signed_by=one.signed_by,
                signed_at=one.signed_at,
            )
            for one in sheet.versions
        ],
    )


def not_whole(wrong: NotWhole) -> Problem:
    errors = [
        FieldProblem(field=f"passages.{name}", problem=problem, remedy="Put this right, then sign it off.")
        for name, problem in wrong.problems.items()
    ]
    return Problem(422, "These words cannot be signed off yet", "Nothing was changed. See errors.", errors=errors)


def router(begin: Begin, shelf: Shelf, clock: Clock) -> APIRouter:
    api = APIRouter(prefix="/councils/{council}/translations", tags=["translations"], responses=PROBLEM_RESPONSES)

    @api.get("")
    async def overview(council: Council) -> list[LanguageOut]:
        """Every language beside English that there is or that was begun, with every message in it: also those missing."""
        async with begin() as work:
            rows = await translating.overview(council, shelf, work)
        return [
            LanguageOut(tag=tag, direction=direction(tag), messages=[row_out(row, shelf) for row in of_it])
            for tag, of_it in groupby(rows, key=lambda row: row.language)
        ]

    @api.put("/{language}", status_code=204)
    async def begin_language(council: Council, language: LanguageTag, said: BegunIn) -> None:
        """Begin to write a language that did not come with the product. Nothing of it is sent until it is signed off."""
        async with begin() as work:
            await translating.begin(council, language, said.by, shelf, clock(), work)

    @api.get("/{language}/{about}/{audience}")
    async def one(council: Council, language: LanguageTag, about: Slug, audience: Slug) -> SheetOut:
        """The words beside the English, and what keeps them from being signed off.

        `every_message` to `everybody`: what all messages of the language share."""
        async with begin() as work:
            return sheet_out(await translating.sheet(council, language, Unit(about, audience), shelf, work), shelf)

    @api.put("/{language}/{about}/{audience}")
    async def keep(council: Council, language: LanguageTag, about: Slug, audience: Slug, said: TranslationIn) -> SheetOut:
        """A new version. What was made of the words before and has not left is made again; a draft is passed over."""
        unit = Unit(about, audience)
        try:
            async with begin() as work:
                await translating.keep(
                    council, language, unit, said.passages, seen=said.seen, by=said.by, sign_off=said.sign_off, shelf=shelf,
                    now=clock(), work=work,
                )
        except NotWhole as wrong:
            raise not_whole(wrong) from None
        async with begin() as work:
            return sheet_out(await translating.sheet(council, language, unit, shelf, work), shelf)

    @api.put("/{language}/{about}/{audience}/asked", status_code=204)
    async def ask(council: Council, language: LanguageTag, about: Slug, audience: Slug, said: AskedIn) -> None:
        """Somebody is asked to see to it."""
        async with begin() as work:
            await translating.ask(council, language, Unit(about, audience), said.of, said.by, shelf, clock(), work)

    return api
