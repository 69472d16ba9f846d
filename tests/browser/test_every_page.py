"""Every page, in a real browser: no known barrier, one heading, room on a small screen and for big letters."""
import pytest
from playwright.sync_api import Page

from tests.browser.barriers import assert_no_known_barrier
from tests.browser.conftest import Desk

PAGES = [
    *[(None, path) for path in ("/", "/sign-in", "/help", "/accessibility", "/cookies", "/nowhere", "/r/no-such-code")],
    *[(None, path) for path in ("/vacancies", "/vacancies/leicester", "/watch/leicester/{film}")],
    *[
        ("person", path)
        for path in (
            "/plans/{plan}", "/plans/{plan}/change", "/plans/{plan}/wishes/add", "/plans/{plan}/wishes/0", "/plans/{plan}/list",
            "/plans/{plan}/list?group=all", "/plans/{plan}/list?group=near", "/plans/{plan}/what-if", "/plans/{plan}/compare",
            "/plans/{plan}/team", "/plans/{plan}/stand-ins",
            "/plans/{plan}/stand-ins?first-day=21&first-month=12&first-year=2099&length=14",
            "/plans/{plan}/stand-ins?first-day=x",
            "/plans/{plan}/compare?pa={pa}&pa={second}&pa={third}", "/meetings", "/messages", "/messages/{message}",
            "/plans/{plan}/meetings/{met}", "/plans/{plan}/meetings/{met}/offer", "/plans/{plan}/meetings/{met}/work/end",
            "/supporters", "/supporters/add", "/contact", "/leaflets", "/profile", "/pool", "/pool/begin", "/pool/join",
            "/data", "/data/correct", "/data/erase",
        )
    ],
    *[
        ("pa", path)
        for path in (
            "/profile", "/profile/change", "/profile/languages", "/week", "/week/away", "/asks", "/opportunities", "/standing",
            "/messages",
            "/contact", "/data", "/data/{data}/take-back",
        )
    ],
    ("second", "/asks"),
    *[
        ("broker", path)
        for path in (
            "/people", "/people/ask", "/plans/{plan}", "/plans/{plan}/list", "/plans/{plan}/meetings", "/messages", "/contact",
        )
    ],
    *[
        ("staff", path)
        for path in (
            "/council/messages", "/council/messages/{message}/proof", "/council/tasks", "/council/tasks/slip",
            "/council/plans", "/council/profiles", "/council/set-aside",
            "/council/data?name=a", "/council/data/{data}",
            "/council/gaps", "/council/fairness", "/council/languages", "/council/languages/ur",
            "/council/languages/ur/people_to_look_at/person", "/council/languages/so/they_changed_their_mind/pa",
            "/council/gallery", "/council/gallery/they_said_yes/person?size=24",
            "/council/gallery/they_said_no/person?language=ur", "/council/media/being_a_pa/pa/en",
            "/messages/{message}", "/plans/{plan}",
        )
    ],
]  # fmt: skip
NAMES = ("Amina", "Hodan", "Sam", "Robin", "Kit", "Bea", "Stan")


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_a_page_has_no_known_barrier_says_what_it_is_and_fits(desk: Desk, who: str | None, path: str) -> None:
    troubles: list[str] = []
    page = desk.sat_down(who)
    page.on("console", lambda said: troubles.append(said.text) if "Content Security Policy" in said.text else None)
    page.goto(desk.sample.path(path))

    assert_no_known_barrier(page)
    assert_says_what_it_is(page)
    assert troubles == []
    assert_fits_a_small_screen_and_big_letters(page)


def assert_says_what_it_is(page: Page) -> None:
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.title().endswith("– Alongside")
    assert not any(name in page.title() for name in NAMES)
    assert page.get_by_role("contentinfo").get_by_role("link", name="Help").count() == 1


def assert_fits_a_small_screen_and_big_letters(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    assert wider_than_screen(page) <= 0

    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert wider_than_screen(page) <= 0
    assert cut_off(page) == []


def wider_than_screen(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def cut_off(page: Page) -> list[str]:
    """Words that do not fit their box and cannot be scrolled to."""
    look = """[...document.querySelectorAll('main *')].filter(one => {
        const style = getComputedStyle(one);
        const hidden = style.overflowX === 'hidden' || style.overflowY === 'hidden';
        const shown = one.clientWidth > 4 && one.innerText;
        return hidden && shown && (one.scrollWidth > one.clientWidth + 2 || one.scrollHeight > one.clientHeight + 2);
    }).map(one => one.outerHTML.slice(0, 80))"""
    return list(page.evaluate(look))
