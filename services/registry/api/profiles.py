"""One profile: register it, see it, change it, pause it, confirm it, answer what is asked about it; and names for cards."""
import re
from datetime import date, datetime
from enum import StrEnum
from math import ceil
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Header, Query, Response
from pydantic import Field

from services.registry.api.answers import PlainRoute, explained
from services.registry.api.plain_values import Day
from services.registry.api.said import FromOutside, ProfileIn, ProfilePatch, said_in
from services.registry.api.shown import ProfileOut, RegisteredOut, Shown, profile_out, question_out, refused_out, understood_out
from services.registry.domain.consent import How
from services.registry.domain.profile import Profile
from services.registry.domain.values import State
from services.registry.ports import Begin
from services.registry.usecases import keeping, looking, registering
from services.registry.usecases.settling import Settled
from shared.contracts import Council
from shared.runtime.clock import utc
from shared.runtime.http import FieldProblem, Problem, ProblemDetails

CARDS_AT_ONCE = 200


class Purpose(StrEnum):
    """What a name is asked for. There is no other reason to give one."""

    SHOWING_SHORTLIST = "showing_shortlist"
    SHOWING_INTRODUCTION = "showing_introduction"
    WRITING_MESSAGE = "writing_message"
    STAFF_REGISTER = "staff_register"


class PauseIn(FromOutside):
    until: Annotated[Day | None, Field(description="The first day they are free again. Leave it out if it is not known.")] = None


class AnswerIn(FromOutside):
    code: Annotated[str | None, Field(max_length=60, description="What was meant; null: none of these, leave it out.")]


class CardOut(Shown):
    profile_id: UUID
    chosen_name: str
    about_me: str | None


class EntryOut(Shown):
    profile_id: UUID
    chosen_name: str
    state: State
    outcode: str
    revision: int
    confirmed_on: date


class PageOut(Shown):
    items: list[EntryOut]
    total: int
    page: int
    pages: int


IfMatch = Annotated[str | None, Header(description="The revision you looked at: then a change made meanwhile is not lost.")]
TO_SEE: dict[int | str, dict[str, Any]] = {404: {"model": ProblemDetails, "description": "There is no such profile here"}}
TO_CHANGE = TO_SEE | {412: {"model": ProblemDetails, "description": "Somebody changed it since that revision"}}


def router(begin: Begin) -> APIRouter:
    router = APIRouter(prefix="/councils/{council}", tags=["profiles"], route_class=PlainRoute)

    @router.post("/profiles", status_code=201, summary="Register a PA, or change what the register says of them")
    async def register(council: Council, sent: ProfileIn, response: Response) -> RegisteredOut:
        """Give `ref` (your own number) or `profile_id` and it can be sent again without harm: the answer is then 200.
        A field counts only where it differs from what was sent last time, so what the PA changed meanwhile stays."""
        with explained():
            async with begin() as work:
                settled = await registering.register(council, said_in(sent), work, now=now(), new_id=uuid4, how=How.REGISTER)
        response.status_code = 201 if settled.outcome == "added" else 200
        return registered_out(settled)

    @router.get("/profiles", summary="The register, by name")
    async def listed(
        council: Council,
        state: State | None = None,
        page: Annotated[int, Query(ge=1, le=100_000)] = 1,
        size: Annotated[int, Query(ge=1, le=200)] = 25,
    ) -> PageOut:
        async with begin() as work:
            entries, total = await looking.page(council, state, work, page=page, size=size)
        items = [EntryOut.model_validate(entry) for entry in entries]
        return PageOut(items=items, total=total, page=page, pages=max(1, ceil(total / size)))

    @router.get("/cards", summary="Names and own words, for a stated purpose")
    async def cards(council: Council, ids: Annotated[str, Query(max_length=8000)], purpose: Purpose) -> list[CardOut]:
        """`ids`: profile ids, kept apart by commas. PAs who are gone are not among the answers."""
        async with begin() as work:
            return [CardOut.model_validate(card) for card in await looking.cards(council, ids_in(ids), work)]

    @router.get("/profiles/{profile_id}", summary="One profile", responses=TO_SEE)
    async def see(council: Council, profile_id: UUID, response: Response) -> ProfileOut:
        async with begin() as work:
            return shown(await looking.profile(council, profile_id, work), response)

    @router.patch("/profiles/{profile_id}", summary="Change some fields", responses=TO_CHANGE)
    async def revise(
        council: Council, profile_id: UUID, sent: ProfilePatch, response: Response, if_match: IfMatch = None
    ) -> ProfileOut:
        """What is not sent stays as it is. Lists are sent whole."""
        with explained():
            async with begin() as work:
                profile = await keeping.revise(
                    council, profile_id, said_in(sent), work, now=now(), seen_revision=revision_in(if_match)
                )
        return shown(profile, response)

    @router.post("/profiles/{profile_id}/pause", summary="Not now", responses=TO_SEE)
    async def pause(council: Council, profile_id: UUID, sent: PauseIn, response: Response) -> ProfileOut:
        """With `until` the PA is shown as free from that day; without, they are in no list until they come back."""
        with explained():
            async with begin() as work:
                return shown(await keeping.pause(council, profile_id, sent.until, work, now=now()), response)

    @router.post("/profiles/{profile_id}/resume", summary="Looking for work again", responses=TO_SEE)
    async def resume(council: Council, profile_id: UUID, response: Response) -> ProfileOut:
        async with begin() as work:
            return shown(await keeping.resume(council, profile_id, work, now=now()), response)

    @router.post("/profiles/{profile_id}/confirm", summary="All of this is still true", responses=TO_SEE)
    async def confirm(council: Council, profile_id: UUID, response: Response) -> ProfileOut:
        async with begin() as work:
            return shown(await keeping.confirm(council, profile_id, work, now=now()), response)

    @router.post("/profiles/{profile_id}/questions/{number}", summary="Answer an open question", responses=TO_SEE)
    async def answer(council: Council, profile_id: UUID, number: int, sent: AnswerIn, response: Response) -> ProfileOut:
        """`code`: one of the suggestions, or any code of the same list. Null: none of these; the word is left out."""
        with explained():
            async with begin() as work:
                return shown(await keeping.answer(council, profile_id, number, sent.code, work, now=now()), response)

    return router


def now() -> datetime:
    return utc()


def shown(profile: Profile, response: Response) -> ProfileOut:
    response.headers["ETag"] = f'"{profile.revision}"'
    return profile_out(profile)


def registered_out(settled: Settled) -> RegisteredOut:
    return RegisteredOut(
        profile_id=settled.profile.profile_id,
        revision=settled.profile.revision,
        outcome=settled.outcome,
        understood=[understood_out(one) for one in settled.understood],
        asked=[question_out(one) for one in settled.profile.questions],
        refused=[refused_out(one) for one in settled.left_out],
    )


def revision_in(if_match: str | None) -> int | None:
    if if_match is None or if_match.strip() == "*":
        return None
    if found := re.fullmatch(r'\s*(?:W/)?"?(\d{1,9})"?\s*', if_match):
        return int(found[1])
    raise wrong("If-Match", "This is not a revision.", "Send the revision number you got with the profile.")


def ids_in(ids: str) -> list[UUID]:
    try:
        found = [UUID(one.strip()) for one in ids.split(",") if one.strip()]
    except ValueError:
        raise wrong("ids", "One of these is not an id.", "Send profile ids as we gave them, kept apart by commas.") from None
    if len(found) > CARDS_AT_ONCE:
        raise wrong("ids", "There are too many ids.", f"Ask for {CARDS_AT_ONCE} at a time.")
    return found


def wrong(field: str, problem: str, remedy: str) -> Problem:
    errors = [FieldProblem(field=field, problem=problem, remedy=remedy)]
    return Problem(422, "Some of this could not be understood", errors=errors)
