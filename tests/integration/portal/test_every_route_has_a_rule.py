"""Who is let in to each page: every route has a rule here, and each is tried as everybody, and from elsewhere."""
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from deploy.embedded.ports import any_free
from services.portal.app import build
from services.portal.domain.accounts import Account, Role
from services.portal.domain.copies import MessageCopy
from services.portal.domain.own_data import Kind
from services.portal.domain.own_data import asked as data_asked
from services.portal.domain.supporting import Delegation, Scope
from services.portal.settings import Settings
from services.portal.usecases import own_data, plans, signing_in, supporters
from shared.contracts.intake import PlanIn
from tests.integration.portal.rules import ALL, BROKERS, NOBODY, PAS, PEOPLE, RULES
from tests.routes import asked, filled

KEY = "a-key-that-only-tests-know"
LOOKS = {"look"}
HOME = "https://portal.example"
PLAN = {
    "source": "casework", "source_id": "P-1", "source_version": 1, "postcode": "LE5 3", "times": "Mon-Fri 9am-11am",
    "hours_per_week": "10", "wishes": [{"criterion": "language", "value": "English", "strength": "must"}],
}  # fmt: skip


@dataclass
class Visitor:
    http: httpx.AsyncClient
    form_token: str = ""


@dataclass
class House:
    """The portal, with one plan in it, one copy of data, and everybody who might want to see them. The other three services are
    away."""

    app: FastAPI
    council: str
    plan_id: UUID
    person_id: UUID
    delegation_id: UUID
    request_id: UUID
    visitors: dict[str, Visitor]

    def routes(self) -> dict[str, str]:
        """Rule to address, for every page."""
        known = {"plan_id": str(self.plan_id), "delegation_id": str(self.delegation_id), "index": "0", "service": "portal",
                 "request_id": str(self.request_id),
                 "event": "1", "script": "arabic", "name": "alongside.css"}  # fmt: skip
        return {
            f"{method} {route.path_format}": filled(route, **known)
            for method, route in asked(self.app.routes)
            if isinstance(route, APIRoute) and not route.include_in_schema
        }

    async def ask(self, who: str, rule: str, **more: Any) -> httpx.Response:
        visitor, method = self.visitors[who], rule.partition(" ")[0]
        typed = {"form_token": visitor.form_token, "reason": "They asked me to.", "party": str(self.person_id)}
        form = typed if method == "POST" else None
        return await visitor.http.request(method, self.routes()[rule], **{"data": form, **more})

    async def told(self) -> None:
        async with self.app.state.store.begin() as work:
            plan = await work.plans.find(self.council, self.plan_id)
            await work.copies.put_message(MessageCopy(
                self.council, uuid4(), plan.person_id, "people_to_look_at", "handed_over", datetime.now(UTC), 1, self.plan_id, 1,
            ))  # fmt: skip

    async def kept(self, leaving_out: set[str]) -> dict[str, list[str]]:
        async with self.app.state.database.transaction() as connection:
            tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            return {
                table: sorted(str(tuple(row.values())) for row in await connection.fetch(f'SELECT * FROM "{table}"'))
                for (table,) in tables
                if table not in leaving_out
            }


def outcome(answer: httpx.Response) -> str:
    if answer.status_code == 303 and answer.headers["location"].startswith("/sign-in"):
        return "please sign in"
    return {403: "no", 404: "not here", 500: "broken"}.get(answer.status_code, "in")


@pytest.fixture
async def house(database_url_for: Callable[[str], Awaitable[str]], council: str) -> AsyncIterator[House]:
    nowhere = f"http://127.0.0.1:{any_free(1)[0]}"
    app = build(Settings(
        database_url=await database_url_for("portal"), kafka_servers="127.0.0.1:1", service_key=KEY, public_url=HOME,
        registry_url=nowhere, matcher_url=nowhere, notifier_url=nowhere, try_out_sign_in=True,
    ))  # type: ignore[arg-type]  # fmt: skip
    await app.state.database.open()
    visitors = {"nobody": browser(app)}
    numbers: dict[str, UUID] = {}
    for who in sorted(ALL):
        role = Role.PERSON if who in PEOPLE else Role.PA if who in PAS else Role.BROKER if who in BROKERS else Role.STAFF
        where = "elsewhere" if who.endswith("another council") else council
        # The same number in another council is another person: it must open nothing.
        numbers[who] = numbers["the person"] if who == "a person of another council" and "the person" in numbers else uuid4()
        visitors[who] = await signed_in(app, Account(where, numbers[who], role, who))
    async with app.state.store.begin() as work:
        given = PlanIn.model_validate({**PLAN, "person_ref": str(numbers["the person"])})
        plan = (await plans.take_in_plan(council, given, work, now=datetime.now(UTC), fresh=uuid4)).plan
        for who, scope in (("sees", Scope.SEE_SHORTLIST), ("asks", Scope.ASK_TO_MEET), ("edits", Scope.EDIT_PLAN)):
            standing = await let_in(work, council, plan.person_id, numbers[f"supporter who {who}"], {scope})
        over = await let_in(work, council, plan.person_id, numbers["supporter taken off"], set(Scope))
        await supporters.end_support(council, over.delegation_id, work, now=datetime.now(UTC))
        before = date.today() - timedelta(days=30)
        await work.supporters.add(replace(
            over, delegation_id=uuid4(), supporter_id=numbers["supporter whose time ran out"], start=before,
            until=date.today() - timedelta(days=1),
        ))  # fmt: skip
        copy = data_asked(council, uuid4(), plan.person_id, Role.PERSON, Kind.COPY, plan.person_id, None, datetime.now(UTC))
        await work.data_requests.add(copy)
        await own_data.make_ready(copy, b"a zip", work, now=datetime.now(UTC))
    yield House(app, council, plan.plan_id, plan.person_id, standing.delegation_id, copy.request_id, visitors)
    for visitor in visitors.values():
        await visitor.http.aclose()
    await app.state.database.close()


def browser(app: FastAPI) -> Visitor:
    to_app = httpx.ASGITransport(app, raise_app_exceptions=False)
    return Visitor(httpx.AsyncClient(transport=to_app, base_url=HOME, headers={"accept": "text/html"}))


async def signed_in(app: FastAPI, account: Account) -> Visitor:
    visitor = browser(app)
    visitor.form_token = uuid4().hex
    async with app.state.store.begin() as work:
        await work.accounts.put(account)
        token = await signing_in.sign_in(
            account.council, account.account_id, work, now=datetime.now(UTC), secret=uuid4().hex, form_token=visitor.form_token
        )
    visitor.http.cookies.set("__Host-alongside", token, domain="portal.example", path="/")
    return visitor


async def let_in(work: Any, council: str, person: UUID, supporter: UUID, scopes: set[Scope]) -> Delegation:
    return await supporters.let_in(
        council, person, supporter, frozenset(scopes), date.today() + timedelta(days=30), work, now=datetime.now(UTC),
        delegation_id=uuid4(), evidence="said so",
    )  # fmt: skip


async def test_every_page_has_a_rule_and_every_rule_a_page(house: House) -> None:
    assert set(house.routes()) == set(RULES)


async def test_everybody_is_let_in_where_the_rule_says_and_nowhere_else(house: House) -> None:
    await house.told()
    wrong = {}
    for rule, may in RULES.items():
        for who in house.visitors:
            if rule in ("POST /sign-out", "POST /sign-in", "POST /supporters/{delegation_id}/end"):
                continue  # these change who is who: each has a test of its own
            found = outcome(await house.ask(who, rule))
            right = {"in"} if who in may else {"please sign in"} if who == "nobody" else {"no", "not here"}
            right = right | ({"not here"} if rule.startswith(("GET /assets/", "GET /vacancies/{council}")) else set())
            if found not in right:
                wrong[rule, who] = found
    assert wrong == {}


@pytest.mark.parametrize("who", sorted((ALL | NOBODY) - {"the person"}))
async def test_nobody_but_the_person_takes_their_supporter_off(house: House, who: str) -> None:
    answer = await house.ask(who, "POST /supporters/{delegation_id}/end")

    assert outcome(answer) != "in"
    assert outcome(await house.ask("supporter who edits", "GET /plans/{plan_id}")) == "in"


async def test_who_is_taken_off_sees_nothing_from_the_next_click_on(house: House) -> None:
    assert outcome(await house.ask("supporter who edits", "GET /plans/{plan_id}")) == "in"

    await house.ask("the person", "POST /supporters/{delegation_id}/end")

    assert outcome(await house.ask("supporter who edits", "GET /plans/{plan_id}")) == "no"


async def test_nobody_sees_a_list_before_the_person_was_told_and_staff_must_write_why(house: House) -> None:
    for who in ("supporter who sees", "supporter who asks", "supporter who edits"):
        assert outcome(await house.ask(who, "GET /plans/{plan_id}/list")) == "no"
        assert outcome(await house.ask(who, "POST /plans/{plan_id}/people/{profile_id}/ask")) == "no"
    asked_why = await house.ask("staff", "GET /plans/{plan_id}/list")
    empty = {"form_token": house.visitors["staff"].form_token, "reason": " "}
    nothing = await house.ask("staff", "POST /plans/{plan_id}/list", data=empty)
    looks = await house.visitors["the person"].http.get("/supporters")

    assert "The person comes first" in asked_why.text and "<ol" not in asked_why.text
    assert nothing.status_code == 422
    assert "They asked me to." not in looks.text
    await house.ask("staff", "POST /plans/{plan_id}/list")
    assert "They asked me to." in (await house.visitors["the person"].http.get("/supporters")).text


async def test_a_form_of_another_site_is_refused_by_every_route_that_takes_one(house: House) -> None:
    posts = [rule for rule in RULES if rule.startswith("POST ")]
    let_through = set()
    for rule in posts:
        who = next(iter(sorted(RULES[rule] - NOBODY)))
        for headers in ({"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://elsewhere.example"}):
            if outcome(await house.ask(who, rule, headers=headers)) != "no":
                let_through.add((rule, *headers.values()))
    assert let_through == set()


async def test_a_form_without_its_token_is_refused_whoever_sends_it(house: House) -> None:
    await house.told()
    # nobody is signed in there: only where the form comes from can be looked at
    without = {"POST /sign-in", "POST /sign-in/ask", "POST /sign-in/code", "POST /r/{code}"}
    let_through = set()
    for rule in (rule for rule in RULES if rule.startswith("POST ") and rule not in without):
        who = next(iter(sorted(RULES[rule])))
        for token in ("", "wrong", house.visitors["a PA"].form_token if who != "a PA" else house.visitors["staff"].form_token):
            if outcome(await house.ask(who, rule, data={"form_token": token, "reason": "x"})) != "no":
                let_through.add((rule, who, token))
    assert let_through == set()


async def test_looking_changes_nothing_but_the_note_that_somebody_looked(house: House) -> None:
    await house.told()
    before = await house.kept(leaving_out=LOOKS)
    assert before["plan"] and before["session"]
    for rule in (rule for rule in RULES if rule.startswith("GET ")):
        for who in house.visitors:
            await house.ask(who, rule)

    assert await house.kept(leaving_out=LOOKS) == before


async def test_every_answer_has_its_safe_headers_also_the_ones_that_say_no(house: House) -> None:
    for rule in RULES:
        for who in ("nobody", "a PA", "the person"):
            answer = await house.ask(who, rule)
            safe(answer)
    for path in ("/nowhere", "/plans/not-a-number", "/assets/../settings.py", "/assets/none.css", "/api/councils/x", "/live"):
        for accept in ("text/html", "*/*"):
            safe(await house.visitors["nobody"].http.get(path, headers={"accept": accept}))
    safe(await house.visitors["nobody"].http.delete("/plan"))


def safe(answer: httpx.Response) -> None:
    headers, where = answer.headers, str(answer.request.url)
    assert headers["x-content-type-options"] == "nosniff", where
    assert headers["referrer-policy"] == "no-referrer", where
    assert headers["x-frame-options"] in ("DENY", "SAMEORIGIN"), where
    assert headers["strict-transport-security"].startswith("max-age="), where
    assert "server" not in headers and "x-powered-by" not in headers, where
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors" in policy, where
    assert "unsafe-eval" not in policy and "*" not in policy, where
    scripts = next((one for one in policy.split(";") if one.strip().startswith("script-src")), "")
    assert "unsafe-inline" not in scripts, where
    if "/assets/" not in where:
        assert headers["cache-control"] == "no-store", where


async def test_a_cookie_from_before_signing_in_is_worth_nothing_after_it(house: House) -> None:
    visitor = house.visitors["the person"]
    old = visitor.http.cookies["__Host-alongside"]
    account = (await visitor.http.get("/supporters")).status_code
    async with house.app.state.store.begin() as work:
        plan = await work.plans.find(house.council, house.plan_id)

    answer = await visitor.http.post("/sign-in", data={"council": house.council, "account_id": str(plan.person_id)})

    assert (account, answer.status_code) == (200, 303)
    flags = {part.strip().lower() for part in answer.headers["set-cookie"].split(";")[1:]}
    assert {"httponly", "secure", "path=/", "samesite=lax"} <= flags and not any(flag.startswith("domain") for flag in flags)
    assert answer.headers["set-cookie"].startswith("__Host-alongside=")
    assert answer.cookies["__Host-alongside"] != old
    fresh = browser(house.app)
    fresh.http.cookies.set("__Host-alongside", old, domain="portal.example", path="/")
    assert outcome(await fresh.http.get("/supporters")) == "please sign in"


@pytest.mark.parametrize("cookie", ["", ".", "a.b.c", "leicester.", "x" * 5000, "elsewhere.guess", "%00.%00", "é"])
async def test_a_made_up_cookie_is_nobody(house: House, cookie: str) -> None:
    shown = {b"cookie": f"__Host-alongside={cookie}".encode()}

    answer = await browser(house.app).http.get("/supporters", headers=shown)  # type: ignore[arg-type]

    assert outcome(answer) == "please sign in"
