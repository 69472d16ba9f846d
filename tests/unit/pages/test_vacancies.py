"""What a vacancy tells search engines, and the file of gaps: nothing in them ends what it stands in."""
import csv
import io
import json
from datetime import date
from uuid import UUID

from services.portal.clients.gaps import GapFigure, GapRules, GapWeek
from services.portal.pages.gaps import as_csv
from services.portal.pages.vacancies import data, job_posting

WEEK = date(2026, 11, 23)


def figure(**cells: str) -> GapFigure:
    known = {"language": "Any", "area": "Any", "band": "Any", "practice": "Any", "skill": "Any"} | cells
    return GapFigure(gap_id=UUID(int=1), people=7, hours=60, since=WEEK, cells=known, bounds=(), title="Personal assistants")


def test_a_posting_stands_for_two_weeks_and_says_no_number_of_people() -> None:
    posting = job_posting("tower-hamlets", WEEK, figure())

    assert (posting["datePosted"], posting["validThrough"]) == ("2026-11-23", "2026-12-07")
    assert posting["jobLocation"]["address"] == {
        "@type": "PostalAddress", "addressLocality": "Tower Hamlets", "addressCountry": "GB",
    }
    assert "7" not in posting["description"]


def test_no_text_can_end_the_element_a_posting_stands_in() -> None:
    text = data({"title": "</script><b>&"})

    assert "<" not in text and "&" not in text
    assert json.loads(text) == {"title": "</script><b>&"}


def test_no_cell_of_the_file_is_a_formula() -> None:
    week = GapWeek(
        week=WEEK, people=7, hours=60, figures=(figure(skill="=1+1"),), by={}, weeks=(WEEK,),
        rules=GapRules(version=1, enough=3, least=5, hours_step=10),
    )

    (row,) = csv.DictReader(io.StringIO(as_csv(week).removeprefix("\ufeff")))

    assert row["Skill"] == "'=1+1"
    assert row["People"] == "7"
