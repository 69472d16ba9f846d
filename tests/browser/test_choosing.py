"""Choosing among people: side by side without JavaScript, what would bring more, and what a PA sees of plans."""
from playwright.sync_api import expect

from deploy.embedded.stack import Stack
from tests.browser.barriers import assert_no_known_barrier
from tests.browser.conftest import COUNCIL, Desk, wait_for
from tests.conftest import Beside


def test_two_people_are_ticked_and_seen_side_by_side_without_javascript(desk: Desk) -> None:
    page = desk.visit("person", "/plans/{plan}/list", java_script_enabled=False)
    page.get_by_label("Compare Robin").check()
    page.get_by_label("Compare Kit").check()
    page.get_by_role("button", name="Compare those I ticked").click()

    table = page.get_by_role("table", name="People side by side")
    expect(table.get_by_role("columnheader")).to_have_count(3)
    language = table.get_by_role("row", name="A language (must have)")
    expect(language.get_by_role("cell").filter(has_text="Has not listed Somali")).to_have_count(1)
    expect(language.get_by_role("cell").filter(has_text="Speaks Somali fluently")).to_have_count(1)
    expect(page.get_by_role("navigation").get_by_role("link", name="Your list")).to_have_attribute("aria-current", "true")


def test_what_each_would_cost_stands_side_by_side_with_the_working(desk: Desk) -> None:
    page = desk.visit("person", "/plans/{plan}/compare?pa={pa}&pa={second}&pa={third}")

    costs = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="What they would cost, all in"))
    expect(costs.get_by_role("cell")).to_have_count(3)
    expect(costs.get_by_text("The budget buys")).to_have_count(3)
    page.get_by_text("How we worked out").first.click()
    expect(page.get_by_text("Pay: 10 hours a week at £14.00 an hour, for 52 weeks").first).to_be_visible()


def test_one_person_is_not_compared_and_is_told_what_to_do(desk: Desk) -> None:
    page = desk.visit("person", "/plans/{plan}/list")
    page.get_by_label("Compare Robin").check()
    page.get_by_role("button", name="Compare those I ticked").click()

    expect(page.get_by_text("You ticked 1. Please go back and tick two, three or four people.")).to_be_visible()


def test_somebody_who_was_asked_is_not_asked_again(desk: Desk) -> None:
    page = desk.visit("person", "/plans/{plan}/compare?pa={pa}&pa={third}")

    expect(page.get_by_role("button", name="Ask to meet")).to_have_count(1)
    ask = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Ask", exact=True))
    expect(ask.get_by_role("cell").first).to_have_text("Waiting for an answer")


def test_a_list_says_what_would_bring_more_people_and_changes_nothing(desk: Desk) -> None:
    page = desk.visit("person", "/plans/{plan}/list")
    expect(page.get_by_text("If “speaks Somali” was important but not a must, 1 more person would fit.")).to_be_visible()
    page.get_by_role("link", name="See all we counted").click()

    expect(page.get_by_text("1 of 3 people fit everything you must have.")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("button")).to_have_count(0)


def test_a_page_of_a_list_that_is_gone_shows_the_newest_and_says_so(desk: Desk) -> None:
    page = desk.visit("person", "/plans/{plan}/list?group=all&edition=99&page=3")

    expect(page.get_by_text("The list changed while you were reading it.")).to_be_visible()
    expect(page.get_by_role("heading", name="Everybody (3)")).to_be_visible()


def test_a_pa_sees_work_that_could_fit_and_nobody_is_named(desk: Desk) -> None:
    page = desk.visit("second", "/opportunities")

    expect(page.get_by_text("The language they need is not on your profile").first).to_be_visible()
    expect(page.get_by_role("link", name="Change my languages").first).to_be_visible()
    words = page.get_by_role("main").inner_text()
    assert not any(name in words for name in ("Amina", "Hodan", "LE5", "Somali"))


def test_a_pa_sees_week_by_week_what_kept_them_out(desk: Desk, whole: Stack, beside: Beside) -> None:
    week = f"'{COUNCIL}', '{desk.sample.ids['third']}', '2026-11-16', '2026-11-22', 4, 1, 2, '{{\"times_none\": 3}}'"
    beside.run(whole.postgres.psql("-c", f"INSERT INTO standing_week VALUES ({week})", database="matcher"))

    page = desk.visit("third", "/standing")

    row = page.get_by_role("row", name="16 November 2026")
    expect(row.get_by_role("cell")).to_have_text(["4", "1", "2", "You are not free at their times (3 lists)"])
    assert_no_known_barrier(page)


def week_of_kit(desk: Desk, words: str) -> None:
    page = desk.visit("third", "/week")
    page.locator("textarea").fill(words)
    page.get_by_role("button", name="Save these words").click()
    expect(page.get_by_text("Your week is saved.")).to_be_visible()


def test_a_list_says_who_came_and_who_does_not_fit_any_more(desk: Desk) -> None:
    week_of_kit(desk, "weekdays 8am-6pm")
    try:
        page = desk.visit("person", "/plans/{plan}/list")
        told = page.get_by_text("What changed since the list before")
        wait_for(lambda: page.reload() and told.count())
        told.click()

        expect(page.get_by_text("1 more person fits. 0 people do not fit any more.")).to_be_visible()
        expect(page.get_by_text("Kit: fits now, because their profile changed.")).to_be_visible()
        assert_no_known_barrier(page)
    finally:
        week_of_kit(desk, "Sunday 8am-noon")
        page = desk.visit("person", "/plans/{plan}/list")
        wait_for(lambda: page.reload() and page.get_by_role("heading", name="People who fit (1)").count())
