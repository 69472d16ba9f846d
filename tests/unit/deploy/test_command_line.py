"""The `alongside` command where no service runs: help, samples, offline ranking, previews, and endings that mean something."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from deploy.cli.app import app
from deploy.embedded.ports import any_free
from deploy.sample.files import write
from deploy.sample.sample import Sample, fresh_day

COMMANDS = (
    *("up", "sample", "import", "publish-plan", "match", "cost", "preview"),
    *("list told", "list rebuild", "reconciled"),
    *("topics show", "topics create", "parked list", "parked show", "parked retry", "parked skip", "parked export"),
)


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Addresses where nothing listens, and a key."""
    ports = any_free(5)
    for name, port in zip(("PORTAL", "REGISTRY", "MATCHER", "NOTIFIER"), ports, strict=False):
        monkeypatch.setenv(f"ALONGSIDE_{name}_URL", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("ALONGSIDE_KAFKA_SERVERS", f"127.0.0.1:{ports[4]}")
    monkeypatch.setenv("ALONGSIDE_SERVICE_KEY", "a-key-for-a-test-only-1234")
    monkeypatch.setenv("ALONGSIDE_STATE", str(tmp_path / "state"))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    write(Sample("leicester", 120, 12, day=fresh_day()), folder, lambda what, done, of: None, spreadsheets=True)
    return folder


def alongside(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "200"})


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(command: str) -> None:
    result = alongside(*command.split(), "--help")

    assert result.exit_code == 0
    assert "Example" in result.stdout
    assert f"alongside {command}" in result.stdout


def test_the_examples_in_the_help_use_options_that_exist() -> None:
    for command in COMMANDS:
        help_text = alongside(*command.split(), "--help").stdout
        shown = {
            word for line in help_text.splitlines() if "alongside " in line for word in line.split() if word.startswith("--")
        }
        described = {word.strip(",") for line in help_text.splitlines() if "alongside " not in line for word in line.split()}
        assert shown <= described, command


def test_a_sample_can_be_asked_for_in_json() -> None:
    result = alongside("sample", "--council", "powys", "--pas", "20", "--plans", "12", "--json")

    told = json.loads(result.stdout)
    assert (told["profiles"], told["plans"], told["council"], told["files"]) == (20, 12, "powys", [])


def test_a_sample_of_an_unknown_council_ends_with_2_and_names_the_known_ones() -> None:
    result = alongside("sample", "--council", "atlantis")

    assert result.exit_code == 2
    assert "leicester, powys, tower-hamlets" in result.stderr


def test_spreadsheets_need_a_folder() -> None:
    assert alongside("sample", "--csv").exit_code == 2


def test_matching_offline_finds_the_pa_who_suits_and_says_why(sample: Path) -> None:
    result = alongside("match", sample / "plans.jsonl", sample / "register.csv", "--plan", "1", "--json")

    told = json.loads(result.stdout)
    first = told["items"][0]
    assert (first["name"], first["group"]) == ("Sahra Jama", "fitting")
    assert (
        told["counts"]["fitting"] + told["counts"]["near"] + told["counts"]["others"]
        == told["counts"]["in_scope"]
        == len(told["items"])
    )
    assert {"language", "sex", "practice", "times"} <= {reason["criterion"] for reason in first["reasons"]}
    unknown = next(item for item in told["items"] if item["name"] == "Ubah Nur")
    assert [one["criterion"] for one in unknown["unmet"] if one["met"] == "unknown"] == ["sex"]


def test_the_pa_who_gardens_comes_before_the_equal_one_who_does_not(sample: Path) -> None:
    told = json.loads(alongside("match", sample / "plans.jsonl", sample / "register.csv", "--plan", "3", "--json").stdout)

    order = [item["name"] for item in told["items"]]
    assert order.index("Ray Fisher") < order.index("Janet Mills")


def test_matching_also_counts_what_could_bring_more_people(sample: Path) -> None:
    asked = "match", sample / "plans.jsonl", sample / "register.csv", "--plan", "3", "--what-if"

    told = json.loads(alongside(*asked, "--json").stdout)

    singles = told["what_if"]["singles"]
    assert singles and all(one["text"].startswith("If ") for one in singles)
    best = max(singles, key=lambda one: one["more"] - one["fewer"])
    assert " ".join(best["text"].split()) in " ".join(alongside(*asked).stdout.split())


def test_matching_gives_the_same_list_from_the_spreadsheet_and_from_the_json(sample: Path) -> None:
    from_csv, from_json = (
        json.loads(alongside("match", sample / "plans.jsonl", sample / register, "--json").stdout)["items"]
        for register in ("register.csv", "profiles.jsonl")
    )

    def without_id(items: list[dict[str, object]]) -> list[tuple[object, ...]]:
        return sorted((one["name"], one["score"], one["group"], str(one["reasons"])) for one in items)

    assert without_id(from_csv) == without_id(from_json)


def test_matching_on_the_screen_shows_the_words_and_the_reasons(sample: Path) -> None:
    result = alongside("match", sample / "plans.jsonl", sample / "register.csv", "--plan", "3", "--most", "2")

    assert result.exit_code == 0
    assert "I have had my allotment for 31 years" in result.stdout
    assert "Shares this interest: Gardening" in result.stdout
    assert "--most" in result.stdout


def test_a_plan_that_is_no_plan_ends_with_2_and_names_the_field(tmp_path: Path, sample: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text('{"source": "casework"}')

    result = alongside("match", file, sample / "register.csv")

    assert result.exit_code == 2
    assert "postcode" in result.stderr


EXAMPLES = Path(__file__).resolve().parents[3] / "docs" / "examples"


def test_the_example_of_the_guide_can_be_tried_with_nothing_running(nowhere: None) -> None:
    result = alongside("match", EXAMPLES / "plan.json", EXAMPLES / "register.csv", "--what-if")

    assert result.exit_code == 3
    assert "Fit everything you must have: 1 of 5" in result.stdout
    assert "You can ask them for: cooking" in result.stdout
    said = " ".join(result.stdout.split())
    assert "If “speaks Somali” was important but not a must, 1 more person would fit." in said
    assert said.index("If “speaks Somali”") < said.index("If “is a woman”")
    faults = " ".join(result.stderr.split())
    assert "row 7, column “Post code”: We do not know this area. Check the first part of the postcode." in faults
    assert "row 8, column “Hours a week”: The hours are not clear. Write them like 10-20, or up to 20." in faults


def test_matching_says_what_each_pa_would_cost_and_how_it_was_worked_out(tmp_path: Path) -> None:
    plan = json.loads((EXAMPLES / "plan.json").read_text()) | {"budget_per_week": "160"}
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(plan))

    shown = " ".join(alongside("match", file, EXAMPLES / "register.csv", "--day", "2026-11-28").stdout.split())
    first = json.loads(alongside("match", file, EXAMPLES / "register.csv", "--day", "2026-11-28", "--json").stdout)["items"][0]

    cost = first["cost"]
    assert sum(line["a_year"] for line in cost["lines"]) == cost["a_year_before_allowance"] == 8_079_00
    assert cost["a_week"] == 149_54
    assert "£149.54 a week, all in, at £13.50 an hour · the budget buys 10.5 hours" in shown


def test_one_group_can_be_asked_for_and_keeps_its_ranks() -> None:
    told = json.loads(
        alongside("match", EXAMPLES / "plan.json", EXAMPLES / "register.csv", "--group", "near", "--json", "--what-if").stdout
    )

    assert [(one["rank"], one["group"]) for one in told["items"]] == [(2, "near"), (3, "near"), (4, "near"), (5, "near")]
    assert told["counts"] == {"fitting": 1, "near": 4, "others": 0, "in_scope": 5}
    assert (told["what_if"]["best"]["more"], told["what_if"]["best"]["steps"]) == (1, ["if_softer"])
    assert [one["errors"][0]["column"] for one in told["refused"]] == ["Post code", "Hours a week"]


def test_a_column_we_do_not_know_is_said_and_a_name_is_only_a_name(tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    register.write_text("Ref,Name,Postcode,Travel,Shoe size\n1,[red]Ann[/red],LE5 3,bus,7\n")

    result = alongside("match", EXAMPLES / "plan.json", register)

    assert "[red]Ann[/red]" in result.stdout
    assert "Columns that we do not know, and did not read: Shoe size" in result.stderr


def test_a_plan_with_a_field_that_is_not_right_is_told_what_to_do(tmp_path: Path) -> None:
    plan = json.loads((EXAMPLES / "plan.json").read_text())
    file = tmp_path / "plan.json"
    del plan["wishes"][1]["reason"]
    file.write_text(json.dumps(plan | {"most_rate": "7.00"}))

    result = alongside("match", file, EXAMPLES / "register.csv")

    assert result.exit_code == 2
    faults = " ".join(result.stderr.split())
    assert "most_rate: " in faults
    assert "wishes[1].reason: A must about sex, faith or culture needs a lawful reason" in faults
    assert "knows_modest_care" in faults


def test_rows_that_cannot_be_read_are_said_and_the_rest_is_ranked(tmp_path: Path, sample: Path) -> None:
    register = tmp_path / "register.csv"
    register.write_text("Ref,Name,Postcode,Travel\n1,Ann,LE5 3,bus\n2,Bob,ZZ99 9,bus\n")

    result = alongside("match", sample / "plans.jsonl", register, "--json")

    assert result.exit_code == 3
    told = json.loads(result.stdout)
    assert [item["name"] for item in told["items"]] == ["Ann"]
    assert [(one["row"], one["errors"][0]["field"]) for one in told["refused"]] == [(3, "postcode")]


def test_a_large_print_letter_is_made_at_its_size(tmp_path: Path) -> None:
    letter, plain = tmp_path / "large.pdf", tmp_path / "plain.pdf"

    assert alongside("preview", "people_to_look_at", "--format", "large_print", "--size", "24", "--out", letter).exit_code == 0
    assert alongside("preview", "people_to_look_at", "--out", plain).exit_code == 0

    assert letter.read_bytes().startswith(b"%PDF")
    assert letter.read_bytes() != plain.read_bytes()


def test_audio_in_a_language_without_a_voice_is_refused_and_nothing_else_is_made(tmp_path: Path) -> None:
    result = alongside("preview", "people_to_look_at", "--format", "audio", "--language", "so", "--out", tmp_path / "message.mp3")

    assert result.exit_code == 2
    assert not list(tmp_path.iterdir())


def test_what_a_person_would_say_can_be_read() -> None:
    result = alongside("preview", "people_to_look_at", "--format", "verbal")

    assert result.exit_code == 0
    assert "Dear Margaret Ellis" in result.stdout


def test_an_unknown_message_names_the_known_ones() -> None:
    result = alongside("preview", "nonsense")

    assert result.exit_code == 2
    assert "people_to_look_at" in result.stderr


def test_a_plan_for_the_topic_leaves_the_persons_words_behind(sample: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text((sample / "plans.jsonl").read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")

    told = json.loads(alongside("publish-plan", plan, "--version", "4", "--dry-run").stdout)

    assert told["topic"] == "intake.support_plan.v1"
    assert told["headers"]["ce_type"] == "pa.intake.support_plan.v1"
    assert (told["headers"]["ce_version"], told["body"]["source_version"], told["body"]["revision"]) == ("4", 4, 4)
    assert not {"own_words", "title"} & set(told["body"])


def test_topics_name_who_tells_and_hears_even_without_a_broker(nowhere: None) -> None:
    result = alongside("topics", "show", "--json")

    assert result.exit_code == 4
    by_name = {row["topic"]: row for row in json.loads(result.stdout)}
    assert by_name["registry.profile.v1"]["told_by"] == "registry"
    assert "matcher" in by_name["registry.profile.v1"]["heard_by"]
    assert by_name["intake.support_plan.v1"] == by_name["intake.support_plan.v1"] | {
        "told_by": "systems outside",
        "heard_by": ["portal"],
    }


def test_where_nothing_runs_every_command_that_needs_it_ends_with_4(nowhere: None, sample: Path) -> None:
    plan = sample / "plans.jsonl"

    assert alongside("import", plan).exit_code == 4
    assert alongside("sample", "--pas", "12", "--plans", "10", "--load").exit_code == 4
    assert alongside("parked", "list").exit_code == 4
    assert alongside("parked", "retry", "portal/leicester/1", "--as", "Ada Okafor").exit_code == 4
    assert alongside("reconciled").exit_code == 4


def test_without_a_key_the_way_to_get_one_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sample: Path) -> None:
    monkeypatch.setenv("ALONGSIDE_STATE", str(tmp_path))
    monkeypatch.delenv("ALONGSIDE_SERVICE_KEY", raising=False)

    result = alongside("import", sample / "plans.jsonl")

    assert result.exit_code == 4
    assert "alongside up" in result.stderr


@pytest.mark.parametrize(
    ("name", "text"),
    [("notes.csv", "some notes\nabout nothing\n"), ("empty.json", "[]"), ("half.json", '{"source": '), ("list.json", "[1, 2]"),
     ("patient.json", '{"resourceType": "Patient"}'), ("headings.csv", "Ref,Name,Postcode,Travel\n")],
)  # fmt: skip
def test_a_file_we_cannot_use_ends_with_2(name: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text(text)

    assert alongside("import", file).exit_code == 2


def test_the_guide_shows_commands_and_options_that_exist() -> None:
    guide = (Path(__file__).resolve().parents[3] / "docs" / "how-to" / "command-line.md").read_text(encoding="utf-8")
    typed = [words.split() for words in re.findall(r"`alongside ([^`]+)`", guide) if not words.startswith("--")]
    assert len(typed) > 10

    for words in typed:
        command = next(known for known in COMMANDS if words[: len(known.split())] == known.split())
        described = alongside(*command.split(), "--help").stdout
        assert all(word in described for word in words if word.startswith("--") and word != "--help"), words
