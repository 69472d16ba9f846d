"""A supporter asks to be let in, from page to page through both services: two real PostgreSQL databases, events by hand."""
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from deploy.braille import HERE as BRAILLE
from services.notifier.api import PROBLEMS, contacts, replies, support_requests
from services.notifier.channels.folder import Folder
from services.notifier.courier.sender import Sender
from services.notifier.courier.writer import Writer
from services.notifier.domain.wording import Places
from services.notifier.renderers import catalogue
from services.notifier.renderers.braille import Braille
from services.notifier.renderers.letter import Letters
from services.notifier.renderers.press import Presses
from services.notifier.renderers.voice import Voice
from services.notifier.store import Store as NotifierStore
from services.notifier.subscribers import HEARS as NOTIFIER_HEARS
from services.portal import pages
from services.portal.clients import Clients
from services.portal.clients.asking import Asker
from services.portal.clients.matcher import Matcher
from services.portal.clients.notifier import Notifier
from services.portal.clients.registry import Registry
from services.portal.courier.support_requests import SupportRequestsEnd
from services.portal.domain.accounts import Account, Role
from services.portal.store import Store
from services.portal.subscribers import HEARS as PORTAL_HEARS
from services.portal.usecases import signing_in
from shared.messaging.envelope import Arrival
from shared.messaging.hearing import Hearing
from tests.conftest import MakeDatabase
from tests.integration.pages.test_signing_in_by_code import Real, an_app, utc

WAY = {"preferences": [{"method": "email", "format": "plain", "language": "en"}], "quiet_from": "00:00", "quiet_to": "00:00"}


@dataclass
class Two:
    """A portal and a notifier, and what each told carried to the other."""

    app: Any
    portal: Store
    notifier: NotifierStore
    notifier_http: httpx.AsyncClient
    council: str
    outbox: Path
    writer: Writer
    sender: Sender
    carried: dict[str, int] = field(default_factory=lambda: {"portal": 0, "notifier": 0})

    async def add(self, role: Role, name: str, email: str, organisation: str | None = None) -> UUID:
        account_id = uuid4()
        async with self.portal.begin() as work:
            await work.accounts.put(Account(self.council, account_id, role, name, organisation))
        kind = "supporter" if role is Role.BROKER else str(role)
        body = {"kind": kind, "address_as": name, "confirmed_on": "2026-11-01", "email": email, **WAY}
        answer = await self.notifier_http.put(f"/councils/{self.council}/parties/{account_id}/contact", json=body)
        assert answer.status_code == 200, answer.text
        return account_id

    async def signed_in(self, account_id: UUID) -> httpx.AsyncClient:
        async with self.portal.begin() as work:
            token = await signing_in.sign_in(
                self.council, account_id, work, now=datetime.now(UTC), secret=uuid4().hex, form_token="a-token-of-forms"
            )
        browser = self.browser()
        browser.cookies.set("__Host-alongside", token, domain="pages.example", path="/")
        return browser

    def browser(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app), base_url="https://pages.example", headers={"accept": "text/html"}
        )

    async def carry(self) -> list[str]:
        """All that either told, to the other, through its inbox, and what follows. The bodies."""
        told: list[str] = []
        for _ in "12":
            told += await self.across("portal", self.portal, Hearing(self.notifier.database, NOTIFIER_HEARS, self.notifier.on))
            while await self.writer.write_one() or await self.sender.send_one():
                pass
            told += await self.across("notifier", self.notifier, Hearing(self.portal.database, PORTAL_HEARS, self.portal.on))
        return told

    async def across(self, name: str, store: Any, hearing: Hearing) -> list[str]:
        async with store.database.transaction() as connection:
            rows = await connection.fetch("SELECT id, topic, body FROM outbox_log WHERE id > $1 ORDER BY id", self.carried[name])
        for row in rows:
            self.carried[name] = row["id"]
            body = row["body"] if isinstance(row["body"], bytes) else str(row["body"]).encode()
            headers = (("ce_id", str(uuid4()).encode()), ("ce_source", name.encode()))
            await hearing.take([Arrival(row["topic"], 0, row["id"], headers, body)])
        return [json.dumps(json.loads(row["body"])) for row in rows]

    def mail(self) -> str:
        """What reached anybody last."""
        files = sorted(self.outbox.glob("*/*/message.txt"), key=lambda file: file.stat().st_mtime_ns)
        return files[-1].read_text()


@pytest.fixture
async def two(database_for: MakeDatabase, council: str, tmp_path: Path) -> AsyncIterator[Two]:
    portal, notifier = Store(await database_for("portal")), NotifierStore(await database_for("notifier"))
    places = Places("Alongside", "https://pages.example", None, None, None)
    press = Presses(catalogue.read(), places, "https://pages.example", Letters(), Voice(tmp_path), Braille(BRAILLE))
    behind = an_app(
        [contacts.router(notifier.begin, utc), support_requests.router(notifier.begin, utc), replies.links(notifier.begin, utc)],
        PROBLEMS,
    )
    http = httpx.AsyncClient(transport=httpx.ASGITransport(behind), base_url="http://notifier")
    nowhere = httpx.AsyncClient(base_url="http://127.0.0.1:1")
    clients = Clients(
        Registry(Asker("registry", nowhere)), Matcher(Asker("matcher", nowhere)), Notifier(Asker("notifier", http))
    )
    app = an_app(pages.routers(portal.begin, clients, Real()), {})
    pages.furnish(app)
    writer = Writer(notifier.begin, press, "contact team", utc)
    sender = Sender(notifier.begin, notifier.lead, press, [Folder(tmp_path / "outbox")], "contact team", utc)
    yield Two(app, portal, notifier, http, council, tmp_path / "outbox", writer, sender)
    await clients.close()


async def asks(browser: httpx.AsyncClient, named: str) -> httpx.Response:
    until = datetime.now(UTC).date() + timedelta(days=60)
    return await browser.post("/people/ask", data={
        "form_token": "a-token-of-forms", "named": named, "relation": "hub_worker", "scopes": ["see_shortlist"],
        "until-day": str(until.day), "until-month": str(until.month), "until-year": str(until.year),
    })  # fmt: skip


def without_what_was_typed(page: httpx.Response) -> str:
    return re.sub(r'nonce="[^"]*"|[an]…@example.org', "", page.text)


async def test_from_the_supporters_page_to_the_persons_link_and_back(two: Two) -> None:
    person = await two.add(Role.PERSON, "Amina", "amina@example.org")
    helper = await two.add(Role.BROKER, "Jo Marsh", "jo@hub.example", "Leicester Hub")
    async with await two.signed_in(helper) as supporter, two.browser() as anybody:
        asked = await asks(supporter, "Amina@Example.org")
        told = await two.carry()
        mail = two.mail()
        code = mail.partition("/r/")[2].split()[0]
        link = await anybody.get(f"/r/{code}")
        answered = await anybody.post(f"/r/{code}", data={"answer": "yes"})
        told += await two.carry()
        people = await supporter.get("/people")

    assert (asked.status_code, asked.headers["location"]) == (303, "/people?said=support_asked")
    for page in (mail, link.text):
        assert "Jo Marsh" in page and "Leicester Hub" in page
    assert "Amina" not in link.text and "They can help you now" in answered.text
    assert "They let you in." in people.text and "Amina" in people.text and "You may: see the list." in people.text
    assert not any(name in body for body in told for name in ("Jo Marsh", "Leicester Hub", "Amina", "example"))
    async with two.portal.begin() as work:
        [let_in] = await work.supporters.of_person(two.council, person)
    assert let_in.evidence == "they asked, and the person said yes by link"


async def test_the_page_is_the_same_for_known_and_unknown(two: Two) -> None:
    await two.add(Role.PERSON, "Amina", "amina@example.org")
    seen = []
    for named in ("amina@example.org", "nobody@example.org"):
        helper = await two.add(Role.BROKER, "Jo Marsh", f"{uuid4()}@hub.example")
        async with await two.signed_in(helper) as supporter:
            answer = await asks(supporter, named)
            again = await asks(supporter, named)
            await two.carry()
            people = await supporter.get("/people?said=support_asked")
        seen.append((answer.status_code, answer.headers["location"], again.status_code, without_what_was_typed(people)))

    assert seen[0][:3] == seen[1][:3] == (303, "/people?said=support_asked", 422)
    assert seen[0][3] == seen[1][3] and "to answer" in seen[0][3]


async def test_a_person_is_named_by_their_council_reference_and_answers_on_their_own_page(two: Two) -> None:
    person = await two.add(Role.PERSON, "Amina", "amina@example.org")
    stranger = await two.add(Role.PERSON, "Hodan", "hodan@example.org")
    helper = await two.add(Role.BROKER, "Jo Marsh", "jo@hub.example", "Leicester Hub")
    async with two.portal.begin() as work:
        await work.accounts.person_for(two.council, "casework", "P 1042", person)
    supporter, theirs, other = [await two.signed_in(one) for one in (helper, person, stranger)]
    async with supporter, theirs, other:
        await asks(supporter, "P 1042")
        page = (await theirs.get("/supporters")).text
        where = re.findall(r'action="(/supporters/asked/[^"]+)"', page)[0]
        form = {"form_token": "a-token-of-forms", "answer": "no"}
        not_theirs = await other.post(where, data={**form, "answer": "yes"})
        said = await theirs.post(where, data=form)
        twice = await theirs.post(where, data={**form, "answer": "yes"})
        people = (await supporter.get("/people")).text

    assert "Jo Marsh" in page and "Leicester Hub" in page and "A worker of a hub or charity" in page
    assert (not_theirs.status_code, said.headers["location"], twice.status_code) == (404, "/supporters?said=kept_out", 404)
    assert "to answer" in people and "Amina" not in people  # the no is theirs until the time is over


async def test_two_weeks_later_the_supporter_is_told_that_they_were_not_let_in(two: Two) -> None:
    helper = await two.add(Role.BROKER, "Jo Marsh", "jo@hub.example")
    async with await two.signed_in(helper) as supporter:
        await asks(supporter, "nobody@example.org")
        late = SupportRequestsEnd(two.portal.begin, lambda: datetime.now(UTC) + timedelta(days=15))
        assert await late.end_one() and not await late.end_one()
        await two.carry()
        people = (await supporter.get("/people")).text

    assert "They have not let you in" in two.mail() and "They have not let you in." in people


async def test_where_the_notifier_is_away_nothing_is_counted_and_what_was_typed_comes_back(two: Two) -> None:
    helper = await two.add(Role.BROKER, "Jo Marsh", "jo@hub.example")
    await two.notifier_http.aclose()
    async with await two.signed_in(helper) as supporter:
        for named in ("nobody@example.org", "P-7"):
            answer = await asks(supporter, named)
            assert answer.status_code in (500, 503)
        people = (await supporter.get("/people")).text

    assert "Whom you asked" not in people
