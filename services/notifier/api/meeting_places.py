"""Where two people meet, over HTTP: its words are kept here alone, under a number that says nothing."""
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, StringConstraints

from services.notifier.domain.meeting import Place
from services.notifier.ports import Begin, Clock
from services.notifier.usecases import meeting
from shared.contracts import Council

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class PlaceIn(BaseModel):
    """In the words of whoever arranges it. Forgotten thirty days after the meeting."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    words: Words


class PlaceOut(BaseModel):
    place_id: UUID
    words: str


def place_out(place: Place) -> PlaceOut:
    return PlaceOut(place_id=place.place_id, words=place.words)


def router(begin: Begin, clock: Clock) -> APIRouter:
    api = APIRouter(prefix="/councils/{council}/places", tags=["places"])

    @api.post("", status_code=201)
    async def keep(council: Council, said: PlaceIn) -> PlaceOut:
        """Keep where a meeting is. Name the meeting at the matcher within two weeks, or it is forgotten."""
        async with begin() as work:
            return place_out(await meeting.keep_place(council, uuid4(), said.words, clock(), work))

    @api.get("")
    async def several(council: Council, place_id: Annotated[list[UUID], Query(max_length=500)]) -> list[PlaceOut]:
        """The words of those that are not forgotten."""
        async with begin() as work:
            return [place_out(place) for place in await work.places.several(council, place_id)]

    return api
