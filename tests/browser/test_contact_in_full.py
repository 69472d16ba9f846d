"""Somebody says when it is safe, what they need when they talk, and which supporter is told too; nothing typed is lost."""
from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk

NEEDS = "What I need when I talk with somebody"


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def test_safe_times_needs_and_copies_are_kept_and_shown_again(desk: Desk) -> None:
    page = desk.visit("person", "/contact")
    page.get_by_label("The only times that are safe for me").fill("when he is out")
    page.get_by_text(NEEDS).click()
    page.get_by_label("British Sign Language interpreter needed").check()
    page.get_by_role("group", name="Tell Bea too about").get_by_label("What PAs answer when I ask to meet").check()
    page.get_by_role("group", name="Does somebody else open your post?").get_by_role("checkbox").check()
    save(page)
    expect(page.locator(".govuk-error-summary__list li")).to_have_text(
        ["We do not understand “when he is out”. Write it like: Tuesday and Thursday 10am to midday"]
    )
    expect(page.get_by_label("The only times that are safe for me")).to_have_value("when he is out")
    expect(page.get_by_label("British Sign Language interpreter needed")).to_be_checked()

    page.get_by_label("The only times that are safe for me").fill("Tuesday and Thursday 10am to midday")
    save(page)
    page.goto("/contact")

    expect(page.get_by_label("The only times that are safe for me")).to_have_value("Tuesday and Thursday 10am to midday")
    expect(page.get_by_label("British Sign Language interpreter needed")).to_be_checked()
    expect(page.get_by_role("group", name="Tell Bea too about").get_by_label("What PAs answer")).to_be_checked()
    expect(page.get_by_text("We ask you again on")).to_be_visible()
    page.get_by_label("The only times that are safe for me").fill("")
    page.get_by_role("group", name="Does somebody else open your post?").get_by_role("checkbox").uncheck()
    save(page)  # as it was, for the tests after this one


def test_two_places_do_not_overwrite_each_other(desk: Desk) -> None:
    first, second = desk.visit("second", "/contact"), desk.visit("second", "/contact")
    first.get_by_label("The only times that are safe for me").fill("Monday 9am to 5pm")
    save(first)
    expect(first.get_by_label("The only times that are safe for me")).to_have_value("Monday 9am to 5pm")

    second.get_by_label("What should we call you?").fill("Robin R")
    save(second)

    expect(second.locator(".govuk-error-summary")).to_contain_text("changed in another place meanwhile")
    expect(second.get_by_label("What should we call you?")).to_have_value("Robin R")
