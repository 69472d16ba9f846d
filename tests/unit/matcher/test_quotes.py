"""What one PA would cost one person: at what rate, in whose words, and with the working behind it."""
from datetime import date

import pytest

from services.matcher.domain.cost import Pattern
from services.matcher.domain.plan import Funding
from services.matcher.domain.profile import AgeBand, Employment
from services.matcher.domain.quote import Quote, quote
from shared.vocabulary.reasons import cost_in_words
from tests.unit.matcher.a_match import DAY, LORE, a_pa, a_plan


def the_quote(plan_changes: dict[str, object] | None = None, **pa: object) -> Quote:
    found = quote(a_plan(quarters=80, **(plan_changes or {})), a_pa(**{"least_rate": 1271, **pa}), DAY, LORE)
    assert found is not None
    return found


def codes(found: Quote) -> list[str]:
    return [line.code for line in found.cost.lines] + [note.code for note in found.notes]


def test_it_is_at_what_the_pa_asks() -> None:
    assert the_quote(least_rate=1400).cost.job.rate == 1400


def test_it_is_never_below_what_the_law_says_that_day() -> None:
    assert the_quote(least_rate=1221).cost.job.rate == 1271
    assert the_quote({"start_on": date(2027, 1, 1)}, least_rate=900, age_band=AgeBand.FROM_18_TO_20).cost.job.rate == 1085


def test_who_did_not_say_is_reckoned_at_the_least_the_law_allows_and_that_is_said() -> None:
    found = the_quote(least_rate=None, age_band=None)

    assert found.cost.job.rate == 1271
    assert "cost_rate_not_told" in codes(found)


def test_who_works_for_themselves_and_did_not_say_has_no_figure() -> None:
    assert quote(a_plan(), a_pa(least_rate=None, employment=Employment.SELF_EMPLOYED), DAY, LORE) is None


def test_a_day_before_the_figures_begin_has_no_figure() -> None:
    assert quote(a_plan(), a_pa(), date(2020, 1, 1), LORE) is None


@pytest.mark.parametrize("funding", [Funding.ISF, Funding.MANAGED, None])
@pytest.mark.parametrize("employment", [*Employment, None])
@pytest.mark.parametrize("pattern", Pattern)
def test_whose_money_an_organisation_holds_is_never_told_they_are_the_employer(
    funding: Funding | None, employment: Employment | None, pattern: Pattern
) -> None:
    found = quote(a_plan(quarters=80, funding=funding), a_pa(employment=employment), DAY, LORE, pattern=pattern)

    assert found is not None
    assert found.all_in.a_week_with_allowance is None
    said = " ".join(
        cost_in_words(part.code, dict(part.params)) for part in (*found.cost.lines, *found.notes)
    ).lower()
    assert "you would be the employer" not in said
    assert "you employ" not in said
    assert "allowance" not in said


def test_with_a_direct_payment_they_are_told_so_and_of_the_allowance() -> None:
    found = the_quote({"funding": Funding.DIRECT_PAYMENT})

    assert {"cost_you_employ", "cost_allowance", "cost_sick_pay"} <= set(codes(found))
    assert found.a_week == found.all_in.a_week_with_allowance == 285_60


def test_who_works_for_themselves_costs_their_rate_with_a_plain_note() -> None:
    found = the_quote({"funding": Funding.DIRECT_PAYMENT}, employment=Employment.SELF_EMPLOYED, least_rate=1800)

    assert codes(found) == ["cost_self_employed", "cost_they_work_for_themselves"]
    assert found.a_week == 20 * 18_00


def test_sick_pay_is_the_lower_of_the_two() -> None:
    def sick(quarters: int) -> object:
        found = quote(a_plan(quarters=quarters), a_pa(least_rate=1271), DAY, LORE)
        assert found is not None
        return next(dict(note.params)["sick_pence"] for note in found.notes if note.code == "cost_sick_pay")

    assert sick(80) == 123_25
    assert sick(48) == 122_02  # 80% of 12 hours at £12.71


def test_what_the_budget_buys_and_who_pays_what() -> None:
    found = the_quote({"funding": Funding.DIRECT_PAYMENT, "budget": 280_00, "contribution": 45_00})

    assert (found.paid_by.person, found.paid_by.council, found.paid_by.over) == (45_00, 235_00, 5_60)
    assert found.buys == 78  # 19.5 hours


def test_the_working_reads_as_plain_sentences() -> None:
    found = the_quote({"funding": Funding.DIRECT_PAYMENT})

    said = [cost_in_words(line.code, dict(line.params)) for line in found.cost.lines]

    assert said == [
        "Pay: 20 hours a week at £12.71 an hour, for 52 weeks",
        "Paid holiday: 5.6 weeks are part of the pay above, so nothing is added",
        "Employer National Insurance: 15% of the part of £13,218.40 above £5,000 a year",
        "Pension: 3% of the part of the pay between £6,240 and £50,270 a year",
        "Somebody else while they are on holiday: 5.6 weeks of 20 hours at £12.71 an hour",
    ]
