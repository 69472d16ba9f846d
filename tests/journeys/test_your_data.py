"""Somebody asks what is held about them: it is gathered from all four services, they are told, and they alone take it."""
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from tests.architecture.tree import SERVICES
from tests.journeys.conftest import Town, plan_in, until
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
            return page if '/take"' in page else ""

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


async def test_whoever_asks_to_be_forgotten_is_told_and_then_nothing_of_them_is_left_anywhere(town: Town) -> None:
    person = await town.person(TEXT, address_as="Wisteria", shown_as="Wisteria", phone="07700900771")
    staff, supporter, pa = uuid4(), uuid4(), await town.known_pa("Alto")
    gone = await town.known_pa("Quill", about_me=ABOUT_ME, ref="QUILL-7")
    for one, name, phone in ((gone, "Quillfeather", "07700900772"), (pa, "Alto", "07700900773")):
        await town.reached(one, "pa", TEXT, phone=phone, address_as=name, shown_as=name)
    await town.call("POST", "portal", "/accounts/bulk", [
        {"account_id": str(one), "role": role, "chosen_name": name}
        for one, role, name in (
            (person, "person", "Wisteria"), (gone, "pa", "Quill"), (pa, "pa", "Alto"), (staff, "staff", "Stan"),
            (supporter, "broker", "Bramblewick"),
        )
    ])  # fmt: skip
    plan = (await town.plan(person, source_id="Wisteria-1", own_words=WORDS, person_ref=str(person)))["plan_id"]
    await until(lambda: whole_list(town, plan, 2))
    asked = [
        await town.call("POST", "matcher", f"/plans/{plan}/introductions", {"profile_id": str(one), "asked_by": "person"})
        for one in (pa, gone)
    ]  # fmt: skip
    await town.messages(pa, "somebody_would_like_to_meet_you")
    await town.messages(gone, "somebody_would_like_to_meet_you")
    met = f"/introductions/{asked[1]['introduction_id']}"
    await town.call("POST", "matcher", f"{met}/answer", {"answer": "yes", "route": "phone"})
    place = await town.call("POST", "notifier", "/places", {"words": "Wisteria House, by the pond"})
    at = {"at": (datetime.now(UTC) + timedelta(days=9)).isoformat(), "place_id": place["place_id"]}
    await town.call("PUT", "matcher", f"{met}/meeting", at)
    await town.messages(gone, "meeting_arranged")
    other = await town.person(TEXT, address_as="Ola", phone="07700900774")
    await town.reached(supporter, "supporter", TEXT, phone="07700900775", address_as="Bramblewick")
    await town.call("POST", "portal", "/accounts/bulk", [{"account_id": str(other), "role": "person", "chosen_name": "Ola"}])
    for one in (person, other):
        await town.call("POST", "portal", "/supporters", {
            "person_id": str(one), "supporter_id": str(supporter), "scopes": ["see_shortlist"], "until": "2027-06-01",
        })  # fmt: skip
    for words in ("Wisteria", "Quill", "Bramblewick", "7700900775", "by the pond"):
        assert await found_in(town, words), words

    for one in (person, gone, supporter):
        await erased(town, one, staff)

    for words in (
        "Wisteria", "Quill", "Bramblewick", "7700900771", "7700900772", "7700900775", "your shoes", "sing tenor", "by the pond",
    ):
        assert await found_in(town, words) == set(), words
    left = {one["introduction_id"]: one["state"] for one in await town.call("GET", "matcher", f"/introductions?plan_id={plan}")}
    assert left == {asked[0]["introduction_id"]: "withdrawn", asked[1]["introduction_id"]: "accepted"}
    assert await told(town, pa, "they_changed_their_mind")
    assert await told(town, other, "supporter_taken_off")
    refused = await town.call("POST", "portal", "/plans", plan_in(person, 2, "Wisteria-1", own_words=WORDS), expect=422)
    assert "forget" in json.dumps(refused)
    back = {"profile_id": str(gone), "chosen_name": "Quill", "postcode": "LE5 3", "travel": "car"}
    await town.call("POST", "registry", "/profiles", back, expect=422)
    again = {"kind": "person", "address_as": "Wisteria", "preferences": [TEXT], "phone": "07700900771"}
    await town.call("PUT", "notifier", f"/parties/{person}/contact", again, expect=409)
    assert await found_in(town, "Wisteria") == set()


async def erased(town: Town, who: UUID, staff: UUID) -> None:
    """Asked for on their own page, agreed by a council worker, told, and done in all four services."""
    async with Browser(town, str(who)) as mine:
        token = (await mine.form("/data/erase"))["form_token"]
        await mine.send("/data/erase", {"form_token": token})
    async with Browser(town, str(staff)) as theirs:
        number = (await theirs.get("/council/data")).partition('href="/council/data/')[2].partition('"')[0]
        form = {**await theirs.form(f"/council/data/{number}"), "decision": "agreed"}
        await theirs.send(f"/council/data/{number}", form)

        async def done() -> bool:
            return "Erased" in await theirs.get(f"/council/data/{number}")

        await until(done, within=45)
    messages = (await town.call("GET", "notifier", f"/messages?party_id={who}&size=100"))["items"]
    assert [one["state"] for one in messages if one["about"] == "your_data_is_erased"] == ["handed_over"]


async def found_in(town: Town, words: str) -> set[str]:
    """Every table of every service's database that has these words, in whatever column."""
    found = set()
    for service in SERVICES:
        connection = await asyncpg.connect(town.stack.postgres.url("postgres", service))
        try:
            for (table,) in await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"):
                columns = await connection.fetch(COLUMNS, table)
                looked = " || ' ' || ".join(LOOK[kind].format(name) for name, kind in columns if kind in LOOK) or "''"
                ours = "WHERE council = $2" if "council" in {name for name, _ in columns} else "WHERE $2::text IS NOT NULL"
                look = f'SELECT EXISTS (SELECT FROM "{table}" {ours} AND {looked} ILIKE $1)'
                if await connection.fetchval(look, f"%{words}%", town.council):
                    found.add(f"{service}.{table}")
        finally:
            await connection.close()
    for file in town.stack.state.rglob(f"**/outbox/{town.council}/**/*"):
        if file.is_file() and words.encode() in file.read_bytes():
            found.add(str(file))
    return found


COLUMNS = "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1"
LOOK = {
    "text": "coalesce({}, '')", "jsonb": "coalesce({}::text, '')", "ARRAY": "coalesce({}::text, '')",
    "bytea": "encode(coalesce({}, ''), 'escape')",
}  # fmt: skip


async def told(town: Town, who: UUID, about: str) -> list[dict[str, Any]]:
    return await town.messages(who, about)


def parts(files: dict[str, str]) -> dict[str, Any]:
    return {
        name.removeprefix("for-machines/").removesuffix(".json"): json.loads(text)["parts"]
        for name, text in files.items() if name.endswith(".json")
    }  # fmt: skip
