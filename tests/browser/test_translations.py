"""A worker who reads another language corrects a message, is told what is not right, and signs it off."""
from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk

URDU = "/council/languages/ur/you_said_yes/pa"


def says(page: Page, *problems: str) -> None:
    expect(page.locator(".govuk-error-summary__list li")).to_have_text(problems)


def test_a_reviewer_corrects_is_told_what_is_missing_and_signs_off(desk: Desk) -> None:
    page = desk.visit("staff", "/council/languages/cy/they_said_no/person")
    todo = page.get_by_label("What you can do, in Welsh")
    kept = todo.input_value()

    todo.fill("Edrychwch eto.")
    page.get_by_role("button", name="Sign off").click()
    says(page, "Say that you have read every sentence, or save it as a draft")
    expect(todo).to_have_value("Edrychwch eto.")  # nothing typed is lost

    page.get_by_label("I read and write Welsh well").check()
    page.get_by_role("button", name="Sign off").click()
    says(page, "What you can do: Put in {list_link}, as in the English")
    page.locator(".govuk-error-summary__list a").click()
    expect(todo).to_be_focused()
    expect(todo).to_have_value("Edrychwch eto.")

    todo.fill(kept)
    page.get_by_role("button", name="Sign off").click()
    expect(page.get_by_text("It is signed off. From now on it can be sent.")).to_be_visible()
    expect(page.get_by_text("Version 1: written by Stan")).to_contain_text("Signed off by Stan")


def test_a_language_that_is_not_there_is_begun(desk: Desk) -> None:
    page = desk.visit("staff", "/council/languages")
    page.get_by_role("button", name="Begin this language").click()
    says(page, "Choose the language that you want to begin")

    page.get_by_label("Which language?").select_option(label="Portuguese")
    page.get_by_role("button", name="Begin this language").click()

    expect(page.get_by_text("Nothing in it is sent until somebody signs it off")).to_be_visible()
    expect(page.get_by_role("heading", name="Messages in Portuguese")).to_be_visible()
    page.get_by_role("link", name="What every message shares").click()
    expect(page.get_by_label("Days of the week, Monday first, in Portuguese")).to_have_value("")


def test_words_from_right_to_left_are_shown_so_in_letters_that_are_there(desk: Desk) -> None:
    page = desk.visit("staff", URDU)
    title = page.get_by_label("Title, in Urdu")

    assert (title.get_attribute("lang"), title.get_attribute("dir")) == ("ur", "rtl")
    assert title.evaluate("one => getComputedStyle(one).direction") == "rtl"
    assert title.evaluate("one => getComputedStyle(one).fontFamily").count("Alongside Scripts") == 1
    assert page.evaluate("document.fonts.load('16px \"Alongside Scripts\"', 'شکریہ').then(found => found.length)") >= 1
    english = page.locator(".al-beside [lang=en]").first
    assert english.evaluate("one => getComputedStyle(one).direction") == "ltr"


def test_what_two_write_at_once_is_shown_side_by_side(desk: Desk) -> None:
    first, second = desk.visit("staff", URDU), desk.visit("staff", URDU)

    first.get_by_label("Title, in Urdu").fill("شکریہ")
    first.get_by_role("button", name="Save as a draft").click()
    expect(first.get_by_text("It is saved as a draft")).to_be_visible()
    second.get_by_label("Title, in Urdu").fill("بہت شکریہ")
    second.get_by_role("button", name="Save as a draft").click()

    says(second, "Somebody else changed these words meanwhile. Theirs are shown beside yours. Look at both, then save again")
    expect(second.get_by_label("Title, in Urdu")).to_have_value("بہت شکریہ")
    expect(second.locator(".al-beside").first).to_contain_text("شکریہ")
    second.get_by_role("button", name="Save as a draft").click()
    expect(second.get_by_text("Version 2: written by Stan")).to_be_visible()


def test_a_missing_one_is_asked_of_somebody(desk: Desk) -> None:
    page = desk.visit("staff", "/council/languages/so/they_changed_their_mind/pa")
    page.get_by_label("Who should look at this?").select_option(label="Stan")
    page.get_by_role("button", name="Ask them").click()
    expect(page.get_by_text("It is written down who sees to this.")).to_be_visible()

    page.goto(desk.sample.path("/council/languages/so"))
    expect(page.get_by_role("row", name="A meeting is no longer wanted")).to_contain_text("Stan")
