"""The sample's spreadsheets: neat ones mean exactly what the JSON means, messy ones have mistakes that are found."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from deploy.sample.council import councils
from deploy.sample.files import write
from deploy.sample.sample import Sample, fresh_day
from services.portal.api.csv_in import plans as plans_in
from services.portal.api.shapes import PlanWithWords
from services.portal.usecases.understanding import read as read_plan
from services.registry.announcements import profile_changed
from services.registry.api.lists import read_row
from services.registry.api.register_csv import read_sheet
from services.registry.api.said import ProfileIn, said_in
from services.registry.domain.consent import How
from services.registry.domain.profile import Profile
from services.registry.usecases.registering import Refused
from services.registry.usecases.said import Said
from services.registry.usecases.settling import settle

NOW = datetime.now(UTC)


def silently(what: str, done: int, of: int) -> None: ...


def settled(said: Said, profile_id: str) -> Profile:
    return settle(
        None, said, council="leicester", profile_id=UUID(profile_id), now=NOW, how=How.REGISTER, by_register=True
    ).profile


@pytest.mark.parametrize("council", councils())
def test_a_neat_register_means_what_the_json_means(council: str, tmp_path: Path) -> None:
    sample = Sample(council, 200, 0, day=fresh_day())
    write(sample, tmp_path, silently, spreadsheets=True)

    sheet = read_sheet((tmp_path / "register.csv").read_bytes())

    assert not sheet.not_used
    for profile, row in zip(sample.profiles(), sheet.rows(), strict=True):
        said = read_row(row)
        assert not isinstance(said, Refused)
        from_json = settled(said_in(ProfileIn.model_validate(profile)), profile["profile_id"])
        from_words = settled(said, profile["profile_id"])
        assert profile_changed(from_words) == profile_changed(from_json)
        assert from_words.chosen_name == from_json.chosen_name


@pytest.mark.parametrize("council", councils())
def test_a_neat_spreadsheet_of_plans_means_what_the_json_means(council: str, tmp_path: Path) -> None:
    sample = Sample(council, 0, 200, day=fresh_day())
    write(sample, tmp_path, silently, spreadsheets=True)

    candidates, strange = plans_in((tmp_path / "plans.csv").read_bytes(), upload_version=1)

    assert not strange
    for plan, candidate in zip(sample.support_plans(), candidates, strict=True):
        assert not candidate.errors
        from_json = read_plan(PlanWithWords.model_validate(plan).plan(), NOW.date(), None).wants
        from_words = read_plan(PlanWithWords.model_validate(candidate.given).plan(), NOW.date(), None).wants
        assert sorted(map(str, from_words.wishes)) == sorted(map(str, from_json.wishes))
        assert all(getattr(from_words, name) == getattr(from_json, name) for name in from_json.__slots__ if name != "wishes")


def test_a_messy_register_has_rows_to_refuse_and_words_to_ask_about(tmp_path: Path) -> None:
    write(Sample("leicester", 300, 0, day=fresh_day()), tmp_path, silently, spreadsheets=True, messy=True)
    found: Counter[str] = Counter()

    for row in read_sheet((tmp_path / "register.csv").read_bytes()).rows():
        said = read_row(row)
        if isinstance(said, Refused):
            found["refused"] += 1
            continue
        try:
            found["asked" if settled(said, str(UUID(int=row[0]))).questions else "good"] += 1
        except ValueError:
            found["refused"] += 1

    assert found["good"] > 200
    assert 10 < found["refused"] < 60
    assert found["asked"] > 3
