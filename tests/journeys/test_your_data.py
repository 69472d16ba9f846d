"""Somebody asks what is held about them: it is gathered from all four services, they are told, and they alone take it."""
import io
import json
import zipfile
from typing import Any
from uuid import UUID, uuid4

from tests.journeys.conftest import Town, until
from tests.journeys.signed_in import Browser
from tests.journeys.test_main_job import EMAIL, TEXT, whole_list

WORDS = "Please take off your shoes at Wisteria House."
ABOUT_ME = "I sing tenor in the Quillfeather choir."


async def copy_of(town: Town, who: UUID) -> dict[str, str]:
    """Each file of it, once it is there."""
    async with Browser(town, str(who)) as browser:
        token = (await browser.form("/data"))["form_token"]
        await browser.send("/data/copy", {"form_token": token})

        async def ready() -> str:
            page = await browser.get("/data")
            return page if "/take" in page else ""

        page = await until(ready)
        where = page.partition('action="/data/')[2].partition("copy")[2].partition('action="')[2].partition('"')[0]
        answer = await browser.http.post(where, data={"form_token": token})
        after = await browser.get("/data")
    assert answer.status_code == 200 and "attachment" in answer.headers["content-disposition"]
    assert "You, on" in after
    with zipfile.ZipFile(io.BytesIO(answer.content)) as made:
        return {name: made.read(name).decode() for name in made.namelist()}


async def test_a_copy_holds_what_all_four_services_know_of_me_and_nothing_of_anybody_else(town: Town) -> None:
    person, supporter = await town.person(EMAIL, address_as="Wisteria"), uuid4()
    pa = await town.known_pa("Quill", about_me=ABOUT_ME)
    await town.reached(pa, "pa", TEXT, phone="07700900456", address_as="Quill")
    await town.call("POST", "portal", "/accounts/bulk", [
        {"account_id": str(one), "role": role, "chosen_name": name}
        for one, role, name in ((person, "person", "Wisteria"), (pa, "pa", "Quill"), (supporter, "broker", "Bea"))
    ])  # fmt: skip
    await town.call("POST", "portal", "/supporters", {
        "person_id": str(person), "supporter_id": str(supporter), "scopes": ["see_shortlist"], "until": "2027-06-01",
    })  # fmt: skip
    plan = (await town.plan(person, own_words=WORDS))["plan_id"]
    await until(lambda: whole_list(town, plan, 1))
    await town.call("POST", "matcher", f"/plans/{plan}/introductions", {"profile_id": str(pa), "asked_by": "person"})
    await town.messages(person, "people_to_look_at")
    await town.messages(pa, "somebody_would_like_to_meet_you")

    mine, pas = await copy_of(town, person), await copy_of(town, pa)

    page, of = mine["your-data.html"], parts(mine)
    assert WORDS in page and "alex@example.org" in page and "Bea" in page
    assert of["portal"]["plans"][0]["own_words"] == WORDS
    assert of["matcher"]["lists"][0]["places"][0]["pa"] == str(pa)
    assert of["matcher"]["introductions"][0]["state"] == "asked"
    assert of["notifier"]["how_you_are_reached"][0]["phone"] == "+447700900123"
    assert {one["about"] for one in of["notifier"]["messages"]} >= {"people_to_look_at", "supporter_let_in"}
    assert all(one["words"] for one in of["notifier"]["words_of_messages"])
    assert ABOUT_ME not in json.dumps(mine) and "7700900456" not in json.dumps(mine)
    theirs = parts(pas)
    assert theirs["registry"]["profile"][0]["about_me"] == ABOUT_ME
    assert theirs["matcher"]["profile"][0]["in_lists"] is True
    assert WORDS not in json.dumps(pas) and "7700900123" not in json.dumps(pas) and "Wisteria" not in json.dumps(pas)
    assert await told(town, person, "your_data_is_ready") and await told(town, pa, "your_data_is_ready")


async def told(town: Town, who: UUID, about: str) -> list[dict[str, Any]]:
    return await town.messages(who, about)


def parts(files: dict[str, str]) -> dict[str, Any]:
    return {
        name.removeprefix("for-machines/").removesuffix(".json"): json.loads(text)["parts"]
        for name, text in files.items() if name.endswith(".json")
    }  # fmt: skip
