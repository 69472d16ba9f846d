"""A PA asks to hear where PAs are wanted near them, on their own page, and takes it back there."""
from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk

YES = "Yes. Tell me when PAs are wanted near me, once a week at most."


def save(page: Page) -> None:
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved")).to_be_visible()


def test_a_pa_turns_it_on_and_off_again(desk: Desk) -> None:
    page = desk.visit("third", "/contact")
    expect(page.get_by_label(YES)).not_to_be_checked()

    page.get_by_label(YES).check()
    save(page)
    page.goto("/contact")
    expect(page.get_by_label(YES)).to_be_checked()

    page.get_by_label(YES).uncheck()
    save(page)
    page.goto("/contact")
    expect(page.get_by_label(YES)).not_to_be_checked()


def test_who_is_no_pa_is_not_asked(desk: Desk) -> None:
    page = desk.visit("person", "/contact")

    expect(page.get_by_role("button", name="Save")).to_be_visible()
    expect(page.get_by_label(YES)).to_have_count(0)
