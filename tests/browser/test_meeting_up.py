"""Putting down a meeting, and saying that it does not suit."""
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.conftest import Desk


def test_a_meeting_is_moved_by_the_person_and_does_not_suit_the_pa(desk: Desk) -> None:
    person = desk.visit("person", "/plans/{plan}/meetings/{met}")
    expect(person.get_by_label("Where")).to_have_value("The café in the library")
    day = datetime.now(UTC) + timedelta(days=12)
    for label, typed in (("Day", day.day), ("Month", day.month), ("Year", day.year), ("The time", "3")):
        person.get_by_label(label, exact=True).fill(str(typed))
    person.get_by_role("button", name="Save, and tell both").click()
    expect(person.get_by_role("alert")).to_contain_text("Write the time, like 10:30am or 14:15")
    person.get_by_label("The time").fill("3.15pm")
    person.get_by_label("Where").fill("By the bandstand")
    person.get_by_role("button", name="Save, and tell both").click()
    expect(person.get_by_text("It is put down. We tell both of you.")).to_be_visible()

    pa = desk.visit("second", "/asks")
    expect(pa.locator("main")).to_contain_text("By the bandstand")
    expect(pa.locator("main")).to_contain_text("at 3:15pm")
    pa.get_by_role("button", name="This does not suit me").click()
    expect(pa.get_by_text("Thank you for telling us.")).to_be_visible()

    person.goto(desk.sample.path("/meetings"))
    expect(person.locator("main")).to_contain_text("The PA said that this does not suit.")
    stranger = desk.visit("oral", "/plans/{plan}/meetings/{met}")
    expect(stranger.locator("main")).not_to_contain_text("bandstand")
