"""The portal's pages on a real PostgreSQL, with the other three services not there at all."""
import html
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from deploy.embedded.ports import any_free
from services.portal import pages
from services.portal.clients import clients_for
from services.portal.domain.accounts import Account, Role
from services.portal.store import Store
from shared.runtime.http import explain_problems
from tests.conftest import MakeDatabase

KEY = SecretStr("a-key-that-only-tests-know")


@dataclass(frozen=True)
class TryOut:
    public_url: str = "http://pages.example"
    try_out_sign_in: bool = True
    service_key: SecretStr = KEY


@pytest.fixture
async def browser(database_for: MakeDatabase, council: str) -> AsyncIterator[httpx.AsyncClient]:
    """Signed in as a person."""
    store = Store(await database_for("portal"))
    person = uuid4()
    async with store.begin() as work:
        await work.accounts.put(Account(council, person, Role.PERSON, "Amina"))
    nowhere = f"http://127.0.0.1:{any_free(1)[0]}"
    clients = clients_for(registry_url=nowhere, matcher_url=nowhere, notifier_url=nowhere, service_key="none")
    app = FastAPI()
    explain_problems(app, {})
    for router in pages.routers(store.begin, clients, TryOut()):
        app.include_router(router)
    pages.furnish(app)
    to_app = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=to_app, base_url="http://pages.example", headers={"accept": "text/html"}) as browser:
        await sign_in(browser, council, person)
        yield browser
    await clients.close()


async def sign_in(browser: httpx.AsyncClient, council: str, who: UUID) -> None:
    answer = await browser.post("/sign-in", data={"council": council, "account_id": str(who)})
    assert answer.status_code == 303


async def test_a_page_says_plainly_which_part_does_not_answer(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/messages")

    assert answer.status_code == 503
    assert "The part that sends messages is not answering just now" in answer.text


async def test_what_was_typed_comes_back_to_be_sent_again(browser: httpx.AsyncClient) -> None:
    form = await browser.get("/supporters")
    [token, *_] = re.findall(r'name="form_token" value="([^"]+)"', form.text)

    answer = await browser.post("/contact", data={"form_token": token, "address_as": "Amina <3", "phone": "07700 900123"})

    assert answer.status_code == 503
    kept = dict(re.findall(r'name="([a-z_]+)" value="([^"]*)"', answer.text))
    assert html.unescape(kept["address_as"]) == "Amina <3"
    assert kept["phone"] == "07700 900123"


async def test_pages_that_need_nobody_else_still_work(browser: httpx.AsyncClient) -> None:
    for path in ("/", "/help", "/supporters", "/plan", "/nowhere"):
        answer = await browser.get(path, follow_redirects=True)
        assert answer.status_code in (200, 404), path
        assert answer.text.count("<h1") == 1


async def test_somebody_else_s_pages_are_refused(browser: httpx.AsyncClient) -> None:
    for path in ("/profile", "/people", "/council/messages", "/council/tasks", "/council/plans", "/council/set-aside"):
        answer = await browser.get(path)
        assert answer.status_code == 403, path


async def test_signing_out_ends_the_session_itself(browser: httpx.AsyncClient) -> None:
    cookie = dict(browser.cookies)
    page = await browser.get("/supporters")
    [token, *_] = re.findall(r'name="form_token" value="([^"]+)"', page.text)
    await browser.post("/sign-out", data={"form_token": token})

    browser.cookies.update(cookie)
    again = await browser.get("/supporters")

    assert again.status_code == 303
    assert again.headers["location"].startswith("/sign-in")
