"""Plans from spreadsheets, as councils keep them."""

import pytest

from services.portal.api import csv_in
from services.portal.api.csv_columns import COLUMNS, WishColumn, heading_of
from services.portal.api.shapes import PlanWithWords

ROW = "P-1,77,LE5 3PA,Mon-Fri 8am-10am,10"
HEADINGS = "Plan ID,Person,Postcode,Times,Hours"


def plans(text: str | bytes, **more):
    return csv_in.plans(text if isinstance(text, bytes) else text.encode(), upload_version=7, **more)


def only(text: str | bytes):
    (candidate,), _ = plans(text)
    return candidate


def test_a_plain_row_becomes_a_plan():
    plan = PlanWithWords.model_validate(only(f"{HEADINGS}\n{ROW}\n").given)

    assert (plan.source, plan.source_id, plan.source_version, plan.person_ref) == ("csv", "P-1", 7, "77")
    assert (plan.postcode, plan.times, plan.hours_per_week) == ("LE5 3PA", "Mon-Fri 8am-10am", 10)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encodings_spreadsheets_save_in(encoding):
    text = f"{HEADINGS},Most per hour,Own words\n{ROW},£14.50,I’d like café visits\n"

    given = only(text.encode(encoding)).given

    assert (given["most_rate"], given["own_words"]) == ("14.50", "I’d like café visits")


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_marks_between_cells(mark):
    text = f"{HEADINGS}\n{ROW}\n".replace(",", mark)

    assert only(text).given["postcode"] == "LE5 3PA"


def test_a_title_above_the_headings_and_empty_rows_are_passed_over():
    candidates, _ = plans(f"Support plans for November,,,,\n,,,,\n{HEADINGS}\n{ROW}\n,,,,\n")

    assert len(candidates) == 1


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("PLAN_ID", "source_id"),
        (" post code ", "postcode"),
        ("Hours (per week)", "hours_per_week"),
        ("Language (must)", WishColumn("language", "must")),
        ("nice_to_have_interests", WishColumn("interest", "nice")),
        ("Practices - essential", WishColumn("practice", "must")),
        ("skills", WishColumn("skill", "important")),
        ("Shoe size", None),
    ],
)
def test_headings_are_known_however_they_are_written(heading, column):
    assert heading_of(heading) == column


def test_no_heading_means_two_columns():
    names = [name.replace("_", " ") for name in COLUMNS] + [other for _, others in COLUMNS.values() for other in others]

    assert len(names) == len(set(names))


def test_a_heading_we_have_no_place_for_is_named():
    _, strange = plans(f"{HEADINGS},Shoe size\n{ROW},7\n")

    assert strange == ["Shoe size"]


def test_wishes_come_from_their_columns():
    wishes = '"Somali (fluent, spoken), then Swahili","halal; shoes off",5'
    text = f"{HEADINGS},Must language,Important practices,Within miles\n{ROW},{wishes}\n"

    plan = PlanWithWords.model_validate(only(text).given)

    language, halal, shoes, place = plan.wishes
    assert (language.value, language.or_else, language.level, language.mode) == ("Somali", ("Swahili",), "fluent", "spoken")
    assert [one.value for one in (halal, shoes)] == ["halal", "shoes off"]
    assert (place.criterion, place.strength, place.within_miles) == ("place", "important", 5)


def test_a_lawful_reason_goes_with_the_musts_that_need_one():
    text = (
        f"{HEADINGS},Must sex,Must skill,Why,Reason tasks,Reason until\n{ROW},woman,first aid,Her faith,personal care,1/5/2027\n"
    )

    sex, skill = PlanWithWords.model_validate(only(text).given).wishes

    assert (sex.reason.why, sex.reason.until.isoformat(), skill.reason) == ("Her faith", "2027-05-01", None)


def test_the_day_of_a_change_is_a_version():
    given = only(f"{HEADINGS},Last updated\n{ROW},3/2/2026\n").given

    assert given["source_version"] == 20260203


def test_a_cell_that_cannot_be_read_is_reported_without_being_repeated():
    candidate = only(f"{HEADINGS},Start date,Sleep-ins\n{ROW},whenever Amina likes,bank holidays\n")

    assert [error.field for error in candidate.errors] == ["start_on", "sleep_ins"]
    assert "Amina" not in str(candidate.errors)


def test_more_cells_than_headings_is_reported():
    candidate = only(f"{HEADINGS}\nP-1,77,LE5 3PA,Mon 8am-10am, Tue 8am-10am,10\n")

    assert candidate.errors[0].field == "row"


def test_flexible_hours():
    text = f"{HEADINGS},Flexible hours,Flexible window\n{ROW},4,weekday afternoons\n"

    (piece,) = PlanWithWords.model_validate(only(text).given).flexible

    assert (piece.hours, piece.window) == (4, "weekday afternoons")


def test_a_file_without_headings_holds_no_plans():
    assert plans("hello\nworld\n") == ([], [])
