"""The portal's API on a real PostgreSQL: plans by every road, people, supporters, and what is told."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from services.portal.domain.accounts import Role
from services.portal.domain.supporting import NotLetIn, NotToldYet
from services.portal.usecases import looking, signing_in, supporters
from shared.contracts.matcher import ShortlistChanged
from shared.contracts.notifier import MessageChanged
from tests.integration.portal.at_work import Portal

PLAN: dict[str, Any] = {
    "source": "casework",
    "source_id": "P-1",
    "source_version": 1,
    "person_ref": "77",
    "postcode": "LE5 3PA",
    "times": "Mon-Fri 8am-10am",
    "hours_per_week": 10,
    "wishes": [{"criterion": "language", "strength": "must", "value": "Soomaali"}],
}


async def test_a_plan_comes_in_once_and_can_be_read_again(portal: Portal):
    first = await portal.post("/plans", {**PLAN, "own_words": "I like my garden.", "title": "Mornings"})
    again = await portal.post("/plans", PLAN)
    newer = await portal.post("/plans", {**PLAN, "source_version": 2, "hours_per_week": 12})
    late = await portal.post("/plans", PLAN)

    assert (first.status_code, first.json()["outcome"], first.json()["revision"]) == (201, "created", 1)
    assert [one.json()["outcome"] for one in (again, newer, late)] == ["unchanged", "changed", "stale"]
    assert {one.status_code for one in (again, newer, late)} == {200}
    read = (await portal.get(f"/plans/{first.json()['plan_id']}")).json()
    assert (read["revision"], read["told"]["quarters"], read["area"], read["title"]) == (2, 48, "LE5 3", "Mornings")
    assert [one["revision"] for one in await portal.told("portal.support_plan.v1")] == [1, 2]


async def test_own_words_and_postcodes_are_never_told(portal: Portal):
    await portal.post("/plans", {**PLAN, "own_words": "I like my garden."})

    (told,) = await portal.told("portal.support_plan.v1")
    assert "garden" not in json.dumps(told) and "LE5 3" not in json.dumps(told)


async def test_two_who_send_the_same_new_plan_at_once_make_one(portal: Portal):
    answers = await asyncio.gather(*(portal.post("/plans", PLAN) for _ in range(8)))

    assert sorted(one.json()["outcome"] for one in answers) == ["created"] + ["unchanged"] * 7
    assert len({one.json()["plan_id"] for one in answers}) == 1
    assert len(await portal.told("portal.support_plan.v1")) == 1


async def test_versions_sent_all_at_once_end_in_the_newest(portal: Portal):
    versions = [3, 7, 1, 7, 5, 2, 6, 4]

    await asyncio.gather(
        *(portal.post("/plans", {**PLAN, "source_version": one, "hours_per_week": one + 10}) for one in versions)
    )

    told = await portal.told("portal.support_plan.v1")
    assert told[-1]["quarters"] == 68
    assert [one["revision"] for one in told] == list(range(1, len(told) + 1))


async def test_a_wrong_body_names_the_field_and_the_remedy(portal: Portal):
    answer = await portal.post("/plans", {**PLAN, "hours_per_week": "lots", "shoe_size": 7})

    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert {one["field"].split(".")[-1] for one in problem["errors"]} == {"hours_per_week", "shoe_size"}
    assert "lots" not in answer.text


async def test_a_must_without_a_lawful_reason_is_refused_naming_a_practice(portal: Portal):
    answer = await portal.post("/plans", {**PLAN, "wishes": [{"criterion": "faith", "strength": "must", "value": "Muslim"}]})

    assert answer.status_code == 422
    assert "cooks_halal" in answer.json()["errors"][0]["remedy"]
    assert (await portal.get("/plans")).json()["total"] == 0


async def test_without_the_key_nobody_comes_in(portal: Portal):
    answer = await portal.http.get(f"/api/councils/{portal.council}/plans", headers={"Authorization": "Bearer no"})

    assert answer.status_code == 401


async def test_one_council_does_not_see_anothers_plan(portal: Portal):
    plan_id = (await portal.post("/plans", PLAN)).json()["plan_id"]

    answer = await portal.http.get(f"/api/councils/elsewhere/plans/{plan_id}")

    assert answer.status_code == 404


async def test_of_many_the_good_ones_come_in_and_the_bad_ones_are_reported(portal: Portal):
    answer = await portal.post(
        "/plans/bulk", [PLAN, {**PLAN, "source_id": "P-2", "postcode": "ZZ1"}, "nonsense", {**PLAN, "source_id": "P-3"}]
    )

    report = answer.json()
    assert [row["outcome"] for row in report["rows"]] == ["created", "refused", "refused", "created"]
    assert report["counts"] == {"created": 2, "refused": 2}
    assert report["rows"][1]["errors"][0]["field"] == "postcode"


async def test_a_spreadsheet_comes_in_and_a_second_upload_changes_only_what_changed(portal: Portal):
    head = "Plan ID,Person,Postcode,Times,Hours,Must language,Shoe size\n"
    body = head + "P-1,77,LE5 3PA,Mon-Fri 8am-10am,10,Somali,7\nP-2,78,ZZ99,Sat morning,4,,\nP-3,79,LE3,Sat morning,4,,\n"
    csv = {"content-type": "text/csv"}
    where = f"/api/councils/{portal.council}/plans/csv"

    first = (await portal.http.post(where, content=body.encode("utf-16"), headers=csv)).json()
    await asyncio.sleep(1.1)  # rows without a version take the second of the upload
    second = (
        await portal.http.post(where, content=body.replace("LE3,Sat morning", "LE3,Sun morning").encode(), headers=csv)
    ).json()

    assert [row["outcome"] for row in first["rows"]] == ["created", "refused", "created"]
    assert first["not_understood"] == ["Shoe size"]
    assert [row["outcome"] for row in second["rows"]] == ["unchanged", "refused", "changed"]


async def test_a_care_plan_comes_in_and_says_what_was_left(portal: Portal):
    care_plan = {
        "resourceType": "CarePlan",
        "meta": {"versionId": "1"},
        "identifier": [{"value": "CP-9"}],
        "status": "active",
        "intent": "plan",
        "subject": {"reference": "Patient/77"},
        "note": [{"text": "likes tea"}],
        "extension": [
            {"url": "https://alongside.example/fhir/support-plan/hours-per-week", "valueDecimal": 6.5},
            {"url": "https://alongside.example/fhir/support-plan/area", "valueString": "LE5"},
        ],
    }

    answer = await portal.post("/plans/fhir?source=mosaic", care_plan, headers={"content-type": "application/fhir+json"})

    (row,) = answer.json()["rows"]
    assert (row["outcome"], row["not_understood"]) == ("created", ["note"])
    read = (await portal.get(f"/plans/{row['plan_id']}")).json()
    assert (read["source"], read["source_id"], read["told"]["quarters"]) == ("mosaic", "CP-9", 26)


async def test_what_is_not_a_file_of_plans_is_refused_kindly(portal: Portal):
    where = f"/api/councils/{portal.council}/plans"

    answers = [
        await portal.http.post(f"{where}/csv", content=b"\x00\x01\x02hello"),
        await portal.http.post(f"{where}/fhir", content=b"not json"),
        await portal.http.post(f"{where}/fhir", content=b'{"resourceType": "Patient"}'),
    ]

    assert [one.status_code for one in answers] == [422, 422, 422]


async def test_a_plan_on_the_intake_topic_comes_in_the_same_way(portal: Portal):
    await portal.post("/plans", PLAN)

    await portal.hears({**PLAN, "council": portal.council, "revision": 2, "source_version": 2, "hours_per_week": 12})

    assert (await portal.told("portal.support_plan.v1"))[-1]["quarters"] == 48


async def test_a_plan_on_the_topic_that_cannot_be_taken_in_is_set_aside_with_its_reason_and_mends_itself(portal: Portal):
    bad = {**PLAN, "council": portal.council, "revision": 1, "postcode": "ZZ99 9ZZ"}
    await portal.hears(bad)
    aside = await portal.set_aside()

    await portal.hears({**bad, "revision": 2, "source_version": 2, "postcode": "LE5 3"}, offset=1)

    assert "unknown_area" in json.dumps(aside) and "ZZ99" not in json.dumps(aside)
    assert len(await portal.told("portal.support_plan.v1")) == 1


async def test_a_version_that_is_not_the_revision_is_set_aside(portal: Portal):
    await portal.hears({**PLAN, "council": portal.council, "revision": 5})

    assert "revision_is_not_the_source_version" in json.dumps(await portal.set_aside())


async def somebody(portal: Portal, role: str, name: str = "Amina") -> UUID:
    account_id = uuid4()
    await portal.post(
        "/accounts/bulk", [{"account_id": str(account_id), "role": role, "chosen_name": name, "organisation": None}]
    )
    return account_id


async def test_accounts_are_added_changed_and_listed_by_name(portal: Portal):
    bo, al = uuid4(), uuid4()

    first = (await portal.post("/accounts/bulk", [account(bo, "Bo"), account(al, "Al")])).json()
    second = (
        await portal.post("/accounts/bulk", [account(bo, "Bobbie"), account(al, "Al"), account(al, "Al", role="pa")])
    ).json()

    assert [row["outcome"] for row in first["rows"] + second["rows"]] == ["added", "added", "changed", "unchanged", "refused"]
    assert [one["chosen_name"] for one in (await portal.get("/accounts?role=person")).json()] == ["Al", "Bobbie"]


def account(account_id: UUID, name: str, role: str = "person") -> dict[str, str]:
    return {"account_id": str(account_id), "role": role, "chosen_name": name}


async def let_in(portal: Portal, person_id: UUID, broker_id: UUID, **more: Any) -> httpx.Response:
    until = (datetime.now(UTC) + timedelta(days=100)).date().isoformat()
    body = {"person_id": str(person_id), "supporter_id": str(broker_id), "scopes": ["see_shortlist"], "until": until, **more}
    return await portal.post("/supporters", body)


async def signed_in(portal: Portal, account_id: UUID) -> Any:
    now = datetime.now(UTC)
    async with portal.store.begin() as work:
        token = await signing_in.sign_in(portal.council, account_id, work, now=now, secret=uuid4().hex, form_token="f")
    async with portal.store.begin() as work:
        return await signing_in.who_is(token, work, now=now)


async def test_a_supporter_is_let_in_once_and_ended_once(portal: Portal):
    person_id, broker_id = await somebody(portal, "person"), await somebody(portal, "broker", "Sam")
    mine = {"delegation_id": str(uuid4())}

    first, again = await let_in(portal, person_id, broker_id, **mine), await let_in(portal, person_id, broker_id, **mine)
    ended = [await portal.post(f"/supporters/{mine['delegation_id']}/end", {}) for _ in range(2)]

    assert first.json() == again.json() and first.status_code == 201
    assert [one.json()["state"] for one in ended] == ["ended", "ended"]
    assert [one["state"] for one in await portal.told("portal.supporter.v1")] == ["active", "ended"]
    assert "Sam" not in json.dumps(await portal.told("portal.supporter.v1"))


async def test_letting_in_for_too_long_or_somebody_unknown_is_refused(portal: Portal):
    person_id, broker_id = await somebody(portal, "person"), await somebody(portal, "broker")

    assert (await let_in(portal, person_id, broker_id, until="2099-01-01")).status_code == 422
    assert (await let_in(portal, person_id, broker_id, scopes=["everything"])).status_code == 422
    assert (await let_in(portal, person_id, uuid4())).status_code == 404
    assert (await portal.post(f"/supporters/{uuid4()}/end", {})).status_code == 404


async def test_from_being_let_in_to_being_taken_off(portal: Portal):
    """The passenger: asks, waits until the person was told, sees, is taken off, and the next call is refused."""
    person_id, broker_id = await somebody(portal, "person"), await somebody(portal, "broker", "Sam")
    plan_id = UUID((await portal.post("/plans", {**PLAN, "person_ref": str(person_id)})).json()["plan_id"])
    delegation_id = UUID((await let_in(portal, person_id, broker_id)).json()["delegation_id"])
    person, broker, now = await signed_in(portal, person_id), await signed_in(portal, broker_id), datetime.now(UTC)

    async def looks() -> looking.OpenPlan:
        async with portal.store.begin() as work:
            return await looking.open_shortlist(broker, plan_id, work, now=now)

    with pytest.raises(NotToldYet):
        await looks()
    await portal.hears(shortlist(portal.council, plan_id, person_id))
    with pytest.raises(NotToldYet):
        await looks()
    await portal.hears(message(portal.council, plan_id, person_id), offset=1)
    opened = await looks()
    async with portal.store.begin() as work:
        await supporters.end_support(portal.council, delegation_id, work, now=now, by=person)
    with pytest.raises(NotLetIn):
        await looks()

    assert opened.shortlist is not None and (opened.shortlist.fitting, opened.shortlist.in_scope) == (0, 4)
    async with portal.store.begin() as work:
        (seen,) = await looking.who_looked(person, work)
    assert (seen.name, seen.look.what) == ("Sam", "shortlist")


async def test_taking_somebody_off_waits_for_what_they_are_doing_and_stops_all_that_comes_after(portal: Portal):
    person_id, broker_id = await somebody(portal, "person"), await somebody(portal, "broker")
    plan_id = UUID((await portal.post("/plans", {**PLAN, "person_ref": str(person_id)})).json()["plan_id"])
    delegation_id = (await let_in(portal, person_id, broker_id)).json()["delegation_id"]
    broker, now = await signed_in(portal, broker_id), datetime.now(UTC)

    async with portal.store.begin() as work:
        await looking.open_plan(broker, plan_id, work, now=now)
        ending = asyncio.ensure_future(portal.post(f"/supporters/{delegation_id}/end", {}))
        await asyncio.sleep(0.3)
        waited = not ending.done()
    await ending

    assert waited
    async with portal.store.begin() as work:
        with pytest.raises(NotLetIn):
            await looking.open_plan(broker, plan_id, work, now=now)


async def test_a_sign_in_is_found_on_the_next_page_and_gone_after_signing_out(portal: Portal):
    account_id, now = await somebody(portal, "pa"), datetime.now(UTC)
    async with portal.store.begin() as work:
        token = await signing_in.sign_in(portal.council, account_id, work, now=now, secret="s", form_token="f")
    async with portal.store.begin() as work:
        assert (await signing_in.who_is(token, work, now=now + timedelta(minutes=5))).role is Role.PA
        await signing_in.sign_out(token, work)

    async with portal.store.begin() as work:
        with pytest.raises(signing_in.NotSignedIn):
            await signing_in.who_is(token, work, now=now)


def shortlist(council: str, plan_id: UUID, person_id: UUID) -> ShortlistChanged:
    return ShortlistChanged(
        council=council, revision=1, plan_id=plan_id, person_id=person_id, plan_revision=1, rules_version=1,
        day=datetime.now(UTC).date(), cause="plan", fitting=(), near=(), fitting_count=0, near_count=0, others=4,
        in_scope=4,
    )  # fmt: skip


def message(council: str, plan_id: UUID, person_id: UUID) -> MessageChanged:
    return MessageChanged(
        council=council, revision=1, message_id=uuid4(), party_id=person_id, about="people_to_look_at", plan_id=plan_id,
        plan_revision=1, state="handed_over", at=datetime.now(UTC),
    )  # fmt: skip
