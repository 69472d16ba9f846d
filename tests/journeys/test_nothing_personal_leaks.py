"""A canary in every personal field of everybody, then each road once: no topic, log line, error or other database sings."""
import asyncio
import json
import re
import secrets
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from deploy.embedded.ports import Ports
from deploy.embedded.stack import SERVICES, Stack
from tests.conftest import BROKER, Beside, state_folder
from tests.journeys.conftest import Town, plan_in, until
from tests.journeys.test_main_job import EMAIL, LARGE, TEXT, whole_list
from tests.routes import NUMBER

TOPICS = (
    "registry.profile.v1", "portal.support_plan.v1", "portal.supporter.v1", "matcher.shortlist.v1", "matcher.introduction.v1",
    "notifier.message.v1", "notifier.reply.v1",
)  # fmt: skip
INTAKE = "intake.support_plan.v1"
UNTIL = date.today() + timedelta(days=90)
AS_JSON = {"content-type": "application/json"}
SOON = {"until": UNTIL.isoformat(), "until-day": f"{UNTIL.day}", "until-month": f"{UNTIL.month}", "until-year": f"{UNTIL.year}"}

AT_HOME: dict[str, set[str]] = {
    "name of a person": {"portal", "notifier"},
    "name of a PA": {"registry", "portal", "notifier"},
    "name of a worker": {"portal"},
    "phone": {"notifier"},
    "email": {"notifier"},
    "address": {"notifier"},
    "own words": {"portal"},
    "title": {"portal"},
    "why": {"portal"},
    "about me": {"registry"},
    "word of a PA": {"registry"},
    "word of a person": {"portal"},
    "reason of staff": {"portal"},
    "evidence": {"portal"},
    "text message": set(),
    "on the topic": {"portal"},  # a record that cannot be used is kept whole, where it came in, until somebody looks at it
    "wrong body": set(),
    "wrong field": set(),
    "wrong address": set(),
}
"""Which services may keep what. Nothing of it is ever at the matcher's."""


class Canaries:
    """Words that mean nothing and stand nowhere else."""

    def __init__(self) -> None:
        self.out: dict[str, str] = {}
        """Word to the kind of field it was put in."""

    def word(self, kind: str) -> str:
        assert kind in AT_HOME
        word = "zq" + "".join(secrets.choice("bcdfghjkmnpqrstvwxz") for _ in range(12))
        self.out[word] = kind
        return word

    def phone(self) -> str:
        number = "7700900" + "".join(secrets.choice("0123456789") for _ in range(3))
        self.out[number] = "phone"
        return f"0{number}"

    def heard(self, where: str | bytes) -> set[str]:
        """The kinds of the canaries in this."""
        text = (where.decode("utf-8", "replace") if isinstance(where, bytes) else where).casefold()
        return {f"{kind}: {word}" for word, kind in self.out.items() if word in text}

    def kinds(self, where: str | bytes) -> set[str]:
        return {one.partition(":")[0] for one in self.heard(where)}


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """Everything that the four services, PostgreSQL and the broker say."""
    return []


@pytest.fixture(scope="module")
def whole(beside: Beside, lines: list[str]) -> Iterator[Stack]:
    """A product of our own, that says all it can."""
    stack = Stack(
        state_folder(), Ports.free(), broker=BROKER, durable=False, tell=lambda name, line: lines.append(f"{name} {line}"),  # type: ignore[arg-type]
        settings={"ALONGSIDE_LOG_LEVEL": "debug"},
    )  # fmt: skip
    beside.run(stack.__aenter__())
    yield stack
    beside.run(stack.__aexit__(None, None, None))


class Journey:
    """Every road once, with a canary in each field."""

    def __init__(self, town: Town) -> None:
        self.town, self.canaries = town, Canaries()
        self.word = self.canaries.word
        self.refusals: list[str] = []
        town.client.event_hooks["response"].append(self.note_refusal)

    async def note_refusal(self, answer: httpx.Response) -> None:
        if answer.status_code >= 400:
            await answer.aread()
            self.refusals.append(f"{answer.status_code} {answer.text}")

    async def contact(self, party: Any, kind: str, name: str, *preferences: dict[str, Any]) -> str:
        phone = self.canaries.phone()
        await self.town.reached(
            party, kind, *preferences, address_as=name, shown_as=name, phone=phone, email=f"{self.word('email')}@example.org",
            postal_address=[f"{self.word('address')} House", f"1 {self.word('address')} Road", "Leicester", "LE5 3AA"],
        )  # fmt: skip
        return phone

    async def everything(self) -> None:
        town, word = self.town, self.word
        self.person, self.broker, self.staff = uuid4(), uuid4(), uuid4()
        name, pa_name = word("name of a person"), word("name of a PA")
        self.pa = await town.pa(
            pa_name, about_me=f"I like {word('about me')}", practices=f"cooks halal, {word('word of a PA')}",
            interests=[word("word of a PA")], languages=f"English (fluent), {word('word of a PA')}",
            availability=f"weekdays 8am-6pm, {word('word of a PA')}",
        )  # fmt: skip
        await town.call("POST", "portal", "/accounts/bulk", [
            {"account_id": str(self.person), "role": "person", "chosen_name": name},
            {"account_id": str(self.pa), "role": "pa", "chosen_name": pa_name},
            {"account_id": str(self.broker), "role": "broker", "chosen_name": word("name of a worker"), "organisation": "Beacon"},
            {"account_id": str(self.staff), "role": "staff", "chosen_name": word("name of a worker")},
        ])  # fmt: skip
        await self.contact(self.person, "person", name, EMAIL, LARGE)
        phone = await self.contact(self.pa, "pa", pa_name, TEXT, EMAIL)
        await self.contact(self.broker, "supporter", "Bea", EMAIL)
        refused = {"ref": "PA-9", "chosen_name": word("wrong body"), "travel": "teleport"}
        await town.call("POST", "registry", "/profiles/bulk", [refused])
        row = f"PA-7,{word('name of a PA')},LE5 3,bus,{word('about me')},{word('word of a PA')}"
        sheet = f"Ref,Name,Post code,Travel,About me,Lang\n{row}\n"
        await self.send("registry", "/profiles/csv", sheet, "text/csv")

        plan = await self.plans(word)
        await self.topic()
        await self.shortlist(plan)
        await self.pages(plan)
        await self.asking(plan, phone)
        await self.wrong_bodies()

    async def plans(self, word: Any) -> dict[str, Any]:
        must = {"criterion": "sex", "value": "woman", "strength": "must",
                "reason": {"why": word("why"), "tasks": ["personal care"], "until": "2099-05-31"}}  # fmt: skip
        wishes = [{"criterion": "language", "value": "English", "strength": "must"},
                  {"criterion": "interest", "value": word("word of a person"), "strength": "nice"}]  # fmt: skip
        plan = await self.town.plan(
            self.person, wishes=wishes, times=f"Mon-Fri 9am-11am, {word('word of a person')}", own_words=word("own words"),
            title=word("title"), tasks=["personal care", word("word of a person")],
        )  # fmt: skip
        await self.town.plan(uuid4(), wishes=[*wishes, must], tasks=["personal care"], own_words=word("own words"))
        refused = [{**plan_in(uuid4()), "postcode": "XX99", "own_words": word("wrong body"), word("wrong field"): 1}]
        await self.town.call("POST", "portal", "/plans/bulk", [*refused, word("wrong body")])
        sheet = ("Plan ID,Person,Postcode,Times,Hours,Own words,Must sex,Why,Reason tasks,Reason until\n"
                 f"P-1,77,LE5 3,Mon 9am-11am,4,{word('own words')},woman,{word('why')},personal care,31/5/2099\n"
                 f"P-2,78,{word('wrong body')[:8]},Mon 9am-11am,4,,,,,\n")  # fmt: skip
        await self.send("portal", "/plans/csv", sheet, "text/csv")
        care_plan = {
            "resourceType": "CarePlan", "id": "F-1", "meta": {"versionId": "1"}, "status": "active", "intent": "plan",
            "title": word("title"), "subject": {"reference": "Patient/79", "display": word("wrong body")},
            "extension": [
                {"url": f"https://alongside.example/fhir/support-plan/{name}", **value}
                for name, value in (("hours-per-week", {"valueDecimal": 4}), ("area", {"valueString": "LE5 3"}),
                                    ("own-words", {"valueString": word("own words")}))
            ],
            "note": [{"text": word("wrong body")}],
        }  # fmt: skip
        await self.send("portal", "/plans/fhir", json.dumps(care_plan), "application/fhir+json")
        return plan

    async def send(self, service: str, path: str, body: str, kind: str) -> None:
        prefix = "/api" if service == "portal" else ""
        answer = await self.town.client.post(
            f"{self.town.stack.url(service)}{prefix}/councils/{self.town.council}{path}", content=body.encode(),
            headers={"content-type": kind},
        )  # fmt: skip
        assert answer.status_code < 300, answer.text

    async def topic(self) -> None:
        """Good, and wrong in every way: these bodies are seen by the portal alone."""
        word = lambda: self.word("on the topic")  # noqa: E731
        good = {"council": self.town.council, **plan_in(uuid4(), source_id="from-the-topic")}
        bodies = [
            good,
            {**good, "source_id": "own-words", "own_words": word()},
            {**good, "source_id": "unknown-field", word(): word()},
            {**good, "source_id": "wrong-kind", "hours_per_week": word(), "state": word(), "wishes": [word()]},
            {**good, "source_id": "in-a-wish", "wishes": [{"criterion": "sex", "strength": "must", "value": word(), word(): 1}]},
            {**good, "source_id": "no-reason", "wishes": [{"criterion": "faith", "strength": "must", "value": word()}]},
            {**good, "source_id": "bad-area", "postcode": word()[:8]},
        ]
        raw = [json.dumps(body).encode() for body in bodies] + [f'{{"{word()}'.encode(), b"\xff" + word().encode()]
        headers = [[("ce_id", str(uuid4()).encode())] for _ in raw]
        headers[-1] = [("ce_id", word().encode()), ("ce_type", word().encode())]
        producer = AIOKafkaProducer(bootstrap_servers=self.town.stack.kafka_servers)
        await producer.start()
        for body, head in zip(raw, headers, strict=True):
            await producer.send_and_wait(INTAKE, body, headers=head, partition=3)
        last = {**good, "source_id": "the-last"}
        await producer.send_and_wait(INTAKE, json.dumps(last).encode(), headers=[("ce_id", str(uuid4()).encode())], partition=3)
        await producer.stop()

        async def heard_the_last() -> bool:
            found = await self.town.call("GET", "portal", "/plans?size=500")
            return any(one["source_id"] == "the-last" for one in found["items"])

        await until(heard_the_last, within=60)

    async def shortlist(self, plan: dict[str, Any]) -> None:
        await self.town.shortlist(plan["plan_id"])
        await until(lambda: whole_list(self.town, plan["plan_id"], 2))
        await self.town.messages(self.person)

    async def pages(self, plan: dict[str, Any]) -> None:
        word, where = self.word, f"/plans/{plan['plan_id']}"
        async with self.browser(self.person) as person:
            form = await person.form(f"{where}/change")
            tasks = f"personal care, {word('word of a person')}"
            await person.send(f"{where}/change", {**form, "own_words": word("own words"), "tasks": tasks})
            form = await person.form(f"{where}/wishes/add")
            await person.send(f"{where}/wishes/add", {
                "form_token": form["form_token"], "revision": form["revision"], "step": "reason", "criterion": "sex",
                "value": "woman", "strength": "must", "why": word("why"), "reason_tasks": "personal care", **SOON,
            })  # fmt: skip
            form = await person.form("/supporters/add")
            await person.send("/supporters/add", {
                "form_token": form["form_token"], "supporter": str(self.broker), "scopes": "see_shortlist", **SOON,
            })  # fmt: skip
            for page in ("/list", "/messages", "/supporters", "/meetings", "/contact"):
                await person.get(page)
        async with self.browser(self.pa) as pa:
            form = await pa.form("/profile/change")
            await pa.send("/profile/change", {**form, "about_me": word("about me"), "skills": word("word of a PA")})
        async with self.browser(self.staff) as staff:
            token = (await staff.form(where, "/council/plans"))["form_token"]
            await staff.send(f"{where}/list", {"form_token": token, "reason": word("reason of staff")}, expect=200)
            for page in ("/council/messages", "/council/tasks", "/council/plans", "/council/profiles", "/council/set-aside"):
                await staff.get(page)
        await self.town.call("POST", "portal", "/supporters", {
            "person_id": str(self.person), "supporter_id": str(self.broker), "scopes": ["ask_to_meet"],
            "until": UNTIL.isoformat(), "evidence": word("evidence"),
        })  # fmt: skip

    def browser(self, who: Any) -> "Browser":
        return Browser(self.town, str(who))

    async def asking(self, plan: dict[str, Any], phone: str) -> None:
        town = self.town
        asked = {"profile_id": str(self.pa), "asked_by": "person"}
        await town.call("POST", "matcher", f"/plans/{plan['plan_id']}/introductions", asked)
        await town.messages(self.pa, "somebody_would_like_to_meet_you")
        unclear = f"Is it {self.word('text message')}?"
        await town.call("POST", "notifier", "/texts", {"from": phone, "words": unclear}, expect=(200, 201))
        await town.messages(self.pa, "we_did_not_understand")
        await town.call("POST", "notifier", "/texts", {"from": phone, "words": "Yes please"}, expect=(200, 201))
        await town.messages(self.person, "they_said_yes")

    async def wrong_bodies(self) -> None:
        """To every route that takes one, and some that do not."""
        for service in SERVICES:
            base = self.town.stack.url(service)
            routes = (await self.town.client.get(f"{base}/openapi.json")).json()["paths"]
            for path, methods in routes.items():
                address = path.replace("{council}", self.town.council)
                address = base + re.sub(r"\{\w+\}", NUMBER, address)
                for method in methods:
                    wrong = self.word("wrong body")
                    odd = {self.word("wrong field"): wrong, "chosen_name": [wrong], "words": {wrong: 1}}
                    bodies = [wrong, f'{{"{wrong}', json.dumps(odd), json.dumps([wrong])]
                    for body in bodies if method != "get" else []:
                        await self.town.client.request(method, address, content=body, headers=AS_JSON)
                    params = {name: wrong for name in ("page", "size", "ids", "purpose", "group", "state", "role", "plan_id")}
                    await self.town.client.request(method, address, params=params)
                    await self.town.client.request(method, address.replace(NUMBER, self.word("wrong address")))


class Browser:
    """Somebody signed in at the portal."""

    def __init__(self, town: Town, who: str) -> None:
        self.council, self.who = town.council, who
        self.http = httpx.AsyncClient(base_url=town.stack.url("portal"), headers={"accept": "text/html"}, timeout=20)

    async def __aenter__(self) -> "Browser":
        answer = await self.http.post("/sign-in", data={"council": self.council, "account_id": self.who})
        assert answer.status_code == 303
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.aclose()

    async def get(self, path: str) -> str:
        answer = await self.http.get(path, follow_redirects=True)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    async def form(self, *paths: str) -> dict[str, str]:
        """What the form on the last of these pages holds, or on the first that has one."""
        found: dict[str, str] = {}
        for path in paths:
            page = await self.get(path)
            for tag in re.findall(r"<input\b[^>]*>", page):
                fields = dict(re.findall(r'(\w+)="([^"]*)"', tag))
                if fields.get("type") in ("checkbox", "radio") and " checked" not in tag:
                    continue
                if "name" in fields:
                    found.setdefault(fields["name"], fields.get("value", ""))
        return found

    async def send(self, path: str, typed: dict[str, str], expect: int = 303) -> None:
        answer = await self.http.post(path, data=typed)
        assert answer.status_code == expect, (path, re.findall(r'error-message"[^>]*>(.*?)</p', answer.text, re.DOTALL))


async def everything_on(topics: tuple[str, ...], servers: str) -> dict[str, list[bytes]]:
    """Every record from the first, raw: key, headers and body."""
    consumer = AIOKafkaConsumer(bootstrap_servers=servers, auto_offset_reset="earliest", enable_auto_commit=False)
    await consumer.start()
    places = [TopicPartition(topic, partition) for topic in topics for partition in range(12)]
    consumer.assign(places)
    ends = {place: end for place, end in (await consumer.end_offsets(places)).items() if end}
    found: dict[str, list[bytes]] = {topic: [] for topic in topics}
    await consumer.seek_to_beginning(*places)
    at: dict[TopicPartition, int] = {}
    async with asyncio.timeout(60):
        while any(at.get(place, 0) < end for place, end in ends.items()):
            for place, records in (await consumer.getmany(timeout_ms=500)).items():
                for one in records:
                    found[place.topic].append(repr((one.key, one.headers)).encode() + (one.value or b""))
                    at[place] = one.offset + 1
    await consumer.stop()
    return found


async def everything_kept(database_url: str) -> str:
    connection = await asyncpg.connect(database_url)
    try:
        tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        kept = []
        for (table,) in tables:
            for row in await connection.fetch(f'SELECT t.* FROM "{table}" AS t'):
                kept += [f"{table} {as_text(value)}".replace("\n", " ") for value in row.values()]
        return "\n".join(kept)
    finally:
        await connection.close()


def sent(outbox: Path) -> tuple[list[str], list[bytes], list[bytes]]:
    """The titles of all messages, the words of those that went as a text, and every address in any."""
    titles, texts, links = [], [], []
    for message in (one for one in outbox.iterdir() if not one.name.startswith(".")):
        ledger = json.loads((message / "delivery.json").read_text())
        titles.append(ledger["title"])
        for artefact in (one for one in message.iterdir() if one.suffix in (".txt", ".html")):
            body = artefact.read_bytes()
            links += re.findall(rb"https?://[^\s\"<>)]+", body)
            texts += [body] if ledger["method"] == "text" else []
    return titles, texts, links


def as_text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


async def test_nothing_personal_is_anywhere_but_at_home(town: Town, lines: list[str]) -> None:
    journey = Journey(town)
    await journey.everything()
    heard = journey.canaries.heard

    # The canaries do sing where they live: a test that puts none out would find none.
    kept = {service: await everything_kept(town.stack.database_url(service)) for service in SERVICES}
    lived = {kind for service in SERVICES for kind in journey.canaries.kinds(kept[service])}
    assert lived == {kind for kind, homes in AT_HOME.items() if homes}
    for service in SERVICES:
        strange = {one for one in heard(kept[service]) if service not in AT_HOME[one.partition(":")[0]]}
        assert not strange, (service, [line[:300] for line in kept[service].split("\n") if heard(line) & strange][:5])

    told = await everything_on(TOPICS, town.stack.kafka_servers)
    assert all(told[topic] for topic in TOPICS), {topic: len(records) for topic, records in told.items()}
    assert [record for records in told.values() for record in records if heard(record)] == []
    intake = (await everything_on((INTAKE,), town.stack.kafka_servers))[INTAKE]
    assert {kind for record in intake for kind in journey.canaries.kinds(record)} == {"on the topic"}

    assert len(lines) > 30
    assert [line for line in lines if heard(line)] == []
    assert len(journey.refusals) > 100
    # A refusal names the field and the remedy, never what was sent, but for the name of a field that the sender made up.
    assert [line for line in journey.refusals if journey.canaries.kinds(line) - {"wrong field"}] == []
    assert [line for line in journey.refusals if line.startswith("5")] == []

    for service in SERVICES:
        set_aside = (await town.client.get(f"{town.stack.url(service)}/parked")).text
        assert heard(set_aside) == set(), service
    assert (await town.client.get(f"{town.stack.url('portal')}/parked")).json()

    titles, texts, links = sent(town.stack.state / "outbox" / town.council)
    assert [title for title in titles if heard(title)] == []  # others may see it over a shoulder
    assert texts and links
    assert [body for body in (*texts, *links) if heard(body)] == []
    assert all(str(party).encode() not in link for link in links for party in (journey.person, journey.pa))
