"""What the guide on support plans shows is what works: its own examples, run."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from uuid import UUID

import pytest

from services.portal.api.csv_columns import heading_of
from services.portal.domain.refusals import refusal
from tests.integration.portal.at_work import Portal

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


@pytest.mark.skipif(not shutil.which("kcat"), reason="kcat is not on this machine")
def test_the_guides_kcat_line_is_one_kcat_understands():
    line = example("kcat").replace("127.0.0.1:9092", "127.0.0.1:1").replace("kcat -P", "kcat -X message.timeout.ms=300 -P")

    done = subprocess.run(["sh", "-c", line], capture_output=True, timeout=20, check=False)

    assert b"Usage" not in done.stderr and b"Connect" in done.stderr  # it asked the broker, which is not there
