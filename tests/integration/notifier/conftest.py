"""A notifier without a broker: real PostgreSQL, real renderers, a folder of its own, and a clock the test turns."""
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from services.notifier.api import (
    PROBLEMS,
    contacts,
    contacts_over_fhir,
    gallery,
    leaflets,
    media,
    meeting_places,
    messages,
    proof,
    receipts,
    replies,
    sign_in_codes,
    support_requests,
    tasks,
    translations,
)
from services.notifier.channels.folder import Folder
from services.notifier.channels.notify import Notify
from services.notifier.courier.escalator import Escalator
from services.notifier.courier.forgetter import Forgetter
from services.notifier.courier.sender import Sender
from services.notifier.courier.sweeper import Sweeper
from services.notifier.courier.writer import Writer
from services.notifier.domain.lists import PlanCopy
from services.notifier.domain.task import Teams
from services.notifier.domain.waits import USUAL, Waits
from services.notifier.domain.wording import Places
from services.notifier.ports import Channel
from services.notifier.renderers import catalogue
from services.notifier.renderers.braille import Braille
from services.notifier.renderers.catalogue import Catalogue
from services.notifier.renderers.gallery import Gallery
from services.notifier.renderers.letter import Letters
from services.notifier.renderers.press import Presses
from services.notifier.renderers.studio import OurStudio
from services.notifier.renderers.translations import Shelves
from services.notifier.renderers.voice import Voice
from services.notifier.store import Store
from services.notifier.usecases.introducing import Introduction, Turn, hear_introduction
from shared.runtime.http import explain_problems
from tests.providers.fake_notify import FakeNotify
from tests.providers.ledger import Ledger
from tests.providers.notify_shapes import KEY
from tests.providers.plain_http import Answer, Request, served

CALLBACK_TOKEN = SecretStr("the token of Notify's callbacks")
TEAMS = Teams(("contact team", "duty team", "managers"), ("Somali speakers",))
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@dataclass
class Clock:
    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Notifier:
    store: Store
    press: Presses
    clock: Clock
    council: str
    outbox: Path
    http: httpx.AsyncClient
    channels: list[Channel] = field(default_factory=list)
    waits: Waits = USUAL

    @property
    def writer(self) -> Writer:
        return Writer(self.store.begin, self.press, "contact team", self.clock)

    @property
    def sender(self) -> Sender:
        return Sender(self.store.begin, self.store.lead, self.press, self.channels, "contact team", self.clock, self.waits)

    @property
    def sweeper(self) -> Sweeper:
        tellers = [channel for channel in self.channels if isinstance(channel, Notify)]
        return Sweeper(self.store.begin, tellers, self.press, "contact team", self.clock, self.waits)

    @property
    def escalator(self) -> Escalator:
        return Escalator(self.store.begin, TEAMS, self.clock)

    @property
    def forgetter(self) -> Forgetter:
        return Forgetter(self.store.begin, self.channels, self.clock)

    async def work_through(self) -> None:
        """Until there is nothing left to make or to hand over at this moment."""
        while await self.writer.write_one() or await self.sender.send_one():
            pass

    async def make_all(self) -> None:
        while await self.writer.write_one():
            pass

    async def record(self, **said: Any) -> UUID:
        party_id: UUID = said.pop("party_id", None) or uuid4()
        body = {"kind": "person", "address_as": "Amina", "confirmed_on": "2026-11-01", **said}
        answer = await self.http.put(f"/councils/{self.council}/parties/{party_id}/contact", json=body)
        assert answer.status_code == 200, answer.text
        return party_id

    async def messages(self, party_id: UUID | None = None) -> list[dict[str, Any]]:
        asked = {"party_id": str(party_id)} if party_id else {}
        answer = await self.http.get(f"/councils/{self.council}/messages", params={**asked, "size": 200})
        return list(answer.json()["items"])

    async def whole(self, message_id: str) -> dict[str, Any]:
        answer = await self.http.get(f"/councils/{self.council}/messages/{message_id}")
        return dict(answer.json())

    async def tasks(self, state: str = "open") -> list[dict[str, Any]]:
        return list((await self.http.get(f"/councils/{self.council}/tasks", params={"state": state})).json())

    async def told(self) -> list[dict[str, Any]]:
        """Every event of ours that the relay would carry, in order."""
        async with self.store.database.transaction() as connection:
            rows = await connection.fetch("SELECT body FROM outbox_log JOIN outbox_pending USING (id) ORDER BY id")
        return [json.loads(row["body"]) for row in rows]

    async def introduce(self, person_id: UUID, profile_id: UUID, *, hours: int = 10) -> Introduction:
        """Somebody asks to meet this PA, about a plan the notifier has heard of."""
        introduction = Introduction(
            self.council, uuid4(), uuid4(), person_id, profile_id, self.clock.now, self.clock.now + timedelta(days=2), hours * 4
        )
        plan = PlanCopy(self.council, introduction.plan_id, person_id, True, hours * 4, "LE5", ("personal_care",), 1)
        async with self.store.begin() as work:
            await work.lists.save_plan(plan)
            await hear_introduction(introduction, Turn.ASKED, self.clock.now, work)
        return introduction

    async def hear(self, introduction: Introduction, turn: Turn) -> None:
        async with self.store.begin() as work:
            await hear_introduction(introduction, turn, self.clock.now, work)


@pytest.fixture(scope="session")
def letters() -> Letters:
    return Letters()


@pytest.fixture(scope="session")
def as_shipped() -> Catalogue:
    return catalogue.read()


@pytest.fixture
def own_catalogue(as_shipped: Catalogue) -> Catalogue:
    """Each test's own, to add to: reading all languages takes as long as making a database."""
    return Catalogue(dict(as_shipped.languages), dict(as_shipped.copies), dict(as_shipped.originals))


@pytest.fixture
async def notifier(
    database_for: Any, council: str, tmp_path: Path, letters: Letters, braille_folder: Path, own_catalogue: Catalogue
) -> AsyncIterator[Notifier]:
    store = Store(await database_for("notifier"))
    voice, braille = Voice(tmp_path), Braille(braille_folder)
    places = Places("Alongside", "https://portal.example", "0116 496 0123", None, "07700 900100")
    press = Presses(own_catalogue, places, "https://portal.example", letters, voice, braille)
    clock = Clock()
    app = FastAPI()
    explain_problems(app, PROBLEMS)
    for router in (
        contacts.router(store.begin, clock), contacts_over_fhir.router(store.begin, clock),
        messages.router(store.look, press, clock), meeting_places.router(store.begin, clock),
        proof.router(store.look, press, clock), gallery.router(store.begin, press, Gallery(press), clock),
        leaflets.router(store.begin, Gallery(press), clock), media.router(store.begin, press, OurStudio(press), clock),
        tasks.router(store.begin, press, TEAMS, clock),
        replies.texts(store.begin, press, "contact team", clock), replies.links(store.begin, clock),
        translations.router(store.begin, Shelves(press.catalogue, places), clock),
        sign_in_codes.router(store.begin, clock), support_requests.router(store.begin, clock),
        receipts.router(store.begin, CALLBACK_TOKEN, clock),
    ):
        app.include_router(router)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://notifier") as http:
        yield Notifier(store, press, clock, council, tmp_path / "outbox", http, [Folder(tmp_path / "outbox")])
    await voice.stop()
    await braille.stop()


TEXT_TEMPLATE = UUID("f33517ff-2a88-4f6e-b855-c550268ce08a")
EMAIL_TEMPLATE = UUID("9d751e0e-f929-4891-82a1-a3e1c3c18ee3")
CALL_WITHIN = 2.0  # seconds


@pytest.fixture
async def notify(notifier: Notifier, tmp_path: Path) -> AsyncIterator[FakeNotify]:
    """GOV.UK Notify joined up: all goes by it, and its receipts come back to us."""

    async def take(request: Request) -> Answer:
        answer = await notifier.http.post(
            "/receipts/notify", content=request.body,
            headers={"Authorization": request.headers["authorization"], "Content-Type": "application/json"},
        )
        return Answer(answer.status_code, None)

    async with served(take) as callback, FakeNotify(Ledger(tmp_path / "notify.jsonl")).running() as fake:
        fake.behaviour.callback, fake.behaviour.token = callback, CALLBACK_TOKEN.get_secret_value()
        fake.behaviour.receipts, fake.behaviour.receipt_after_seconds = {"lose": 1.0}, 0.0
        notifier.channels[:] = [Notify(SecretStr(KEY), fake.url, TEXT_TEMPLATE, EMAIL_TEMPLATE, True, CALL_WITHIN)]
        yield fake
