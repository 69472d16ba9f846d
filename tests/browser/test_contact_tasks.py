"""A council worker's day: takes a task, rings, enters what was said and a slip that came by post, and sees the proof of it."""
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from deploy.embedded.stack import Stack
from tests.browser.barriers import assert_no_known_barrier
from tests.browser.conftest import wait_for
from tests.browser.test_every_page import wider_than_screen

COUNCIL = "test-of-tasks"
WAYS = {
    "Ring": {"method": "phone", "format": "verbal", "language": "en"},
    "Post": {"method": "letter", "format": "plain", "language": "en"},
    "Somali": {"method": "phone", "format": "verbal", "language": "so"},
}


@dataclass
class Office:
    """One person, who asked to meet three PAs: one is rung, one is written to, one is rung in Somali."""

    stack: Stack
    client: httpx.Client
    ids: dict[str, str] = field(default_factory=lambda: {name: str(uuid4()) for name in ("Stan", "Sue", "Person", *WAYS)})

    def call(self, method: str, service: str, path: str, body: Any = None) -> Any:
        api = "/api" if service == "portal" else ""
        answer = self.client.request(method, f"{self.stack.url(service)}{api}/councils/{COUNCIL}{path}", json=body)
        assert answer.is_success, (path, answer.status_code, answer.text)
        return answer.json()

    def task_of(self, name: str) -> str:
        [task] = [one for one in self.call("GET", "notifier", "/tasks") if one["party_id"] == self.ids[name]]
        return str(task["task_id"])

    def asked(self, name: str) -> dict[str, Any] | None:
        """The message that asks this PA, once it is made."""
        found = self.call("GET", "notifier", f"/messages?party_id={self.ids[name]}")["items"]
        asks = [one for one in found if one["about"] == "somebody_would_like_to_meet_you" and one["state"] != "waiting"]
        return dict(self.call("GET", "notifier", f"/messages/{asks[0]['message_id']}")) if asks else None


@pytest.fixture(scope="module")
def office(whole: Stack) -> Iterator[Office]:
    with httpx.Client(headers={"Authorization": f"Bearer {whole.service_key}"}, timeout=20, trust_env=False) as client:
        office = Office(whole, client)
        ids = office.ids
        roles = {"Stan": "staff", "Sue": "staff", "Person": "person"}
        office.call("POST", "portal", "/accounts/bulk", [
            {"account_id": ids[name], "role": roles.get(name, "pa"), "chosen_name": name} for name in ids
        ])  # fmt: skip
        for name in WAYS:
            office.call("POST", "registry", "/profiles", {
                "profile_id": ids[name], "chosen_name": name, "postcode": "LE5 3", "travel": "car",
                "languages": "English (fluent)", "availability": "weekdays 8am-6pm", "rate": "14.00",
                "age_band": "21_and_over", "employment": "employed", "tasks": ["personal care"],
            })  # fmt: skip
            office.call("PUT", "notifier", f"/parties/{ids[name]}/contact", {
                "kind": "pa", "address_as": name, "preferences": [WAYS[name]], "phone": "07700900123", "quiet_from": "00:00",
                "quiet_to": "00:00", "postal_address": ["A Sample", "1 Example Street", "Leicester", "LE5 3AA"],
                "confirmed_on": "2026-11-01", "discreet": name == "Ring",
            })  # fmt: skip
        plan = office.call("POST", "portal", "/plans", {
            "source": "casework", "source_id": "tasks", "source_version": 1, "person_ref": ids["Person"], "postcode": "LE5 3",
            "times": "Mon-Fri 9am-11am", "hours_per_week": "10", "tasks": ["personal care"],
            "wishes": [{"criterion": "language", "value": "English", "strength": "must"}],
        })  # fmt: skip
        matches = f"{whole.url('matcher')}/councils/{COUNCIL}/plans/{plan['plan_id']}/matches?group=all"
        wait_for(lambda: client.get(matches).json().get("total") == len(WAYS))
        for name in WAYS:
            asked = {"profile_id": ids[name], "asked_by": "person"}
            office.call("POST", "matcher", f"/plans/{plan['plan_id']}/introductions", asked)
        for name in WAYS:
            wait_for(lambda name=name: office.asked(name))
        yield office


@pytest.fixture
def page(browser: Browser, office: Office) -> Iterator[Page]:
    """Stan's browser, with a small screen."""
    context = browser.new_context(base_url=office.stack.url("portal"), viewport={"width": 320, "height": 640})
    context.set_default_timeout(15_000)
    sign_in(context, office, "Stan")
    yield context.new_page()
    context.close()


def sign_in(context: Any, office: Office, name: str) -> None:
    answer = context.request.post("/sign-in", form={"council": COUNCIL, "account_id": office.ids[name]}, max_redirects=0)
    assert answer.status == 303, answer.status


def has_no_barrier(page: Page) -> None:
    assert_no_known_barrier(page)
    assert wider_than_screen(page) <= 0


def test_a_worker_takes_a_task_rings_and_writes_down_the_key_that_was_pressed(page: Page, office: Office) -> None:
    page.goto("/council/tasks")
    has_no_barrier(page)
    page.get_by_label("The team you work in").select_option("contact team")
    page.get_by_role("button", name="Save my team").click()
    expect(page.get_by_text("Your team: contact team.")).to_be_visible()
    page.locator(f"a[href='/council/tasks/{office.task_of('Ring')}']").click()
    expect(page.get_by_role("button", name="Take this task")).to_be_visible()
    expect(page.get_by_text("07700")).to_have_count(0)
    has_no_barrier(page)

    page.get_by_role("button", name="Take this task").click()
    expect(page.get_by_role("link", name="07700 900123").or_(page.get_by_role("link", name="+447700900123"))).to_be_visible()
    expect(page.get_by_text("Be discreet.")).to_be_visible()
    page.get_by_label("I told them").check()
    page.get_by_label("A note for whoever is next (optional)").fill("Rings best after 10.")
    page.get_by_role("button", name="Save how it went").click()

    expect(page.locator(".govuk-error-summary")).to_contain_text("Choose what they said")
    has_no_barrier(page)
    expect(page.get_by_label("A note for whoever is next (optional)")).to_have_value("Rings best after 10.")
    expect(page.get_by_label("I told them")).to_be_checked()
    page.get_by_label("They pressed 1, which is yes").check()
    page.get_by_role("button", name="Save how it went").click()
    expect(page.get_by_text("Thank you. We wrote down how it went.")).to_be_visible()

    page.goto(f"/council/messages/{(office.asked('Ring') or {})['message_id']}/proof")
    has_no_barrier(page)
    steps = page.locator(".al-steps").inner_text()
    told = r"Given to contact team.*Stan took the task.*Stan told them.*They said yes, on the telephone"
    assert re.search(told, steps, re.DOTALL)
    assert "Rings best after 10." in steps


def test_two_workers_cannot_have_one_task_and_nothing_typed_is_lost(page: Page, browser: Browser, office: Office) -> None:
    where = f"/council/tasks/{office.task_of('Somali')}"
    page.goto(where)
    other = browser.new_context(base_url=office.stack.url("portal"))
    sign_in(other, office, "Sue")
    sues = other.new_page()
    sues.goto(where)
    sues.get_by_role("button", name="Take this task").click()

    page.get_by_label("Nobody answered, or they were not there").check()
    page.get_by_label("A note for whoever is next (optional)").fill("No answer at 9.")
    page.get_by_role("button", name="Save how it went").click()

    expect(page.locator(".govuk-error-summary")).to_contain_text("Somebody else has taken this task")
    assert "No answer at 9." in page.content()
    has_no_barrier(page)
    page.get_by_role("button", name="Take it over from Sue").click()
    page.get_by_label("Nobody answered, or they were not there").check()
    page.get_by_label("Day", exact=True).fill("31")
    page.get_by_label("Month", exact=True).fill("2")
    page.get_by_role("button", name="Save how it went").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Write the day to try again with a year")
    page.get_by_label("Day", exact=True).fill("")
    page.get_by_label("Month", exact=True).fill("")
    page.get_by_role("button", name="Save how it went").click()
    page.goto(where)
    assert "Tries so far" in page.locator("main").inner_text()
    page.get_by_label("Team", exact=True).select_option("duty team")
    page.get_by_label("A note for that team (optional)").fill("They speak Somali.")
    page.get_by_role("button", name="Hand it on").click()
    page.goto(where)
    assert "They speak Somali." in page.locator("main").inner_text()
    other.close()


def test_a_slip_that_came_by_post_is_entered_by_its_code(page: Page, office: Office) -> None:
    letter = wait_for(lambda: (office.asked("Post") or {}).get("artefacts"))
    code = next(found[0] for one in letter if (found := re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", one["words"])))
    page.goto("/council/tasks/slip")
    has_no_barrier(page)
    page.get_by_label("The code on the slip").fill("ZZZZ-2222")
    page.get_by_label("A cross at no").check()
    page.get_by_role("button", name="Save the answer").click()

    expect(page.locator(".govuk-error-summary")).to_contain_text("We do not know this code")
    expect(page.get_by_label("A cross at no")).to_be_checked()
    page.get_by_label("The code on the slip").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Save the answer").click()

    expect(page.get_by_text("We wrote down their answer")).to_be_visible()
    page.goto(f"/council/messages/{(office.asked('Post') or {})['message_id']}/proof")
    assert "They said no, with an answer slip. Entered by Stan." in page.locator(".al-steps").inner_text()
