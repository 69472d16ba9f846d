"""The generator of councils: the same for the same seed, true to the services' own shapes, and as mixed as was asked."""

import hashlib
import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from uuid import UUID

import pytest

from deploy.sample.asking import needs
from deploy.sample.council import UnknownCouncil, councils
from deploy.sample.dice import Dice
from deploy.sample.files import write
from deploy.sample.pas import habits
from deploy.sample.sample import SAMPLE_DAY, Sample, fresh_day
from services.notifier.api.contact_shapes import ContactOfPartyIn
from services.portal.api.shapes import AccountIn, PlanWithWords, SupporterIn
from services.portal.usecases.understanding import read as read_plan
from services.registry.api.said import ProfileIn, said_in
from services.registry.domain.consent import How
from services.registry.usecases.settling import settle
from shared.vocabulary.geography import spot_of
from shared.vocabulary.terms import Kind, terms

NOW = datetime.now(UTC)
ROOT = Path(__file__).resolve().parents[3]


def silently(what: str, done: int, of: int) -> None: ...


def digest(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir())}


def test_the_same_seed_gives_the_same_bytes_in_another_process_with_another_hash_seed(tmp_path: Path) -> None:
    digests = []
    for hash_seed in ("1", "2"):
        folder = tmp_path / hash_seed
        command = [
            sys.executable,
            "-m",
            "deploy.cli",
            "sample",
            "--pas",
            "60",
            "--plans",
            "20",
            "--out",
            str(folder),
            "--csv",
            "--messy",
        ]
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": hash_seed})
        digests.append(digest(folder))

    assert digests[0] == digests[1]
    assert len(digests[0]) == 7


def test_another_seed_gives_other_people() -> None:
    one, other = (list(Sample("leicester", 60, 20, seed).profiles()) for seed in (7, 8))

    assert not {profile["profile_id"] for profile in one} & {profile["profile_id"] for profile in other}
    later = slice(20, None)  # the first are those of the journeys, in every sample
    assert [profile["chosen_name"] for profile in one[later]] != [profile["chosen_name"] for profile in other[later]]


def test_a_larger_sample_begins_with_the_same_people_as_a_smaller_one() -> None:
    small, large = Sample("powys", 30, 12), Sample("powys", 90, 40)

    assert list(small.profiles()) == list(islice(large.profiles(), 30))
    assert list(small.support_plans()) == list(islice(large.support_plans(), 12))


def test_chance_falls_the_same_on_every_python() -> None:
    dice = Dice("leicester", 7, "pa", 17)

    drawn = [dice.between(1, 100), dice.pick("abcdefgh"), dice.weighted({"often": 9, "rarely": 1}), dice.some("abcdefgh", 3, 3)]

    assert drawn == [22, "h", "often", ["a", "e", "c"]]


@pytest.mark.parametrize("council", councils())
def test_every_profile_is_taken_into_the_register_with_nothing_left_to_ask(council: str) -> None:
    for profile in Sample(council, 250, 0, day=fresh_day()).profiles():
        said = said_in(ProfileIn.model_validate(profile))

        settled = settle(
            None, said, council=council, profile_id=UUID(profile["profile_id"]), now=NOW, how=How.REGISTER, by_register=True
        )

        assert not settled.profile.questions
        assert not settled.left_out


@pytest.mark.parametrize("council", councils())
def test_every_plan_is_read_with_nothing_left_to_ask(council: str) -> None:
    for plan in Sample(council, 0, 250, day=fresh_day()).support_plans():
        reading = read_plan(PlanWithWords.model_validate(plan).plan(), NOW.date(), None)

        assert not reading.asked


@pytest.mark.parametrize("council", councils())
def test_every_contact_account_and_supporter_has_the_shape_the_services_take(council: str) -> None:
    sample = Sample(council, 150, 150)
    contacts = [ContactOfPartyIn.model_validate(one) for one in sample.contacts()]
    accounts = [AccountIn.model_validate(one) for one in sample.accounts()]
    supporters = [SupporterIn.model_validate(one) for one in sample.supporters()]

    assert sample.counts() == {
        "profiles": 150,
        "contacts": len(contacts),
        "accounts": len(accounts),
        "supporters": len(supporters),
        "plans": 150,
    }
    known = {account.account_id: account.role for account in accounts}
    assert len(known) == len(accounts)
    assert {one.party_id for one in contacts} == set(known)
    assert {known[one.person_id] for one in supporters} == {"person"}
    assert {known[one.supporter_id] for one in supporters} == {"broker"}


def test_everybody_can_be_reached_in_each_way_they_recorded() -> None:
    for contact in Sample("leicester", 150, 150).contacts():
        methods = {way["method"] for way in contact["preferences"]} - set(contact["never"])

        assert methods, "somebody asked never to be reached at all"
        assert ("phone" in contact) == bool(methods & {"text", "phone"})
        assert ("email" in contact) == ("email" in methods)
        assert ("postal_address" in contact) == bool(methods & {"letter", "visit"})


def test_no_message_can_reach_a_real_person() -> None:
    for contact in Sample("tower-hamlets", 300, 300).contacts():
        assert re.fullmatch(r"07700 900\d{3}", contact.get("phone", "07700 900000")), "not a number kept for drama"
        assert contact.get("email", "@example.org").endswith("@example.org")
        assert contact.get("postal_address", ["ZZ"])[-1].endswith("ZZ"), "no postcode ends in ZZ"


def test_every_word_the_tables_use_is_in_the_vocabulary() -> None:
    tables = habits()

    for kind in (Kind.SKILL, Kind.TASK, Kind.INTEREST, Kind.LIMIT, Kind.PRACTICE):
        assert set(tables[f"{kind.value}s"]) <= set(terms(kind))
    for table, kind in (("practices_by_faith", Kind.FAITH), ("practices_by_culture", Kind.CULTURE)):
        assert set(tables[table]) <= set(terms(kind))
        assert {code for codes in tables[table].values() for code in codes} <= set(terms(Kind.PRACTICE))
    for need in needs():
        assert set(need["tasks"]) <= set(terms(Kind.TASK))
        assert set(need["skills"]) <= set(terms(Kind.SKILL))
    for name in councils():
        for community in Sample(name).facts.communities:
            assert set(community.languages) <= set(terms(Kind.LANGUAGE))
            assert {*community.faiths} <= set(terms(Kind.FAITH))
            assert community.culture in terms(Kind.CULTURE)


def test_people_live_in_sectors_that_are_there() -> None:
    for name in councils():
        facts = Sample(name).facts
        for sector in (*facts.sectors, *facts.named):
            assert spot_of(sector).sector == sector
        assert sum(facts.sectors.values()) == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize(
    ("council", "tag", "share"), [("leicester", "gu", 0.225), ("powys", "cy", 0.20), ("tower-hamlets", "syl", 0.30)]
)
def test_languages_come_about_as_often_as_the_council_file_says(council: str, tag: str, share: float) -> None:
    profiles = list(Sample(council, 3000, 0).profiles())

    speak = sum(any(one["tag"] == tag for one in profile["languages"]) for profile in profiles)

    assert speak / len(profiles) == pytest.approx(share, abs=0.04)


def test_travel_and_districts_come_about_as_often_as_the_council_file_says() -> None:
    sample = Sample("leicester", 3000, 0)
    profiles = list(sample.profiles())

    for mode, share in sample.facts.travel.items():
        assert sum(profile["travel"] == mode for profile in profiles) / 3000 == pytest.approx(share, abs=0.03)
    in_le5 = sum(profile["postcode"].startswith("LE5") for profile in profiles) / 3000
    assert in_le5 == pytest.approx(0.25, abs=0.03)


def test_some_say_their_faith_and_do_not_let_it_be_used() -> None:
    declared = [profile for profile in Sample("leicester", 1000, 0).profiles() if "faith" in profile]

    agreed = sum("faith" in profile["consents"] for profile in declared)

    assert 200 < len(declared) < 600
    assert 0.6 < agreed / len(declared) < 0.9


def test_rates_are_lawful_and_many_are_near_the_minimum() -> None:
    rates = [
        float(profile["rate"])
        for profile in Sample("leicester", 1000, 0).profiles()
        if profile.get("age_band") == "21_and_over" and "rate" in profile
    ]

    assert min(rates) == 12.71
    assert sum(rate < 13.71 for rate in rates) > len(rates) / 2


@pytest.mark.parametrize("council", councils())
def test_the_journeys_have_somebody_to_find(council: str) -> None:
    sample = Sample(council)
    people = {one["address_as"]: one for one in sample.contacts()}
    somali, large_print, by_text = people["Faduma Warsame"], people["Margaret Ellis"], people["Harjit Kaur"]

    assert [(way["format"], way["language"]) for way in somali["preferences"]] == [("audio", "so"), ("verbal", "so")]
    assert large_print["preferences"] == [{"method": "letter", "format": "large_print", "language": "en", "point_size": 24}]
    assert [way["method"] for way in by_text["preferences"]] == ["text"]
    brokers = [one for one in sample.supporters() if one["supporter_id"] == people["Priya Nair"]["party_id"]]
    assert len(brokers) > 20


def test_a_sample_of_an_unknown_council_says_which_there_are() -> None:
    with pytest.raises(UnknownCouncil, match="leicester, powys, tower-hamlets"):
        Sample("atlantis").counts()


def test_files_hold_one_body_a_line_and_as_many_as_were_asked(tmp_path: Path) -> None:
    written = write(Sample("powys", 30, 12), tmp_path, silently)

    assert [file.name for file in written] == [
        "profiles.jsonl",
        "plans.jsonl",
        "contacts.jsonl",
        "accounts.jsonl",
        "supporters.jsonl",
    ]
    lines = {file.name: file.read_text(encoding="utf-8").splitlines() for file in written}
    assert (len(lines["profiles.jsonl"]), len(lines["plans.jsonl"])) == (30, 12)
    assert all(isinstance(json.loads(line), dict) for several in lines.values() for line in several)


def test_the_fixed_day_is_not_in_the_future() -> None:
    assert NOW.date() >= SAMPLE_DAY
    fresh = fresh_day()  # asked first: midnight may come in between
    assert fresh < datetime.now(UTC).date()
