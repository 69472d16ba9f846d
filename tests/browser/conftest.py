"""The whole product with a small made-up council, and a real Chromium to look at its pages."""
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from deploy.embedded.ports import Ports
from deploy.embedded.stack import Stack
from deploy.frontend import FRONTEND, HERE
from tests.conftest import BROKER, Beside, state_folder

COUNCIL = "leicester"
QUIETLY = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WHO = {
    "person": ("person", "Amina"),
    "oral": ("person", "Hodan"),
    "pa": ("pa", "Sam"),
    "second": ("pa", "Robin"),
    "third": ("pa", "Kit"),
    "broker": ("broker", "Bea"),
    "staff": ("staff", "Stan"),
}


@dataclass(frozen=True)
class Sample:
    """Who is there, by name, and the plan of the person."""

    portal: str
    ids: dict[str, str]
    plan_id: str
    get: Callable[[str, str], Any]

    def path(self, template: str) -> str:
        return template.format(plan=self.plan_id, **self.ids)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The engine alone where it is installed (Debian packages it apart), for the whole browser takes twice the time."""
    path = os.environ.get("ALONGSIDE_CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if not path or not Path(path).exists():
        pytest.fail(
            "These tests look at the pages in Chromium, and there is none. Install it (on Debian: apt install "
            "chromium-headless-shell, or chromium), or name one: ALONGSIDE_CHROMIUM=/path/to/chromium make test-browser",
            pytrace=False,
        )
    return path


@pytest.fixture(scope="session")
def whole(beside: Beside) -> Iterator[Stack]:
    if not FRONTEND.is_there(HERE):
        pytest.fail("The look of the pages is missing: run `make frontend` first.", pytrace=False)
    stack = Stack(state_folder(), Ports.free(), broker=BROKER, durable=False)  # type: ignore[arg-type]
    beside.run(stack.__aenter__())
    yield stack
    beside.run(stack.__aexit__(None, None, None))


def wait_for(ask: Callable[[], Any], within: float = 40) -> Any:
    deadline = time.monotonic() + within
    while not (answer := ask()):
        assert time.monotonic() < deadline, f"waited {within} seconds"
        time.sleep(0.2)
    return answer


@pytest.fixture(scope="session")
def sample(whole: Stack) -> Iterator[Sample]:
    with httpx.Client(headers={"Authorization": f"Bearer {whole.service_key}"}, timeout=20, trust_env=False) as client:
        yield make_sample(whole, client)


def make_sample(whole: Stack, client: httpx.Client) -> Sample:
    ids = {name: str(uuid4()) for name in WHO}

    def call(method: str, service: str, path: str, body: Any = None) -> Any:
        api = "/api" if service == "portal" else ""
        answer = client.request(method, f"{whole.url(service)}{api}/councils/{COUNCIL}{path}", json=body)  # type: ignore[arg-type]
        assert answer.is_success, (path, answer.status_code, answer.text)
        return answer.json()

    def get(service: str, path: str) -> Any:
        return call("GET", service, path)

    def reached(party: str, kind: str, name: str, *preferences: dict[str, Any]) -> None:
        call("PUT", "notifier", f"/parties/{ids[party]}/contact", {
            "kind": kind, "address_as": name, "preferences": list(preferences), "phone": "07700900123",
            "email": "someone@example.org", "postal_address": ["A Sample", "1 Example Street", "Leicester", "LE5 3AA"],
            "confirmed_on": "2026-11-01",
        })  # fmt: skip

    call("POST", "portal", "/accounts/bulk",
         [{"account_id": ids[one], "role": role, "chosen_name": name} for one, (role, name) in WHO.items()])
    pas = {
        "pa": {"practices": "cooks halal"},
        "second": {"languages": "English (fluent)"},
        "third": {"availability": "Sunday 8am-noon"},
    }
    for one, changes in pas.items():
        call("POST", "registry", "/profiles", {
            "profile_id": ids[one], "chosen_name": WHO[one][1], "about_me": "I like a good chat.", "postcode": "LE5 3",
            "travel": "car", "languages": "Somali (fluent), English (fluent)", "availability": "weekdays 8am-6pm",
            "rate": "14.00", "age_band": "21_and_over", "employment": "employed", "tasks": ["personal care", "cooking"],
            "interests": "gardening, qwblorf", **changes,
        })  # fmt: skip
    ids["film"] = call("PUT", "notifier", "/media/of/being_a_pa/pa/en/bsl_video", {
        "transcript": "You asked about being a PA.", "called": "Watch this in BSL", "by": ids["staff"],
        "file": "AAAAGGZ0eXBtcDQy", "captions": "WEBVTT\n\n00:00.000 --> 00:04.000\nYou asked about being a PA.\n",
    })["media_id"]  # fmt: skip
    reached("person", "person", "Amina", {"method": "email", "format": "audio", "language": "en"},
            {"method": "letter", "format": "large_print", "language": "en", "point_size": 24})
    reached("oral", "person", "Hodan", {"method": "phone", "format": "verbal", "language": "so"})
    reached("pa", "pa", "Sam", {"method": "email", "format": "plain", "language": "en"})
    reached("second", "pa", "Robin", {"method": "letter", "format": "large_print", "language": "en", "point_size": 20})
    reached("third", "pa", "Kit", {"method": "text", "format": "plain", "language": "en"})
    plans = {}
    for one in ("person", "oral"):
        plans[one] = call("POST", "portal", "/plans", {
            "source": "casework", "source_id": f"plan-{ids[one]}", "source_version": 1, "person_ref": ids[one],
            "postcode": "LE5 3", "times": "Mon-Fri 9am-11am", "hours_per_week": "10", "most_rate": "15.00",
            "budget_per_week": "160.00", "contribution_per_week": "20.00",
            "tasks": ["personal care", "flurbing"], "own_words": "Please take your shoes off.",
            "wishes": [
                {"criterion": "language", "value": "Soomaali", "strength": "must"},
                {"criterion": "practice", "value": "cooks halal", "strength": "important"},
                {"criterion": "times", "strength": "must"},
            ],
        })  # fmt: skip
    call("POST", "portal", "/supporters", {
        "person_id": ids["person"], "supporter_id": ids["broker"], "scopes": ["see_shortlist", "ask_to_meet", "edit_plan"],
        "until": f"{time.gmtime().tm_year + 1}-01-01",
    })  # fmt: skip
    plan_id = plans["person"]["plan_id"]
    matcher = f"{whole.url('matcher')}/councils/{COUNCIL}/plans/{plan_id}"
    wait_for(lambda: client.get(f"{matcher}/matches?group=all").json().get("total") == 3)
    ids["introduction"] = call("POST", "matcher", f"/plans/{plan_id}/introductions",
                               {"profile_id": ids["pa"], "asked_by": "person"})["introduction_id"]
    ids["met"] = call("POST", "matcher", f"/plans/{plan_id}/introductions",
                      {"profile_id": ids["second"], "asked_by": "person"})["introduction_id"]
    call("POST", "matcher", f"/introductions/{ids['met']}/answer", {"answer": "yes", "route": "phone"})
    place = call("POST", "notifier", "/places", {"words": "The café in the library"})
    at = (datetime.now(UTC) + timedelta(days=9)).isoformat()
    call("PUT", "matcher", f"/introductions/{ids['met']}/meeting", {"at": at, "place_id": place["place_id"]})
    told = wait_for(lambda: [
        one for one in get("notifier", f"/messages?party_id={ids['person']}")["items"]
        if get("notifier", f"/messages/{one['message_id']}")["artefacts"]
    ])  # fmt: skip
    ids["message"] = told[0]["message_id"]
    wait_for(lambda: get("notifier", "/tasks?state=open"))
    ids["data"] = asked_about_data(whole.url("portal"), ids)
    return Sample(whole.url("portal"), ids, plan_id, get)


def asked_about_data(portal: str, ids: dict[str, str]) -> str:
    """The PA says that something is wrong; the number of what they asked, as the council's page has it."""
    with httpx.Client(base_url=portal, follow_redirects=True, timeout=20, trust_env=False) as browser:
        browser.post("/sign-in", data={"council": COUNCIL, "account_id": ids["pa"]})
        token = re.findall(r'name="form_token" value="([^"]+)"', browser.get("/data/correct").text)[0]
        browser.post("/data/correct", data={"form_token": token, "words": "I have a car now."})
        browser.post("/sign-in", data={"council": COUNCIL, "account_id": ids["staff"]})
        return str(re.findall(r'href="/council/data/([0-9a-f-]{36})"', browser.get("/council/data").text)[0])


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=QUIETLY)
        yield browser
        browser.close()


@dataclass
class Desk:
    """Opens pages, signed in as somebody."""

    browser: Browser
    sample: Sample
    contexts: list[BrowserContext]

    def visit(self, who: str | None, path: str, **options: Any) -> Page:
        page = self.sat_down(who, **options)
        page.goto(self.sample.path(path))
        return page

    def sat_down(self, who: str | None, **options: Any) -> Page:
        """Signed in, nothing opened yet."""
        context = self.browser.new_context(base_url=self.sample.portal, **options)
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        if who:
            form = {"council": COUNCIL, "account_id": self.sample.ids[who]}
            answer = context.request.post("/sign-in", form=form, max_redirects=0)
            assert answer.status == 303, answer.status
        return context.new_page()


@pytest.fixture
def desk(browser: Browser, sample: Sample) -> Iterator[Desk]:
    desk = Desk(browser, sample, [])
    yield desk
    for context in desk.contexts:
        context.close()
