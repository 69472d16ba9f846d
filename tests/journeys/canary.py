"""Canaries, the homes they may sing in, and every road gone once with one in each field."""
import json
import re
import secrets
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import httpx
from aiokafka import AIOKafkaProducer

from deploy.embedded.stack import SERVICES
from tests.journeys.conftest import Town, plan_in, until
from tests.journeys.signed_in import Browser
from tests.journeys.test_main_job import EMAIL, LARGE, TEXT, whole_list
from tests.routes import NUMBER

UNTIL = date.today() + timedelta(days=90)
INTAKE = "intake.support_plan.v1"
AS_JSON = {"content-type": "application/json"}
SOON = {"until": UNTIL.isoformat(), "until-day": f"{UNTIL.day}", "until-month": f"{UNTIL.month}", "until-year": f"{UNTIL.year}"}

AT_HOME: dict[str, set[str]] = {
    "name of a person": {"portal", "notifier"},
    "name of a PA": {"registry", "portal", "notifier"},
    "name of a worker": {"portal", "notifier"},
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
    "what is wrong": {"portal"},
    "evidence": {"portal"},
    "text message": set(),
    "place of a meeting": {"notifier"},
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

    async def contact(self, party: Any, kind: str, name: str, *preferences: dict[str, Any], **said: Any) -> str:
        phone = self.canaries.phone()
        await self.town.reached(
            party, kind, *preferences, address_as=name, shown_as=name, phone=phone, email=f"{self.word('email')}@example.org",
            postal_address=[f"{self.word('address')} House", f"1 {self.word('address')} Road", "Leicester", "LE5 3AA"],
            **said,
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
        self.phone = await self.contact(self.person, "person", name, EMAIL, LARGE)
        phone = await self.contact(self.pa, "pa", pa_name, TEXT, EMAIL, hear_of_gaps=True)
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
        await self.gap()
        await self.new_number()
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
        sharing = {"plan_id": plan["plan_id"], "hours_per_week": "1", "evidence": "said so"}
        await self.town.call("POST", "portal", "/pools", sharing)
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
            token = (await person.form("/data/correct"))["form_token"]
            await person.send("/data/correct", {"form_token": token, "words": word("what is wrong")})
            for page in ("/list", "/messages", "/supporters", "/meetings", "/contact", "/data"):
                await person.get(page)
        async with self.browser(self.pa) as pa:
            form = await pa.form("/profile/change")
            await pa.send("/profile/change", {**form, "about_me": word("about me"), "skills": word("word of a PA")})
        async with self.browser(self.staff) as staff:
            token = (await staff.form(where, "/council/plans"))["form_token"]
            await staff.send(f"{where}/list", {"form_token": token, "reason": word("reason of staff")}, expect=200)
            for page in ("/council/messages", "/council/tasks", "/council/plans", "/council/profiles", "/council/set-aside"):
                await staff.get(page)
        async with self.browser(self.broker) as broker:
            token = (await broker.form("/people/ask"))["form_token"]
            await broker.send("/people/ask", {
                "form_token": token, "named": self.phone, "relation": "broker", "scopes": "edit_plan", **SOON,
            })  # fmt: skip
        await self.town.messages(self.person, "supporter_asks_to_act")
        await self.town.call("POST", "portal", "/supporters", {
            "person_id": str(self.person), "supporter_id": str(self.broker), "scopes": ["ask_to_meet"],
            "until": UNTIL.isoformat(), "evidence": word("evidence"),
        })  # fmt: skip

    def browser(self, who: Any) -> Browser:
        return Browser(self.town, str(who))

    async def asking(self, plan: dict[str, Any], phone: str) -> None:
        town = self.town
        asked = {"profile_id": str(self.pa), "asked_by": "person"}
        made = await town.call("POST", "matcher", f"/plans/{plan['plan_id']}/introductions", asked)
        await town.messages(self.pa, "somebody_would_like_to_meet_you")
        unclear = f"Is it {self.word('text message')}?"
        await town.call("POST", "notifier", "/texts", {"from": phone, "words": unclear}, expect=(200, 201))
        await town.messages(self.pa, "we_did_not_understand")
        await town.call("POST", "notifier", "/texts", {"from": phone, "words": "Yes please"}, expect=(200, 201))
        await town.messages(self.person, "they_said_yes")
        await self.meeting(f"/plans/{plan['plan_id']}/meetings/{made['introduction_id']}")
        await self.work(f"/plans/{plan['plan_id']}/meetings/{made['introduction_id']}/offer", made["introduction_id"])

    async def meeting(self, where: str) -> None:
        async with self.browser(self.person) as person:
            form = await person.form(where)
            await person.send(where, {
                **form, "day-day": f"{UNTIL.day}", "day-month": f"{UNTIL.month}", "day-year": f"{UNTIL.year}", "time": "10:30am",
                "place": f"{self.word('place of a meeting')} Café",
            })  # fmt: skip
            await person.get("/meetings")
        await self.town.messages(self.pa, "meeting_arranged")

    async def work(self, where: str, introduction_id: str) -> None:
        async with self.browser(self.person) as person:
            form = await person.form(where)
            day = {f"starts-{part}": f"{getattr(UNTIL, part)}" for part in ("day", "month", "year")}
            await person.send(where, {**form, **day, "hours": "10", "rate": "15", "trial": "4"})
        await self.town.messages(self.pa, "offer")
        async with self.browser(self.pa) as pa:
            token = (await pa.form("/profile/change"))["form_token"]
            await pa.send(f"/asks/{introduction_id}/offer", {"form_token": token, "answer": "yes"})
        await self.town.messages(self.person, "start")

    async def new_number(self) -> None:
        """The PA has another number now, is asked there whether it is theirs, and says so."""
        phone = await self.contact(self.pa, "pa", self.word("name of a PA"), TEXT, EMAIL, confirmed_on=None)
        await self.town.messages(self.pa, "is_this_you")
        await self.town.call("POST", "notifier", "/texts", {"from": phone, "words": "Me"}, expect=(200, 201))

    async def gap(self) -> None:
        """Seven people want the same, and one PA is too few: it is published, and the PA hears of it."""
        for _ in range(7):
            said = {"own_words": self.word("own words"), "title": self.word("title")}
            await self.town.shortlist((await self.town.plan(uuid4(), **said))["plan_id"])
        published = await self.town.call("POST", "matcher", "/gaps/weeks", {})
        assert published["figures"]
        await self.town.messages(self.pa, "a_gap_near_you")

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
