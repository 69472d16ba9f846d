"""The pages that show counts, with gaps to show: for council workers, and open to everybody."""
import csv
import io
import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Browser, Page

from deploy.embedded.stack import Stack
from tests.browser.barriers import assert_no_known_barrier
from tests.browser.conftest import wait_for
from tests.browser.test_every_page import cut_off, wider_than_screen
from tests.conftest import Beside

COUNCIL = "powys"
STAFF = str(uuid4())
PEOPLE = {
    "Sylheti": ("LE5 3", 7), "Gujarati": ("LE4 6", 9), "Polish": ("LE2 1", 3),
}  # fmt: skip


@pytest.fixture(scope="module")
def gaps(whole: Stack) -> Iterator[dict[str, Any]]:
    """Published: too few for nineteen people, three of whom are in no figure."""
    with httpx.Client(headers={"Authorization": f"Bearer {whole.service_key}"}, timeout=20, trust_env=False) as client:
        api = f"{whole.url('portal')}/api/councils/{COUNCIL}"
        accounts = [{"account_id": STAFF, "role": "staff", "chosen_name": "Stan"}]
        client.post(f"{api}/accounts/bulk", json=accounts).raise_for_status()
        for language, (area, people) in PEOPLE.items():
            for nth in range(people):
                client.post(f"{api}/plans", json={
                    "source": "casework", "source_id": f"{language}-{nth}", "source_version": 1, "person_ref": str(uuid4()),
                    "postcode": area, "times": "Sat-Sun 5pm-9pm", "hours_per_week": "8", "tasks": ["personal care"],
                    "wishes": [{"criterion": "language", "value": language, "strength": "must"}],
                }).raise_for_status()  # fmt: skip
        matcher, council = whole.url("matcher"), f"councils/{COUNCIL}"
        plans = client.get(f"{api}/plans", params={"size": 100}).json()["items"]
        for plan in plans:
            wait_for(lambda plan=plan: client.get(f"{matcher}/{council}/plans/{plan['plan_id']}/shortlist").is_success)
        published = client.post(f"{matcher}/{council}/gaps/weeks", json={})
        published.raise_for_status()
        yield published.json()


PAS = {"Few hours": (0, 10), "Some hours": (10, 20), "Many hours": (20, 40)}


@pytest.fixture(scope="module")
def turns(whole: Stack, beside: Beside, gaps: dict[str, Any]) -> None:
    """Twenty-four PAs, a third of them new, in the three weeks before this one: shown as often as it was their turn, and every
    third of them half as often."""
    with httpx.Client(headers={"Authorization": f"Bearer {whole.service_key}"}, timeout=20, trust_env=False) as client:
        for name, (least, most) in PAS.items():
            for nth in range(8):
                client.post(f"{whole.url('registry')}/councils/{COUNCIL}/profiles", json={
                    "profile_id": str(uuid4()), "chosen_name": f"{name} {nth}", "postcode": "LE5 3", "travel": "car",
                    "languages": "English (fluent)", "hours_least": least, "hours_most": most,
                }).raise_for_status()  # fmt: skip
        matcher = f"{whole.url('matcher')}/councils/{COUNCIL}/fairness"
        count = f"SELECT count(*) FROM profile WHERE council = '{COUNCIL}'"
        wait_for(lambda: beside.run(whole.postgres.psql("-tAc", count, database="matcher")).strip() == "24")
        half = "CASE WHEN nth % 3 = 0 THEN 1 ELSE 2 END"
        beside.run(whole.postgres.psql("-c", f"""
            INSERT INTO turn SELECT council, date_trunc('week', current_date)::date - 7 * week, profile_id, {half}, 2000000
              FROM (SELECT *, row_number() OVER (ORDER BY profile_id) AS nth FROM profile WHERE council = '{COUNCIL}') AS pa,
                   generate_series(1, 3) AS week;
            UPDATE profile SET since = NULL
             WHERE profile_id IN (SELECT profile_id FROM profile WHERE council = '{COUNCIL}' ORDER BY profile_id LIMIT 16)
        """, database="matcher"))  # fmt: skip
        assert client.get(matcher, params={"weeks": 13}).is_success


@pytest.fixture
def page(browser: Browser, whole: Stack, gaps: dict[str, Any]) -> Iterator[Page]:
    context = browser.new_context(base_url=whole.url("portal"))
    context.set_default_timeout(15_000)
    answer = context.request.post("/sign-in", form={"council": COUNCIL, "account_id": STAFF}, max_redirects=0)
    assert answer.status == 303
    yield context.new_page()
    context.close()


@pytest.mark.usefixtures("turns")
@pytest.mark.parametrize("path", ["/council/gaps", "/council/fairness", "/vacancies/powys", "/vacancies/powys/{gap}"])
def test_a_page_of_counts_has_no_known_barrier_and_fits(page: Page, gaps: dict[str, Any], path: str) -> None:
    page.goto(path.format(gap=gaps["figures"][0]["gap_id"]))

    assert_no_known_barrier(page)
    assert page.locator("h1").count() == 1
    page.set_viewport_size({"width": 320, "height": 640})
    assert wider_than_screen(page) <= 0
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert wider_than_screen(page) <= 0
    assert cut_off(page) == []


def test_a_council_worker_sees_the_gaps_and_takes_them_along_as_a_file(page: Page) -> None:
    page.goto("/council/gaps")

    rows = page.get_by_role("region", name="The gaps, the largest first").get_by_role("row").all_inner_texts()
    assert [row.split("\t")[0].strip() for row in rows[1:]] == ["9", "7"]
    assert "Polish" not in page.locator("main").inner_text()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download these gaps").click()
    text = waiting.value.path().read_text(encoding="utf-8-sig")
    assert [row["Language"] for row in csv.DictReader(io.StringIO(text))] == ["Gujarati", "Sylheti"]


@pytest.mark.usefixtures("turns")
def test_a_council_worker_sees_whether_pas_are_shown_in_turn(page: Page) -> None:
    page.goto("/council/fairness")

    rows = [row.split("\t") for row in page.get_by_role("region").get_by_role("row").all_inner_texts()]
    told = {row[0].strip(): [cell.strip() for cell in row[1:]] for row in rows}
    assert told["All PAs"] == ["24", "24", "120", "83%", "0"]
    assert {told[name][0] for name in ("New: less than 13 weeks here", "Here for 13 weeks or more")} == {"8", "16"}


def test_a_vacancy_says_what_is_wanted_for_people_and_for_search_engines_and_of_nobody(page: Page, gaps: dict[str, Any]) -> None:
    sylheti = next(one for one in gaps["figures"] if one["cells"]["language"] == "Sylheti")
    page.context.clear_cookies()
    page.goto("/vacancies/powys")
    page.get_by_role("link", name="who speak Sylheti").click()
    page.wait_for_url("**/vacancies/powys/*")

    posting = json.loads(page.locator('script[type="application/ld+json"]').inner_text())

    assert posting["@type"] == "JobPosting" and posting["title"] == page.locator("h1").inner_text()
    assert {"title", "description", "datePosted", "validThrough", "hiringOrganization", "jobLocation"} <= set(posting)
    assert posting["jobLocation"]["address"]["postalCode"] == "LE5"
    shown = page.locator("main").inner_text() + json.dumps(posting)
    assert f"{sylheti['people']} people" not in shown
    assert page.locator('meta[name="robots"]').count() == 0


def test_a_gap_that_closed_has_a_kind_page(page: Page) -> None:
    answer = page.goto(f"/vacancies/powys/{uuid4()}")

    assert answer is not None and answer.status == 410
    assert page.get_by_role("link", name="See other work in Powys").count() == 1
