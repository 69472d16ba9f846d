"""The times councils keep in their spreadsheets: read as far as they are sure, asked about where they are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.vocabulary.week import ALL, in_words, week_from_words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Mon-Fri mornings, not Weds", "Monday, Tuesday, Thursday and Friday 7am to midday"),
        ("Mon-Fri mornings not Weds", "Monday, Tuesday, Thursday and Friday 7am to midday"),
        ("weekdays 8am-10am", "Monday to Friday 8am to 10am"),
        ("Sat & Sun any time", "Saturday and Sunday 7am to 10pm"),
        ("evenings", "every day 5pm to 10pm"),
        ("Tues/Thurs 9.30 - 2pm", "Tuesday and Thursday 9:30am to 2pm"),
        ("nights", "every day 10pm to 7am"),
        ("Mon 22:00-06:00", "Monday 10pm to 6am"),
        ("Sun 22:00-06:00", "Sunday 10pm to 6am"),
        ("Mon–Fri 9:00–17:00", "Monday to Friday 9am to 5pm"),
        ("Mon to Fri 9-5", "Monday to Friday 9am to 5pm"),
        ("M-F 9-5", "Monday to Friday 9am to 5pm"),
        ("Mon, Wed, Fri mornings", "Monday, Wednesday and Friday 7am to midday"),
        ("mornings Mon, Wed, Fri", "Monday, Wednesday and Friday 7am to midday"),
        ("mornings, Mon-Fri", "Monday to Friday 7am to midday"),
        ("Mon-Fri, 9am to 5pm", "Monday to Friday 9am to 5pm"),
        ("Mon 9-5, Tues, Thurs 10-2", "Monday 9am to 5pm; Tuesday and Thursday 10am to 2pm"),
        ("Mon 9-5 Tues 10-2", "Monday 9am to 5pm; Tuesday 10am to 2pm"),
        ("Mon 9-12, 2-5pm", "Monday 9am to midday and 2pm to 5pm"),
        ("Mon-Fri 8am-10am, Sat morning", "Monday to Friday 8am to 10am; Saturday 7am to midday"),
        ("evenings and weekends", "Monday to Friday 5pm to 10pm; Saturday and Sunday 7am to 10pm"),
        ("weekends", "Saturday and Sunday 7am to 10pm"),
        ("Any day except Sunday", "Monday to Saturday 7am to 10pm"),
        ("No weekends, Mon-Fri 9-5", "Monday to Friday 9am to 5pm"),
        ("Mon-Fri 9am to 5pm, not after 3pm on Fridays", "Monday to Thursday 9am to 5pm; Friday 9am to 3pm"),
        ("evenings 6-9", "every day 6pm to 9pm"),
        ("Mon am, Tues pm", "Monday 7am to midday; Tuesday midday to 5pm"),
        ("after 6pm weekdays", "Monday to Friday 6pm to 10pm"),
        ("weekdays from 5pm", "Monday to Friday 5pm to 10pm"),
        ("Sat before 11am", "Saturday 7am to 11am"),
        ("between 9 and 2 weekdays", "Monday to Friday 9am to 2pm"),
        ("Fri-Mon 10pm-6am", "Monday, Friday, Saturday and Sunday 10pm to 6am"),
        ("7 days a week 7am-11pm", "every day 7am to 11pm"),
        ("Mon 8 a.m. - 10 a.m.", "Monday 8am to 10am"),
        ("Weds noon-4pm", "Wednesday midday to 4pm"),
        ("Thurs 0900-1230", "Thursday 9am to 12:30pm"),
        ("Fri 8pm-8am", "Friday 8pm to 8am"),
        ("Mon-Fri 9-5 (not Weds)", "Monday, Tuesday, Thursday and Friday 9am to 5pm"),
        ("Mon-Fri 9:00-5:00", "Monday to Friday 9am to 5pm"),
        ("Sat 12-2pm", "Saturday midday to 2pm"),
        ("Tues 11-1", "Tuesday 11am to 1pm"),
        ("MONDAY MORNINGS", "Monday 7am to midday"),
        ("evenings, not Fridays, Fri 8pm-10pm", "Monday to Thursday, Saturday and Sunday 5pm to 10pm; Friday 8pm to 10pm"),
        ("mornings, not Weds, Mon-Fri", "Monday, Tuesday, Thursday and Friday 7am to midday"),
        ("Monday - Friday: 9am – 5pm", "Monday to Friday 9am to 5pm"),
        ("Monday's - mornings", "Monday 7am to midday"),
        ("weekday mornings and Sat afternoons", "Monday to Friday 7am to midday; Saturday midday to 5pm"),
        ("Mon-Fri 7am-2pm & 4-8pm", "Monday to Friday 7am to 2pm and 4pm to 8pm"),
        ("Available Mondays, Wednesdays & Fridays from 10:00 to 15:00", "Monday, Wednesday and Friday 10am to 3pm"),
        ("weekday eves + all day Sat", "Monday to Friday 5pm to 10pm; Saturday 7am to 10pm"),
        ("Tuesdays 9-12 and 1-4", "Tuesday 9am to midday and 1pm to 4pm"),
        ("Mornings (not before 8)", "every day 8am to midday"),
        ("24 hours, not after 9pm", "every day midnight to 9pm"),
        ("24/7 not before 7am", "every day 7am to midnight"),
        ("w/e any time", "Saturday and Sunday 7am to 10pm"),
        ("I can do Mon mornings", "Monday 7am to midday"),
    ],
)
def test_times_as_people_write_them_are_read(typed, meant):
    reading = week_from_words(typed)

    assert week_from_words(meant).week == reading.week, in_words(reading.week)
    assert reading.not_understood == ()


@pytest.mark.parametrize("typed", ["24/7", "24 hours", "round the clock", "any time day or night", "7 days a week 24 hrs"])
def test_round_the_clock_is_the_whole_week(typed):
    assert week_from_words(typed).week == ALL


@pytest.mark.parametrize(
    "typed",
    [
        "school hours term time",
        "flexible",
        "every other weekend",
        "some evenings",
        "6-9",
        "Mon 2-5",
        "Monday 8am",
        "Mon 9.20-10.05",
        "after 6",
        "Mon 25:00-26:00",
        "alternate Fridays 9-5",
        "most weekday mornings",
        "bank holidays",
        "mornings 3pm-5pm",
        "sleep-ins",
        "Mon 4pm - late",
        "9-",
        "any",
        "Mon 6-7 and 7-9",
    ],
)
def test_what_could_mean_two_things_is_asked_and_never_guessed(typed):
    reading = week_from_words(typed)

    assert reading.week == 0, in_words(reading.week)
    assert reading.not_understood == (typed,)
    assert reading.understood == ()


def test_a_day_without_times_beside_days_with_times_is_asked():
    reading = week_from_words("Mon-Fri mornings, Sat")

    assert in_words(reading.week) == "Monday to Friday 7am to midday"
    assert reading.not_understood == ("Sat",)


def test_the_sure_part_is_read_and_the_rest_is_listed_as_it_was_typed():
    reading = week_from_words("Mon-Fri 9am-1pm, Saturdays if my mum is free; Sun EVENING")

    assert in_words(reading.week) == "Monday to Friday 9am to 1pm; Sunday 5pm to 10pm"
    assert reading.understood == ("Mon-Fri 9am-1pm", "Sun EVENING")
    assert reading.not_understood == ("Saturdays if my mum is free",)


def test_days_on_one_line_do_not_borrow_the_times_of_the_next():
    reading = week_from_words("Mon-Fri\nSat 10-2")

    assert in_words(reading.week) == "Saturday 10am to 2pm"
    assert reading.not_understood == ("Mon-Fri",)


@pytest.mark.parametrize("typed", ["no nights", "can't do Tuesdays", "Not available Fridays"])
def test_only_what_somebody_cannot_do_is_asked_about(typed):
    reading = week_from_words(typed)

    assert (reading.week, reading.understood, reading.not_understood) == (0, (), (typed,))


@given(st.text(max_size=60))
def test_no_words_break_the_reading(typed):
    reading = week_from_words(typed)

    assert 0 <= reading.week <= ALL


@given(
    st.lists(
        st.sampled_from(
            [
                "mon",
                "tues",
                "weekend",
                "evenings",
                "mornings",
                "9-5",
                "6-9",
                "not",
                "and",
                ",",
                "&",
                "-",
                "/",
                "nights",
                "8am",
                "sat",
                "xyz",
                "24/7",
                "after",
                "6pm",
            ]
        ),
        max_size=9,
    )
)
def test_no_heap_of_known_words_breaks_the_reading(pieces):
    reading = week_from_words(" ".join(pieces))

    assert 0 <= reading.week <= ALL
    assert reading.week == 0 or reading.understood
