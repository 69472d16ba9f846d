"""`alongside cost`: the golden values to the penny, the same figures as beside a PA, and what it refuses and why."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from deploy.cli.app import app
from deploy.cli.ending import out

EXAMPLES = Path(__file__).resolve().parents[3] / "docs" / "examples"
ON = ("--day", "2026-11-28")


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(out, "width", 200)  # whatever COLUMNS was when it was imported


def cost(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["cost", *(str(word) for word in words), *ON])


def told(*words: str | Path) -> Any:
    return json.loads(cost(*words, "--json").stdout)


def lines(found: Any) -> dict[str, int]:
    return {line["code"]: line["a_year"] for line in found["lines"] if line["a_year"]}


def test_the_golden_values_come_out_to_the_penny() -> None:
    assert lines(told("--hours", "20", "--rate", "12.71", "--irregular")) == {
        "cost_base": 13_218_40, "cost_holiday_rolled_up": 1_595_46, "cost_ni": 1_472_08, "cost_pension": 257_22,
    }  # fmt: skip
    assert lines(told("--hours", "20", "--rate", "12.71")) == {
        "cost_base": 13_218_40, "cost_ni": 1_232_76, "cost_pension": 209_35, "cost_cover": 1_423_52,
    }  # fmt: skip
    assert lines(told("--hours", "12", "--rate", "£12.71"))["cost_ni"] == 439_66


def test_the_screen_shows_the_working_who_pays_and_where_the_figures_are_from() -> None:
    shown = cost(
        "--hours", "20", "--rate", "12.71", "--funding", "direct_payment", "--budget", "280", "--contribution", "45"
    ).stdout

    assert "£285.60 a week, all in" in shown
    assert "Employer National Insurance: 15% of the part of £13,218.40 above £5,000 a year" in shown
    assert "–£1,232.76" in shown
    assert "You would be the employer" in shown
    assert "GOV.UK: Employment Allowance, from 6 April 2025" in shown
    paid = told("--hours", "20", "--rate", "12.71", "--funding", "direct_payment", "--budget", "280", "--contribution", "45")
    assert paid["pays"] == {"person": 45_00, "council": 235_00, "over_budget": 5_60}
    assert f"The budget buys {paid['budget_buys'] / 4:g} hours a week" in shown


@pytest.mark.parametrize("funding", ["isf", "managed"])
def test_whose_money_an_organisation_holds_is_never_told_that_they_employ(funding: str) -> None:
    shown = cost("--hours", "20", "--rate", "12.71", "--funding", funding).stdout

    assert "You would be the employer" not in shown and "Employment Allowance" not in shown


def test_a_plan_gives_what_is_not_said_and_what_is_said_comes_first() -> None:
    by_plan = told(EXAMPLES / "plan.json")
    at_another_rate = told(EXAMPLES / "plan.json", "--rate", "13.50", "--hours", "8")

    assert (by_plan["quarters"], by_plan["rate"]) == (40, 1450)
    assert (at_another_rate["quarters"], at_another_rate["rate"]) == (32, 1350)


def test_somebody_who_works_for_themselves_costs_what_they_charge() -> None:
    assert told("--hours", "10", "--rate", "15", "--self-employed")["a_year"] == 10 * 15_00 * 52


def test_somebody_young_has_figures_of_their_own() -> None:
    found = told("--hours", "20", "--rate", "10.85", "--age", "18_to_20")

    assert not {"cost_ni", "cost_pension"} & set(lines(found))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--rate", "12.71"), "For how many hours a week is it?"),
        (("--hours", "20"), "What is the pay an hour?"),
        (("--hours", "20", "--rate", "12.70"), "aged 21 and over: £12.71 an hour since 1 April 2026"),
        (("--hours", "20", "--rate", "7.99", "--age", "under_18"), "£8.00 an hour since 1 April 2026"),
        (("--hours", "20", "--rate", "12.705"), "--rate: “12.705” has more than two places"),
        (("--hours", "20.1", "--rate", "13"), "--hours: a week has no “20.1” hours"),
        (("--hours", "169", "--rate", "13"), "--hours: a week has no “169” hours"),
        (("--hours", "0", "--rate", "13"), "--hours: a week has no “0” hours"),
        (("--hours", "20", "--rate", "lots"), "--rate: “lots” is not a number"),
        (("--hours", "20", "--rate", "NaN"), "--rate: “NaN” is not an amount"),
        (("--hours", "20", "--rate", "2000"), "--rate: 2000 is more than we can reckon with"),
        (("--hours", "20", "--rate", "13", "--budget", "-1"), "--budget: “-1” is not an amount"),
    ],
)
def test_what_is_missing_unclear_or_unlawful_is_said_with_what_to_do(words: tuple[str, ...], said: str) -> None:
    result = cost(*words)

    assert result.exit_code == 2
    assert said in result.stderr
    assert "Give" in result.stderr or "Write" in result.stderr


def test_a_day_before_our_figures_is_said(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["cost", "--hours", "20", "--rate", "13", "--day", "2020-01-01"])

    assert result.exit_code == 2
    assert "1 January 2020" in " ".join(result.stderr.split())


def test_a_plan_that_is_no_plan_names_its_fields(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text('{"source": "casework"}')

    result = cost(file)

    assert result.exit_code == 2
    assert "postcode" in result.stderr
