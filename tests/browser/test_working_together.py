"""The work is offered, answered, and given a last day, by the two whose it is."""
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser.barriers import assert_no_known_barrier
from tests.browser.conftest import Desk

OFFER = "/plans/{plan}/meetings/{met}/offer"


def write_day(page: Page, day: datetime) -> None:
    for label, typed in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        page.get_by_label(label, exact=True).fill(str(typed))


def test_work_is_offered_agreed_and_ended(desk: Desk) -> None:
    person = desk.visit("person", OFFER)
    starts = datetime.now(UTC) + timedelta(days=30)
    write_day(person, starts)
    person.get_by_label("Hours a week").fill("10.3")
    person.get_by_label("Pay for each hour").fill("5")
    person.get_by_role("button", name="Offer the work").click()
    expect(person.get_by_role("alert")).to_contain_text("Write the hours in quarters, like 4 or 4.25")
    person.get_by_label("Hours a week").fill("10.5")
    person.get_by_label("4 weeks").check()
    person.get_by_role("button", name="Offer the work").click()
    expect(person.get_by_role("alert")).to_contain_text("an hour or more. This is the lowest the law allows")
    expect(person.get_by_label("Hours a week")).to_have_value("10.5")
    expect(person.get_by_label("4 weeks")).to_be_checked()
    person.get_by_label("Pay for each hour").fill("£13.50")
    person.get_by_role("button", name="Offer the work").click()
    expect(person.get_by_text("The work is offered.")).to_be_visible()
    expect(person.locator("main")).to_contain_text("10.5 hours")
    assert_no_known_barrier(person)

    supporter = desk.visit("broker", OFFER)
    expect(supporter.get_by_label("Hours a week")).to_have_count(0)  # who works for somebody is for the person to decide

    pa = desk.visit("second", "/asks")
    expect(pa.locator("main")).to_contain_text("£13.50")
    assert_no_known_barrier(pa)
    pa.get_by_role("button", name="Yes, I would like this work").click()
    expect(pa.get_by_text("You said yes to the work.")).to_be_visible()
    expect(pa.locator("main")).to_contain_text("You both know: the work is agreed.")

    pa.get_by_role("link", name="Put down a last day").click()
    pa.get_by_role("button", name="Save, and tell both").click()
    expect(pa.get_by_role("alert")).to_contain_text("Write the last day of work")
    write_day(pa, starts + timedelta(days=20))
    pa.get_by_role("button", name="Save, and tell both").click()
    expect(pa.get_by_text("It is put down. We tell both of you the last day.")).to_be_visible()

    person.goto(desk.sample.path("/meetings"))
    expect(person.locator("main")).to_contain_text("The work ends on this last day.")
    expect(person.get_by_role("link", name="Offer the work again")).to_be_visible()
