"""The `alongside` command against the whole product: load a sample, import files with good and bad rows, publish a plan."""

import asyncio
import json
import time
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner, Result

from deploy.cli.app import app
from deploy.embedded.stack import Stack
from deploy.sample.files import write
from deploy.sample.load import is_loaded
from deploy.sample.sample import Sample, fresh_day

PAS, PLANS = 40, 14


@pytest.fixture
def here(whole: Stack, monkeypatch: pytest.MonkeyPatch) -> Stack:
    monkeypatch.setenv("ALONGSIDE_STATE", str(whole.state))
    return whole


def alongside(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "200"})


def silently(what: str, done: int, of: int) -> None: ...


def ask(stack: Stack, service: str, path: str) -> httpx.Response:
    return httpx.get(f"{stack.url(service)}{path}", headers={"Authorization": f"Bearer {stack.service_key}"}, timeout=30)


def test_a_sample_goes_in_and_going_in_again_changes_nothing(here: Stack) -> None:
    sample = Sample("powys", PAS, PLANS, seed=3, day=fresh_day())
    words = ("sample", "--council", "powys", "--pas", str(PAS), "--plans", str(PLANS), "--seed", "3", "--load", "--json")
    assert not asyncio.run(is_loaded(here.urls, here.service_key, sample))

    first = alongside(*words)

    assert first.exit_code == 0, first.stderr
    assert asyncio.run(is_loaded(here.urls, here.service_key, sample))
    before = ask(here, "registry", f"/councils/powys/profiles?size={PAS}").json()["items"]
    assert alongside(*words).exit_code == 0
    assert ask(here, "registry", f"/councils/powys/profiles?size={PAS}").json()["items"] == before


def test_good_rows_of_a_register_go_in_and_bad_ones_come_back_with_the_reason(here: Stack, tmp_path: Path, council: str) -> None:
    register = tmp_path / "register.csv"
    register.write_text(
        "PA register of the north,,,,\n"
        "Ref,Name,Post code,Travel,Languages spoken,Hourly rate\n"
        '1,Amrit,LE5 3,bus,"Panjabi (fluent), Engl1sh",£13.20\n'
        "2,,LE5 4,car,English (fluent),£13.00\n"
        ",,,,,\n"
        "4,Dawn,ZZ2 1,walks,English (fluent),£13.00\n"
    )

    result = alongside("import", register, "--council", council, "--json")

    assert result.exit_code == 3, result.stderr
    report = json.loads(result.stdout)
    assert report["counts"] == {"added": 1, "refused": 2}
    assert [one["row"] for one in report["refused"]] == [4, 6]
    assert [one["typed"] for one in report["asked"]] == ["Engl1sh"]
    refused = tmp_path / "register.refused.csv"
    text = refused.read_text()
    assert "A name is needed" in text and "We do not know this area" in text

    refused.write_text(text.replace("2,,LE5", "2,Bina,LE5").replace("ZZ2 1", "LE2 1"))
    mended = alongside("import", refused, "--council", council, "--json")

    assert (mended.exit_code, json.loads(mended.stdout)["counts"]) == (0, {"added": 2})
    assert json.loads(mended.stdout)["headings_not_understood"] == []
    assert ask(here, "registry", f"/councils/{council}/profiles").json()["total"] == 3


def test_plans_come_in_from_json_and_the_same_from_a_spreadsheet_are_no_news(here: Stack, tmp_path: Path, council: str) -> None:
    write(Sample("leicester", 0, 12, day=fresh_day()), tmp_path, silently, spreadsheets=True)

    by_json = alongside("import", tmp_path / "plans.jsonl", "--council", council, "--json")
    by_csv = alongside("import", tmp_path / "plans.csv", "--council", council, "--json")

    assert json.loads(by_json.stdout)["counts"] == {"created": 12}
    assert json.loads(by_csv.stdout)["counts"] == {"unchanged": 12}  # the same plans in the same versions


def test_a_care_plan_in_fhir_comes_in_and_what_it_lacks_is_said(here: Stack, tmp_path: Path, council: str) -> None:
    guide = (Path(__file__).resolve().parents[2] / "docs" / "how-to" / "support-plans.md").read_text(encoding="utf-8")
    good = json.loads(guide.split("```fhir\n")[1].split("```")[0])
    bad = {**good, "identifier": [{"value": "P-2"}], "extension": []}
    file = tmp_path / "bundle.json"
    entries = [{"resource": one} for one in (good, bad)]
    file.write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}))

    result = alongside("import", file, "--council", council, "--json")

    report = json.loads(result.stdout)
    assert result.exit_code == 3
    assert report["counts"] == {"created": 1, "refused": 1}
    assert report["refused"][0]["row"] == 2


def test_a_refused_plan_of_a_json_file_can_be_mended_in_the_file_of_refusals(here: Stack, tmp_path: Path, council: str) -> None:
    plans = [dict(plan) for plan in Sample("leicester", 0, 3, day=fresh_day()).support_plans()]
    plans[1]["postcode"] = "BT1 1"
    file = tmp_path / "plans.json"
    file.write_text(json.dumps(plans))

    first = alongside("import", file, "--council", council, "--json")

    assert first.exit_code == 3
    refused = Path(json.loads(first.stdout)["refused_file"])
    refused.write_text(refused.read_text().replace("BT1 1", "LE1 1"))
    again = alongside("import", refused, "--council", council, "--json")
    assert (again.exit_code, json.loads(again.stdout)["counts"]) == (0, {"created": 1})


def test_a_wrong_key_ends_with_2(here: Stack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(Sample("leicester", 0, 1), tmp_path, silently)
    monkeypatch.setenv("ALONGSIDE_SERVICE_KEY", "this-is-not-the-right-key-at-all")

    result = alongside("import", tmp_path / "plans.jsonl")

    assert result.exit_code == 2
    assert "does not know this key" in result.stderr


def test_a_plan_put_on_the_topic_is_heard_and_a_newer_version_changes_it(here: Stack, tmp_path: Path, council: str) -> None:
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(next(Sample("leicester", 0, 1, day=fresh_day()).support_plans())))

    assert alongside("publish-plan", file, "--council", council).exit_code == 0
    assert version_heard(here, council, 1)
    assert alongside("publish-plan", file, "--council", council, "--version", "2").exit_code == 0
    assert version_heard(here, council, 2)


def test_what_the_portal_cannot_take_in_is_listed_shown_and_can_be_tried_again(here: Stack, tmp_path: Path, council: str) -> None:
    plan = next(Sample("leicester", 0, 1, day=fresh_day()).support_plans()) | {"postcode": "ZZ1 1"}
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(plan))
    assert alongside("publish-plan", file, "--council", council).exit_code == 0

    name = parked_of(council)

    shown = json.loads(alongside("parked", "show", name, "--json").stdout)
    assert (shown["service"], shown["topic"]) == ("portal", "intake.support_plan.v1")
    assert "ZZ1" not in json.dumps(shown)
    assert "a higher version" in " ".join(alongside("parked", "show", name).stdout.split())
    assert alongside("parked", "retry", name, "--as", "Ada Okafor").exit_code == 0
    assert alongside("parked", "retry", f"portal/{council}/999999", "--as", "Ada Okafor").exit_code == 2


def test_an_event_is_left_out_when_two_people_say_so_and_the_whole_of_it_is_taken_only_with_a_name(
    here: Stack, tmp_path: Path, council: str
) -> None:
    plan = next(Sample("leicester", 0, 1, day=fresh_day()).support_plans()) | {"postcode": "ZZ1 1"}
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(plan))
    assert alongside("publish-plan", file, "--council", council).exit_code == 0
    name = parked_of(council)
    reason = ("--reason", "The sender closed this plan")

    redacted = alongside("parked", "export", "--service", "portal", "--council", council)
    unsigned = alongside("parked", "export", "--service", "portal", "--council", council, "--whole")
    whole = alongside("parked", "export", "--service", "portal", "--council", council, "--whole", "--as", "Ada Okafor", *reason)
    asked = alongside("parked", "skip", name, "--as", "Ada Okafor", *reason)
    alone = alongside("parked", "skip", name, "--as", "Ada Okafor", *reason)
    shown = alongside("parked", "show", name)
    agreed = alongside("parked", "skip", name, "--as", "Ben Hughes", *reason)

    assert "ZZ1" not in redacted.stdout and json.loads(redacted.stdout)["body"]["state"] == "open"
    assert (unsigned.exit_code, unsigned.stdout) == (2, "")
    assert json.loads(json.loads(whole.stdout)["body"])["postcode"] == "ZZ1 1"
    assert (asked.exit_code, alone.exit_code, agreed.exit_code) == (0, 2, 0)
    assert "second person" in asked.stdout and "second person" in alone.stderr
    assert "Ada Okafor asked to leave it out" in shown.stdout
    assert name not in alongside("parked", "list", "--service", "portal").stdout


def test_the_topics_are_all_there(here: Stack) -> None:
    result = alongside("topics", "show", "--json")

    assert result.exit_code == 0
    assert all(row["on_the_broker"] == row["partitions"] for row in json.loads(result.stdout))
    assert "All topics are there already" in alongside("topics", "create").stdout


def version_heard(stack: Stack, council: str, version: int, within: float = 15) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        items = ask(stack, "portal", f"/api/councils/{council}/plans").json()["items"]
        if items and items[0]["source_version"] == version:
            return True
        time.sleep(0.1)
    return False


def parked_of(council: str, within: float = 15) -> str:
    end = time.monotonic() + within
    while time.monotonic() < end:
        found = json.loads(alongside("parked", "list", "--service", "portal", "--json").stdout)
        if mine := [one["name"] for one in found if one["council"] == council]:
            return str(mine[0])
        time.sleep(0.2)
    raise AssertionError("nothing was set aside")
