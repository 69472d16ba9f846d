"""Using the pages as people do: with a keyboard, without JavaScript, with mistakes, from one end to the other."""
import re

import httpx
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import COUNCIL, Desk, wait_for


def test_the_skip_link_comes_first_and_leads_past_the_menu(desk: Desk) -> None:
    page = desk.visit("person", "/plans/{plan}")

    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to main content")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("#main-content$"))


def test_everything_that_can_be_pressed_is_reached_with_the_tab_key(desk: Desk) -> None:
    page = desk.visit("person", "/plans/{plan}/list")
    things = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
    shown = page.evaluate(f"[...document.querySelectorAll({things!r})].filter(one => one.checkVisibility()).length")

    reached = set()
    for _ in range(shown + 2):
        page.keyboard.press("Tab")
        reached.add(page.evaluate(f"[...document.querySelectorAll({things!r})].indexOf(document.activeElement)"))
        assert page.evaluate("""() => {
            const style = getComputedStyle(document.activeElement);
            return document.activeElement === document.body || style.outlineStyle !== 'none' || style.boxShadow !== 'none';
        }"""), page.evaluate("document.activeElement.outerHTML")

    assert len(reached - {-1}) == shown


def test_a_wrong_form_says_so_first_and_keeps_what_was_typed(desk: Desk) -> None:
    page = desk.visit("person", "/plans/{plan}/change")
    page.get_by_label("How many hours a week, in all?").fill("a lot")
    page.get_by_label("Your postcode").fill("ZZ99")
    page.get_by_role("button", name="Save").click()

    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("There is something to put right")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert page.title().startswith("Error: ")
    expect(page.get_by_label("How many hours a week, in all?")).to_have_value("a lot")
    expect(page.get_by_label("Your postcode")).to_have_value("ZZ99")
    summary.get_by_role("link").first.click()
    expect(page.get_by_label("How many hours a week, in all?")).to_be_focused()


def test_an_unknown_postcode_is_asked_about_and_nothing_is_lost(desk: Desk) -> None:
    page = desk.visit("person", "/plans/{plan}/change")
    page.get_by_label("In your own words").fill("Mornings are best.")
    page.get_by_label("Your postcode").fill("ZZ99 9")
    page.get_by_role("button", name="Save").click()

    expect(page.locator("#postcode-error")).to_be_visible()
    expect(page.get_by_label("In your own words")).to_have_value("Mornings are best.")


def test_a_plan_is_changed_without_javascript(desk: Desk) -> None:
    page = desk.visit("oral", "/plan", java_script_enabled=False)
    page.get_by_role("button", name="Change these").click()
    page.get_by_label("How many hours a week, in all?").fill("12")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Your plan is saved")).to_be_visible()
    expect(page.get_by_text("12 hours")).to_be_visible()


def test_hours_that_can_move_are_written_put_right_and_taken_off(desk: Desk) -> None:
    page = desk.visit("oral", "/plan", java_script_enabled=False)
    page.get_by_role("button", name="Change these").click()
    page.get_by_label("Hours a week", exact=True).fill("3")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#flexible_window-0-error")).to_be_visible()
    expect(page.get_by_label("Hours a week", exact=True)).to_have_value("3")

    page.get_by_label("At any time in", exact=True).fill("Saturday 9am to 11am")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#flexible_hours-0-error")).to_contain_text("more hours here than times")
    page.get_by_label("Hours a week", exact=True).fill("2")
    page.get_by_role("button", name="Save").click()
    expect(row(page, "Hours that can move")).to_contain_text("2 hours a week, in Saturday 9am to 11am")

    page.get_by_role("button", name="Change these").click()
    page.get_by_label("Hours a week", exact=True).fill("")
    page.get_by_label("At any time in", exact=True).fill("")
    page.get_by_role("button", name="Save").click()
    expect(row(page, "Hours that can move")).to_have_count(0)


def test_a_day_is_typed_in_three_fields(desk: Desk) -> None:
    page = desk.visit("oral", "/plan")
    page.get_by_role("button", name="Change these").click()
    first_day = page.get_by_role("group", name="The first day, if you know it")
    first_day.get_by_label("Day").fill("31")
    first_day.get_by_label("Month").fill("2")
    first_day.get_by_label("Year").fill("2027")
    page.get_by_role("button", name="Save").click()

    page.get_by_role("alert").get_by_role("link", name="a real date").click()
    expect(first_day.get_by_label("Day")).to_be_focused()
    first_day.get_by_label("Month").fill("Jan")
    page.get_by_role("button", name="Save").click()
    expect(row(page, "First day")).to_contain_text("31 January 2027")


def test_a_job_is_wished_for_and_an_unknown_word_does_not_count(desk: Desk) -> None:
    page = desk.visit("oral", "/plan")
    for job in ("shopping", "glorping"):
        page.get_by_role("button", name="Add something that matters").click()
        page.get_by_label("A job they would do").check()
        page.get_by_label("What is it?").fill(job)
        page.get_by_role("button", name="Add this").click()
    expect(row(page, "Shopping")).to_contain_text("Important")
    expect(row(page, "Glorping")).to_contain_text("Not counted yet")

    question = page.locator(".al-card", has_text="glorping")
    question.get_by_role("button", name=re.compile("leave it out|Leave this word out")).click()
    expect(page.get_by_text("We left that word out.")).to_be_visible()
    expect(row(page, "Glorping")).to_contain_text("Left out. It does not count")


def test_a_wish_is_added_changed_and_taken_off(desk: Desk) -> None:
    page = desk.visit("oral", "/plan")
    page.get_by_role("button", name="Add something that matters").click()
    page.get_by_label("Something they like doing").check()
    page.get_by_label("What is it?").fill("gardening")
    page.get_by_label("Nice to have").check()
    page.get_by_role("button", name="Add this").click()
    expect(row(page, "Gardening")).to_contain_text("Nice to have")

    page.get_by_role("link", name=re.compile("Change.*Gardening")).click()
    page.get_by_label("Important").check()
    page.get_by_role("button", name="Save").click()
    expect(row(page, "Gardening")).to_contain_text("Important")

    page.get_by_role("link", name=re.compile("Change.*Gardening")).click()
    page.get_by_role("button", name="Take it off my plan").click()
    expect(row(page, "Gardening")).to_have_count(0)


def test_a_must_about_faith_asks_for_the_reason_and_offers_the_practice(desk: Desk) -> None:
    page = desk.visit("oral", "/plan")
    page.get_by_role("button", name="Add something that matters").click()
    page.get_by_label("Their own faith").check()
    page.get_by_label("What is it?").fill("Muslim")
    page.get_by_label("Must have").check()
    page.get_by_role("button", name="Add this").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Why this must be so")
    expect(page.get_by_role("link", name="Ask for what they know instead")).to_be_visible()
    page.get_by_role("button", name="Save this reason").click()
    expect(page.get_by_role("alert")).to_contain_text("Write why this must be so")

    page.get_by_role("button", name="Make it “important” instead").click()
    expect(row(page, "Muslim")).to_contain_text("Important")


def row(page: Page, words: str) -> Locator:
    return page.locator(".govuk-summary-list__row", has_text=words)


def test_the_list_counts_everybody_and_says_why(desk: Desk) -> None:
    page = desk.visit("person", "/plans/{plan}/list")
    counts = [int(words) for words in page.locator(".al-counts strong").all_inner_texts()]

    assert counts[0] + counts[1] + counts[2] == counts[3] == 3
    expect(page.get_by_role("heading", name="1. Sam")).to_be_visible()
    expect(page.locator(".al-reasons").first).to_be_visible()
    page.get_by_role("link", name="See everybody (3)").click()
    expect(page.locator(".al-card")).to_have_count(3)


def test_a_pa_pauses_and_comes_back(desk: Desk) -> None:
    page = desk.visit("second", "/profile")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("heading", name="You are having a break")).to_be_visible()

    page.get_by_role("button", name="Come back now").click()

    expect(page.get_by_text("Looking for work")).to_be_visible()


def test_a_pa_ticks_their_week(desk: Desk) -> None:
    page = desk.visit("second", "/week")
    page.get_by_label("Saturday, morning").check()
    page.get_by_role("button", name="Save these ticks").click()

    expect(page.get_by_text("Your week is saved")).to_be_visible()
    expect(page.get_by_label("Saturday, morning")).to_be_checked()


def test_a_pa_tells_their_days_away_and_takes_them_off(desk: Desk) -> None:
    page = desk.visit("second", "/week")
    page.get_by_role("link", name="Tell us about holidays and days away").click()
    page.get_by_role("button", name="Add these days").click()
    expect(page.get_by_role("alert")).to_contain_text("Write the first day you are away")
    for legend, day in (("The first day", "24"), ("The last day", "27")):
        date = page.get_by_role("group", name=legend)
        for label, text in (("Day", day), ("Month", "December"), ("Year", "2099")):
            date.get_by_label(label).fill(text)
    page.get_by_role("button", name="Add these days").click()
    expect(page.locator("main li")).to_contain_text(["24 December 2099 to 27 December 2099"])

    page.get_by_role("button", name="Take off").click()
    expect(page.get_by_text("You have no days away to come.")).to_be_visible()


def test_a_pa_says_what_they_will_do_and_how_they_want_to_work(desk: Desk) -> None:
    page = desk.visit("second", "/profile/change")
    page.get_by_label("Jobs you will do").fill("cooking, shopping")
    page.get_by_label("Jobs you will not do").fill("cleaning")
    page.get_by_label("Self-employed").check()
    page.get_by_label("18 to 20").check()
    page.get_by_role("button", name="Save").click()

    expect(row(page, "Jobs I will do")).to_contain_text("Cooking, Shopping")
    expect(row(page, "Jobs I will not do")).to_contain_text("Cleaning")
    expect(row(page, "How I want to work")).to_contain_text("Self-employed")
    expect(row(page, "My age group")).to_contain_text("18 to 20")


def test_a_pa_reads_what_keeps_them_out_in_words_to_them(desk: Desk) -> None:
    page = desk.visit("second", "/standing")

    reason = page.get_by_role("listitem").filter(has_text="The language they need is not on your profile")
    reason.get_by_role("link", name="Change my languages").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("My languages")


def test_the_list_says_who_asked_and_why_it_changed(desk: Desk) -> None:
    page = desk.visit("person", "/plans/{plan}/list")

    expect(page.locator(".al-card", has_text="Sam")).to_contain_text("You asked to meet them on")
    expect(page.locator("main")).to_contain_text("This list changed last on")
    broker = desk.visit("broker", "/plans/{plan}/list")
    expect(broker.locator(".al-card", has_text="Sam")).to_contain_text("The person asked to meet them on")


def test_a_pa_says_yes_and_the_person_sees_it(desk: Desk) -> None:
    page = desk.visit("pa", "/asks")
    expect(page.locator("main")).not_to_contain_text("Amina")
    page.get_by_role("button", name="Yes, I would like to meet").click()

    expect(page.get_by_text("You said yes. We will let them know.")).to_be_visible()
    person = desk.visit("person", "/meetings")
    expect(person.locator("main")).to_contain_text("Said yes")


def test_a_pa_answers_by_the_link_in_their_message(desk: Desk) -> None:
    person = desk.visit("person", "/plans/{plan}/list?group=all")
    person.locator(".al-card", has_text="Kit").get_by_role("button", name="Ask to meet").click()
    expect(person.get_by_text("We have asked them.")).to_be_visible()
    kit = desk.sample.ids["third"]

    def link() -> str:
        for one in desk.sample.get("notifier", f"/messages?party_id={kit}")["items"]:
            for made in desk.sample.get("notifier", f"/messages/{one['message_id']}")["artefacts"]:
                if found := re.search(r"/r/[A-Za-z0-9_-]+", made["words"]):
                    return found[0]
        return ""

    page = desk.visit(None, wait_for(link))
    expect(page.locator("body")).not_to_contain_text("Amina")
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose yes or no")
    page.get_by_label("No, thank you").check()
    page.get_by_role("button", name="Send my answer").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("You said no")
    person.goto("/meetings")
    wait_for(lambda: "Said no, thank you" in (person.reload() and person.inner_text("main")))


def test_a_broker_taken_off_is_refused_at_the_next_click(desk: Desk) -> None:
    broker = desk.visit("broker", "/people")
    expect(broker.get_by_role("heading", name="Amina")).to_be_visible()
    person = desk.visit("person", "/supporters")
    person.get_by_role("button", name="Take off").click()
    expect(person.get_by_text("They are off.")).to_be_visible()

    with broker.expect_response(lambda answer: answer.request.is_navigation_request()) as refused:
        broker.get_by_role("link", name="Look at the plan").click()

    assert refused.value.status == 403
    expect(broker.get_by_role("heading", level=1)).to_have_text("You can no longer see this")


def test_a_post_from_another_site_is_refused(desk: Desk) -> None:
    form = {"council": COUNCIL, "account_id": desk.sample.ids["person"]}

    for header in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        answer = httpx.post(f"{desk.sample.portal}/sign-in", data=form, headers=header, trust_env=False)
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers


def test_a_post_without_the_forms_token_is_refused(desk: Desk) -> None:
    page = desk.visit("person", "/supporters")

    answer = page.request.post("/contact/stop", form={"form_token": "guessed"})

    assert answer.status == 403


def test_every_page_is_sent_with_safe_headers(desk: Desk) -> None:
    page = desk.visit("person", "/help")

    for path in ("/plans/{plan}", "/supporters", "/nowhere", "/profile"):
        headers = page.request.get(desk.sample.path(path), headers={"accept": "text/html"}).headers
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe-inline" not in headers["content-security-policy"]


def test_the_session_cookie_cannot_be_read_by_a_script(desk: Desk) -> None:
    page = desk.visit("person", "/help")

    [cookie] = page.context.cookies()

    assert cookie["httpOnly"] and cookie["sameSite"] == "Lax"
    assert page.evaluate("document.cookie") == ""


def test_anybody_in_the_sample_can_be_found_by_name(desk: Desk) -> None:
    page = desk.visit(None, "/sign-in?name=no+such+name")
    expect(page.get_by_text("nobody has “no such name” in their name").first).to_be_visible()

    page.get_by_label("Find somebody by name").fill("AMIN")
    page.get_by_role("button", name="Find").click()

    expect(page.locator(".al-signin button")).to_have_text(["Sign in as Amina"])
