"""Signing in by a code, from the page to the outbox folder and back, on two real PostgreSQL databases."""
import asyncio
import logging
import re
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from deploy.braille import HERE as BRAILLE
from services.notifier.api import PROBLEMS, contacts, sign_in_codes
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
from services.portal import pages
from services.portal.clients import Clients
from services.portal.clients.asking import Asker
from services.portal.clients.matcher import Matcher
from services.portal.clients.notifier import Notifier
from services.portal.clients.registry import Registry
from services.portal.domain.accounts import Account, Role
from services.portal.store import Store
from shared.runtime.http import explain_problems
from tests.conftest import MakeDatabase

KEY = SecretStr("a-key-that-only-tests-know")


@dataclass(frozen=True)
class Real:
    """Settings of a portal that people use: no try-out."""

    public_url: str = "https://pages.example"
    try_out_sign_in: bool = False
    service_key: SecretStr = KEY


def utc() -> datetime:
    return datetime.now(UTC)


def an_app(routers: list[Any], problems: Any) -> FastAPI:
    app = FastAPI()
    explain_problems(app, problems)
    for router in routers:
        app.include_router(router)
    return app


@dataclass
class Site:
    app: FastAPI
    store: Store
    notifier: NotifierStore
    notifier_http: httpx.AsyncClient
    council: str
    outbox: Path
    writer: Writer
    sender: Sender

    def browser(self) -> httpx.AsyncClient:
        to_app = httpx.ASGITransport(self.app)
        return httpx.AsyncClient(transport=to_app, base_url="https://pages.example", headers={"accept": "text/html"})

    async def add(self, role: Role, **point: str) -> UUID:
        """Somebody with an account, whom the council knows how to reach."""
        account_id = uuid4()
        async with self.store.begin() as work:
            await work.accounts.put(Account(self.council, account_id, role, "Amina"))
        kind = "supporter" if role is Role.BROKER else str(role)
        body = {"kind": kind, "address_as": "Amina", "confirmed_on": "2026-11-01", **point}
        answer = await self.notifier_http.put(f"/councils/{self.council}/parties/{account_id}/contact", json=body)
        assert answer.status_code == 200
        return account_id

    async def ask(self, browser: httpx.AsyncClient, contact: str) -> httpx.Response:
        return await browser.post("/sign-in/ask", data={"council": self.council, "contact": contact})

    async def code(self) -> str:
        """The newest code that reached somebody."""
        while await self.writer.write_one() or await self.sender.send_one():
            pass
        files = sorted(self.outbox.glob("*/*/message.txt"), key=lambda file: file.stat().st_mtime_ns)
        found = re.search(r"\b\d{6}\b", files[-1].read_text())
        assert found
        return found[0]

    async def sent(self) -> int:
        while await self.writer.write_one() or await self.sender.send_one():
            pass
        return len(list(self.outbox.glob("*/*/message.txt")))

    async def kept(self) -> str:
        async with self.store.database.transaction() as connection:
            rows = await connection.fetch("SELECT t::text FROM sign_in_code t UNION ALL SELECT t::text FROM sign_in_ask t")
        return "\n".join(row[0] for row in rows)


@pytest.fixture
async def site(database_for: MakeDatabase, council: str, tmp_path: Path) -> AsyncIterator[Site]:
    store, notifier = Store(await database_for("portal")), NotifierStore(await database_for("notifier"))
    places = Places("Alongside", "https://pages.example", None, None, None)
    press = Presses(catalogue.read(), places, "https://pages.example", Letters(), Voice(tmp_path), Braille(BRAILLE))
    folder = Folder(tmp_path / "outbox")
    behind = an_app([contacts.router(notifier.begin, utc), sign_in_codes.router(notifier.begin, utc)], PROBLEMS)
    http = httpx.AsyncClient(transport=httpx.ASGITransport(behind), base_url="http://notifier")
    nowhere = httpx.AsyncClient(base_url="http://127.0.0.1:1")
    clients = Clients(
        Registry(Asker("registry", nowhere)), Matcher(Asker("matcher", nowhere)), Notifier(Asker("notifier", http))
    )
    app = an_app(pages.routers(store.begin, clients, Real()), {})
    pages.furnish(app)
    writer = Writer(notifier.begin, press, "contact team", utc)
    sender = Sender(notifier.begin, notifier.lead, press, [folder], "contact team", utc)
    yield Site(app, store, notifier, http, council, tmp_path / "outbox", writer, sender)
    await clients.close()


def who(page: httpx.Response) -> bool:
    return "Signed in as" in page.text


@pytest.mark.parametrize(
    ("role", "place"),
    [(Role.PERSON, "/list"), (Role.PA, "/profile"), (Role.BROKER, "/people"), (Role.STAFF, "/council/messages")],
)
async def test_everybody_signs_in_with_the_code_that_was_sent(site: Site, role: Role, place: str) -> None:
    await site.add(role, email="amina@example.org")
    async with site.browser() as browser:
        page = await site.ask(browser, "Amina@Example.org")
        code = await site.code()
        done = await browser.post("/sign-in/code", data={"code": f"{code[:3]} {code[3:]}"})
        onwards = await browser.get("/")

        assert page.status_code == 200 and "a code is on its way" in page.text
        assert (done.status_code, done.headers["location"], onwards.headers["location"]) == (303, "/", place)
        assert "__Host-alongside-code" not in browser.cookies and who(await browser.get("/help"))


async def test_a_mobile_number_does_too(site: Site) -> None:
    await site.add(Role.PERSON, phone="07700 900123")
    async with site.browser() as browser:
        await site.ask(browser, "+44 7700 900123")
        await browser.post("/sign-in/code", data={"code": await site.code()})
        assert who(await browser.get("/help"))


async def test_the_page_is_the_same_for_known_and_unknown_and_so_is_the_time(site: Site) -> None:
    for number in range(3):
        await site.add(Role.PERSON, email=f"amina{number}@example.org")
    pages_seen, took = {}, {}
    for kind, contact in [(kind, f"{kind}{number}@example.org") for number in range(3) for kind in ("amina", "nobody")]:
        async with site.browser() as browser:
            began = time.monotonic()
            page = await site.ask(browser, contact)
            took.setdefault(kind, []).append(time.monotonic() - began)
            assert page.cookies["__Host-alongside-code"]
            text = re.sub(r'nonce="[^"]*"', "", page.text.replace(contact, "CONTACT"))
            pages_seen.setdefault(kind, set()).add((page.status_code, text))

    assert pages_seen["amina"] == pages_seen["nobody"] and len(pages_seen["amina"]) == 1
    assert abs(median(took["amina"]) - median(took["nobody"])) < 0.1  # the work behind differs; the answer leaves on the beat
    assert await site.sent() == 3


async def test_another_browser_a_replay_and_an_older_code_are_refused(site: Site) -> None:
    await site.add(Role.PERSON, email="amina@example.org")
    async with site.browser() as mine, site.browser() as theirs:
        await site.ask(theirs, "amina@example.org")
        older = await site.code()
        await site.ask(mine, "amina@example.org")
        code = await site.code()

        for browser, typed in ((theirs, older), (theirs, code), (mine, older if older != code else "000000")):
            refused = await browser.post("/sign-in/code", data={"code": typed})
            assert refused.status_code == 422 and "There is something to put right" in refused.text
            assert f'value="{typed}"' in refused.text  # what was typed is kept
        token = mine.cookies["__Host-alongside-code"]
        assert (await mine.post("/sign-in/code", data={"code": code})).status_code == 303
        mine.cookies.set("__Host-alongside-code", token, domain="pages.example", path="/")
        assert (await mine.post("/sign-in/code", data={"code": code})).status_code == 422


async def test_one_code_tried_many_times_at_once_signs_in_once_and_guesses_are_counted(site: Site) -> None:
    await site.add(Role.PERSON, email="amina@example.org")
    async with site.browser() as browser:
        await site.ask(browser, "amina@example.org")
        code = await site.code()
        answers = await asyncio.gather(*(browser.post("/sign-in/code", data={"code": code}) for _ in range(6)))
        assert sorted(one.status_code for one in answers) == [303] + [422] * 5

    async with site.browser() as browser:
        await site.ask(browser, "amina@example.org")
        code = await site.code()
        wrong = [f"{(int(code) + one) % 1_000_000:06}" for one in range(1, 6)]
        await asyncio.gather(*(browser.post("/sign-in/code", data={"code": one}) for one in wrong))
        assert (await browser.post("/sign-in/code", data={"code": code})).status_code == 422


async def test_ten_minutes_later_it_has_ended(site: Site) -> None:
    await site.add(Role.PERSON, email="amina@example.org")
    async with site.browser() as browser:
        await site.ask(browser, "amina@example.org")
        code = await site.code()
        async with site.store.database.transaction() as connection:
            await connection.execute("UPDATE sign_in_code SET expires_at = expires_at - $1::interval", timedelta(minutes=10))

        answer = await browser.post("/sign-in/code", data={"code": code})
        assert answer.status_code == 422 and "This code has ended" in answer.text


async def test_asking_again_and_again_is_refused_alike_for_known_and_unknown(site: Site) -> None:
    await site.add(Role.PERSON, email="amina@example.org")
    seen = {}
    for contact in ("amina@example.org", "nobody@example.org"):
        async with site.browser() as browser:
            answers = await asyncio.gather(*(site.ask(browser, contact) for _ in range(6)))
        seen[contact] = sorted(one.status_code for one in answers)

    assert list(seen.values()) == [[200] * 4 + [429] * 2] * 2
    assert await site.sent() <= 4


async def test_two_browsers_asking_for_one_account_at_once_leave_one_good_code(site: Site) -> None:
    await site.add(Role.PERSON, email="amina@example.org")
    async with site.browser() as one, site.browser() as two:
        for _ in range(2):
            await asyncio.gather(site.ask(one, "amina@example.org"), site.ask(two, "amina@example.org"))
    async with site.store.database.transaction() as connection:
        assert await connection.fetchval("SELECT count(*) FROM sign_in_code") == 1


async def test_nothing_personal_is_kept_here_logged_or_in_an_address(site: Site, caplog: Any, capsys: Any) -> None:
    await site.add(Role.PERSON, email="amina@example.org")
    with caplog.at_level(logging.DEBUG):
        async with site.browser() as browser:
            page = await site.ask(browser, "amina@example.org")
            code = await site.code()
            kept = await site.kept()
            await browser.post("/sign-in/code", data={"code": "1"})
            done = await browser.post("/sign-in/code", data={"code": code})
    said = capsys.readouterr()

    for secret in ("amina@example.org", code, page.cookies["__Host-alongside-code"].partition(".")[2]):
        assert secret not in kept + caplog.text + said.out + said.err
        assert secret not in f"{page.url} {done.url} {done.headers['location']}"
    assert page.headers["cache-control"] == "no-store"
    assert all(flag in page.headers["set-cookie"] for flag in ("HttpOnly", "Secure", "SameSite=lax", "Max-Age=600"))


@pytest.mark.parametrize("contact", ["", "Amina", "amina@", "12"])
async def test_what_is_no_contact_point_comes_back_with_what_to_do(site: Site, contact: str) -> None:
    await site.add(Role.PERSON, email="amina@example.org")
    async with site.browser() as browser:
        answer = await site.ask(browser, contact)

    assert answer.status_code == 422 and "Write an email address" in answer.text and "<title>Error: " in answer.text
    assert not contact or f'value="{contact}"' in answer.text


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef"])
async def test_what_is_no_code_takes_no_try(site: Site, code: str) -> None:
    await site.add(Role.PERSON, email="amina@example.org")
    async with site.browser() as browser:
        await site.ask(browser, "amina@example.org")
        for _ in range(6):
            assert "Type the 6 digits" in (await browser.post("/sign-in/code", data={"code": code})).text
        assert (await browser.post("/sign-in/code", data={"code": await site.code()})).status_code == 303


async def test_nobody_signs_in_without_a_code_where_it_is_not_a_try_out(site: Site) -> None:
    account_id = await site.add(Role.STAFF, email="amina@example.org")
    async with site.browser() as browser:
        form = {"council": site.council, "account_id": str(account_id)}
        answer = await browser.post("/sign-in", data=form)
        page = await browser.get("/sign-in")
        elsewhere = {"sec-fetch-site": "cross-site"}
        forged = await browser.post("/sign-in/code", data={"code": "402913"}, headers=elsewhere)

        assert answer.headers["location"] == "/sign-in" and not who(await browser.get("/help"))
        assert "Amina" not in page.text and "Send me a code" in page.text
        assert forged.status_code == 403
        assert "Type your code" in (await browser.get("/sign-in/code")).text
        assert "This code has ended" in (await browser.post("/sign-in/code", data={"code": "402913"})).text


async def test_a_council_we_do_not_have_is_asked_for_again(site: Site) -> None:
    await site.add(Role.PERSON, email="amina@example.org")
    async with site.browser() as browser:
        answer = await browser.post("/sign-in/ask", data={"council": "elsewhere", "contact": "amina@example.org"})

    assert answer.status_code == 422 and "Choose your council" in answer.text


async def test_who_is_known_to_the_notifier_only_is_told_to_ask_their_council(site: Site) -> None:
    await site.add(Role.PERSON, email="amina@example.org")
    body = {"kind": "pa", "address_as": "Sam", "email": "sam@example.org", "confirmed_on": "2026-11-01"}
    await site.notifier_http.put(f"/councils/{site.council}/parties/{uuid4()}/contact", json=body)
    async with site.browser() as browser:
        await site.ask(browser, "sam@example.org")
        answer = await browser.post("/sign-in/code", data={"code": await site.code()})

        assert answer.status_code == 422 and "has not added you here yet" in answer.text and not who(await browser.get("/help"))
