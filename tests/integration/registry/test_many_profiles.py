"""Whole registers, as JSON and as the CSV that a council's spreadsheet saves."""
import json
import time
from typing import Any

from tests.integration.registry.conftest import AMRIT, Registry

SHEET = """\
PA register, June
Ref,Name,Post code,How they travel,Lang 1,Lang 2,Won't do,Availability,Hours wanted,Rate,Age,Phone
PA-1,Amrit K,LE5 3,Bus,Panjabi (fluent),English (fluent),intimate care,"Mon-Fri mornings, not Weds",10-20,£15.00 per hour,34,0770
PA-2,Zoë D,LE2,Drives,Klingonish,,,when I can,up to 16,£15,21+,0771
PA-3,Sam P,XX9 9,car,English,,,weekends,,,,
PA-4,Jo B,LE3 1,car,English (fluent),,,weekends,,£8.50,over 21,
PA-1,Amrit again,LE5 3,bus,English,,,,,,,
,Nobody,LE5,hovercraft,English,,,,lots,,,
"""


def by_row(report: Any) -> dict[int, Any]:
    return {row["row"]: row for row in report["rows"]}


async def test_good_rows_go_in_and_each_bad_one_says_why(registry: Registry):
    answer = await registry.send_csv(SHEET)

    report = answer.json()
    rows = by_row(report)
    assert {row: rows[row]["outcome"] for row in rows} == {
        3: "added", 4: "added", 5: "refused", 6: "refused", 7: "refused", 8: "refused"
    }  # fmt: skip
    assert [one["field"] for one in rows[5]["refused"]] == ["postcode"]
    assert "lowest legal rate" in rows[6]["refused"][0]["problem"]
    assert rows[7]["refused"][0]["problem"] == "This PA is in the list twice."
    assert {one["field"] for one in rows[8]["refused"]} == {"travel", "hours"}
    assert all(one["remedy"] for row in report["rows"] for one in row["refused"])
    assert report["columns_not_used"] == ["Phone"]
    assert (report["counts"]["added"], report["counts"]["refused"]) == (2, 4)
    assert len(await registry.told()) == 2


async def test_words_as_people_type_them_are_understood_or_asked(registry: Registry):
    rows = by_row((await registry.send_csv(SHEET)).json())

    amrit = await registry.see(rows[3]["profile_id"])
    assert {(one["tag"], one["spoken"]) for one in amrit["languages"]} == {("pa", "fluent"), ("en", "fluent")}
    assert amrit["availability_words"] == "Monday, Tuesday, Thursday and Friday 7am to midday"
    assert (amrit["hours_least"], amrit["hours_most"], amrit["rate"]) == (10, 20, "15.00")
    assert (amrit["age_band"], amrit["travel"]) == ("21_and_over", "bus")
    assert [(claim["code"], claim["has"]) for claim in amrit["tasks"]] == [("intimate_care", False)]
    asked = {(one["field"], one["typed"]) for one in rows[4]["asked"]}
    assert asked == {("languages", "Klingonish"), ("availability", "when I can")}


async def test_the_same_file_again_changes_nothing(registry: Registry):
    await registry.send_csv(SHEET)

    again = (await registry.send_csv(SHEET)).json()

    assert (again["counts"]["unchanged"], again["counts"]["added"], again["counts"]["changed"]) == (2, 0, 0)
    assert len(await registry.told()) == 2


async def test_a_file_with_numbers_may_say_only_what_is_new(registry: Registry):
    await registry.send_csv(SHEET)

    answer = (await registry.send_csv("PA ref;Rate\nPA-1;16,50\nPA-2;£16.50\nPA-9;£16.50\n")).json()

    assert [row["outcome"] for row in answer["rows"]] == ["refused", "changed", "refused"]  # 16,50 could be two things
    assert {one["field"] for one in answer["rows"][2]["refused"]} == {"chosen_name", "postcode", "travel"}


async def test_a_file_from_an_old_spreadsheet_is_read_with_its_letters(registry: Registry):
    text = "Name\tArea\tTravel\tNotes\nZoë D’Arcy\tLE2 1\twalks\t£\n"

    for body in (text.encode("cp1252"), text.encode("utf-8-sig"), text.encode("utf-16")):
        row = (await registry.send_csv(body)).json()["rows"][0]
        assert (await registry.see(row["profile_id"]))["chosen_name"] == "Zoë D’Arcy"


async def test_a_file_that_is_no_register_is_refused_with_what_to_do(registry: Registry):
    for body in ("", "hello", "a,b,c\n1,2,3\n", "Name,Languages\nAmrit,Panjabi\n", b"\x00\x01\x02"):
        answer = await registry.send_csv(body)
        assert answer.status_code == 422
        assert answer.json()["detail"]


async def test_a_consent_is_only_ever_a_plain_yes(registry: Registry):
    sheet = (
        "Ref,Name,Postcode,Travel,Faith,Sex,Consent to share faith,Consent to share sex\n"
        "1,A,LE5,bus,Sikh,F,yes,no\n"
        "2,B,LE5,bus,Muslim,M,,\n"
        "3,C,LE5,bus,Hindu,M,probably,\n"
    )

    answer = (await registry.send_csv(sheet)).json()

    assert [row["outcome"] for row in answer["rows"]] == ["added", "added", "refused"]
    assert [(told.faith, told.sex) for told in await registry.told()] == [("sikh", None), (None, None)]


async def test_in_bulk_each_profile_is_judged_alone(registry: Registry):
    many: list[Any] = [AMRIT, {**AMRIT, "ref": "2", "postcode": "ZZ99"}, {"ref": "3", "colour": "red"}, 17, {**AMRIT, "ref": "4"}]

    answer = (await registry.ask("POST", "/profiles/bulk", many)).json()

    assert (answer["added"], answer["changed"], answer["unchanged"]) == (2, 0, 0)
    assert [one["index"] for one in answer["refused"]] == [1, 2, 3]
    assert answer["refused"][1]["errors"][0]["remedy"]


async def test_five_hundred_profiles_go_in_with_little_work(registry: Registry):
    many = [{**AMRIT, "ref": f"B{number}", "chosen_name": f"PA {number}"} for number in range(500)]

    begun = time.process_time()  # our own work: what else runs on the machine must not fail a test
    answer = (await registry.ask("POST", "/profiles/bulk", many)).json()
    took = time.process_time() - begun

    assert answer["added"] == 500
    assert len(await registry.told()) == 500
    assert took < 4, f"{took:.1f} s"


async def test_characters_that_cannot_be_kept_are_refused_not_failed(registry: Registry):
    for name in ("Amrit\x00K", "Amrit\ud800K"):
        body = json.dumps({**AMRIT, "chosen_name": name})
        answer = await registry.http.post(
            f"/councils/{registry.council}/profiles", content=body, headers={"Content-Type": "application/json"}
        )
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "chosen_name")


async def test_a_long_file_goes_in_by_parts(registry: Registry):
    words = ["Panjabi (fluent)", "Soomaali, English (fluent)", "Gujerati; Hindi (some)", "BSL level 2", "Klingonish"]
    times = ["Mon-Fri mornings", "weekends", "Tues and Thurs 9am-3pm", "nights", "evenings, not Fri"]
    rows = [
        f'Q{number},Name {number},LE{number % 5 + 1},car,"{words[number % 5]}","{times[number % 4]} or {number}",yes,15.00'
        for number in range(2_000)
    ]

    answer = await registry.send_csv("Ref,Name,Postcode,Travel,Languages,Availability,Short notice,Rate\n" + "\n".join(rows))

    counts = answer.json()["counts"]
    assert (counts["added"], counts["refused"]) == (2_000, 0)
    assert (await registry.ask("GET", "/profiles?size=1")).json()["total"] == 2_000
