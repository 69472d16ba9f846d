"""Leaflets over HTTP: which there are for somebody, and sending one."""
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from services.notifier.domain.leaflets import LEAFLETS
from services.notifier.ports import Begin, Clock
from services.notifier.ports.gallery import Gallery
from services.notifier.usecases import leaflets
from shared.contracts import Council


class LeafletOut(BaseModel):
    about: str
    title: str
    """In English."""


class LeafletIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    about: Annotated[str, Field(max_length=60, examples=sorted(LEAFLETS))]


class SentOut(BaseModel):
    sent: bool
    """False: it was asked for earlier today, and is sent once."""


def router(begin: Begin, gallery: Gallery, clock: Clock) -> APIRouter:
    api = APIRouter(prefix="/councils/{council}/parties/{party_id}/leaflets", tags=["messages"])

    @api.get("")
    async def there_are(council: Council, party_id: UUID) -> list[LeafletOut]:
        """The leaflets that are written for this party."""
        async with begin() as work:
            abouts = await leaflets.there_are(council, party_id, work)
        titles = {one.about: one.title for one in gallery.listed(council)}
        return [LeafletOut(about=about, title=titles[about]) for about in abouts]

    @api.post("", status_code=202)
    async def send(council: Council, party_id: UUID, said: LeafletIn) -> SentOut:
        """Sends it in the way they are told everything else."""
        async with begin() as work:
            return SentOut(sent=await leaflets.send(council, party_id, said.about, clock(), work))

    return api
