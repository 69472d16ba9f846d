"""What the guide on support plans shows is what works: its own examples, run."""

import asyncio
import json
import re
import shutil
import subprocess
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from aiokafka import AIOKafkaProducer

from deploy.embedded.stack import Stack
from services.portal.api.csv_columns import heading_of
from services.portal.app import build
from services.portal.domain.plan import Plan
from services.portal.domain.refusals import refusal
from services.portal.settings import Settings
from services.portal.store import Store
from tests.conftest import BROKER as KIND
from tests.integration.portal.at_work import Portal
from tests.integration.portal.conftest import KEY

pytestmark = pytest.mark.usefixtures("empty_broker")

GUIDE = Path("docs/how-to/support-plans.md").read_text()


def example(kind: str) -> str:
    (found,) = re.findall(rf"^```{kind}\n(.*?)^```", GUIDE, flags=re.MULTILINE | re.DOTALL)
    return str(found)


async def test_every_road_in_the_guide_makes_the_same_plan(portal: Portal):
    where = f"/api/councils/{portal.council}/plans"
    plan = json.loads(example("json"))

    first = (await portal.http.post(where, json=plan)).json()
    csv = (await portal.http.post(f"{where}/csv", content=example("csv").encode())).json()
    fhir = (await portal.http.post(f"{where}/fhir?source=fhir", content=example("fhir").encode())).json()

    assert (first["outcome"], first["asked"]) == ("created", [])
    assert csv["counts"] == {"created": 2} and csv["not_understood"] == []
    assert fhir["counts"] == {"created": 1} and fhir["rows"][0]["not_understood"] == []
    told = await portal.told("portal.support_plan.v1")
    assert len({(one["fixed"], one["quarters"], one["place"]["outcode"]) for one in (told[0], told[1], told[3])}) == 1
    for one in (told[0], told[1], told[3]):
        assert next(wish for wish in one["wishes"] if wish["criterion"] == "language")["values"][0] == "so"


async def test_the_guides_accounts_are_taken_in(portal: Portal):
    (account,) = json.loads(example("accounts"))

    answer = await portal.post("/accounts/bulk", [account])

    assert answer.json()["counts"] == {"added": 1} and UUID(account["account_id"])


async def test_the_guides_message_is_one_the_topic_takes(portal: Portal):
    body = re.search(r"printf '%s' '(.*)' \|", example("kcat"))
    assert body

    await portal.hears({**json.loads(body[1]), "council": portal.council})

    assert len(await portal.told("portal.support_plan.v1")) == 1


def test_the_guides_refusal_is_the_one_given():
    (error,) = json.loads(example("problem"))["errors"]
    given = refusal("postcode", "unknown_area")

    assert error == {"field": given.field, "problem": given.problem, "remedy": given.remedy}


def test_every_column_the_guide_names_is_one_we_read():
    table = GUIDE.split("| column | also |")[1].split("\n\n")[0].splitlines()[2:]
    names = [name.strip() for row in table for cell in row.split("|")[1:3] for name in re.split(r"[,;]", cell)]
    named = [name for name in names if name and not name.startswith(("with `", "`", "or `"))]

    assert [name for name in named if heading_of(re.sub(r"`.*?`|\bor\b.*", "", name)) is None] == []
    assert len(named) > 40


async def test_the_guides_message_brings_a_plan_in(
    database_url_for: Callable[[str], Awaitable[str]], infrastructure: Stack, council: str
):
    """From a Kafka producer we did not write, through a real broker, to a plan that is kept."""
    url, servers = await database_url_for("portal"), infrastructure.kafka_servers
    app = build(Settings(database_url=url, kafka_servers=servers, kafka_kind=KIND, service_key=KEY))
    line = example("kcat").replace("127.0.0.1:9092", servers).replace("leicester", council)

    async with app.router.lifespan_context(app):
        await (by_kcat(line) if kcat_can_speak() else by_aiokafka(line, servers))
        plan = await first_plan(app.state.store, council)

    assert (plan.source.source_id, plan.wants.wishes[0].values) == ("P-1042", ("so",))


def kcat_can_speak() -> bool:
    """Whether there is a kcat here that can read the try-out broker's first answer."""
    if not shutil.which("kcat"):
        return False
    said = subprocess.run(["kcat", "-V"], capture_output=True, text=True, check=False)
    version = re.search(r"librdkafka (\d+)\.(\d+)", said.stdout + said.stderr)
    return KIND == "apache" or (version is not None and (int(version[1]), int(version[2])) >= (2, 3))


async def by_kcat(line: str) -> None:
    sent = await asyncio.to_thread(subprocess.run, ["sh", "-c", line], capture_output=True, timeout=30, check=False)
    assert sent.returncode == 0, sent.stderr


async def by_aiokafka(line: str, servers: str) -> None:
    """The same key, headers and body, by another client."""
    body, key, topic = (re.search(found, line) for found in (r"printf '%s' '(.*)' \|", r"-k (\S+)", r"-t (\S+)"))
    assert body and key and topic
    headers = re.findall(r"-H (\w+)=(\$\(.*?\)|\S+)", line)
    assert [name for name, _ in headers] == ["ce_id", "ce_source"]
    async with AIOKafkaProducer(bootstrap_servers=servers) as producer:
        sent = [("ce_id", str(uuid4()).encode()), ("ce_source", headers[1][1].encode())]
        await producer.send_and_wait(topic[1], body[1].encode(), key=key[1].encode(), headers=sent)


async def first_plan(store: Store, council: str) -> Plan:
    async with asyncio.timeout(40):
        while True:
            async with store.begin() as work:
                for plan in await work.plans.page(council):
                    return plan
            await asyncio.sleep(0.1)
