"""Teams and stand-ins over HTTP, from what was heard."""
from datetime import date, timedelta
from uuid import uuid4

from shared.vocabulary.week import slot, to_hex
from tests.integration.matcher.conftest import Matcher, plan, profile

MONDAY, WEDNESDAY = to_hex(slot(0, 32, 40)), to_hex(slot(2, 32, 40))
HERE = "leicester"


async def test_two_halves_of_a_week_are_one_team(matcher: Matcher) -> None:
    wanted, monday, wednesday = plan(HERE), profile(HERE, week=MONDAY), profile(HERE, week=WEDNESDAY)
    await matcher.hear(wanted, monday, wednesday)

    found = await matcher.get(f"/councils/{HERE}/plans/{wanted.plan_id}/teams")

    (team,) = found["teams"]
    assert {one["profile_id"] for one in team["members"]} == {str(monday.profile_id), str(wednesday.profile_id)}
    assert (team["covered"], team["wanted"], team["enough"], found["eligible"]) == (16, 16, True, 2)
    shifts = {shift["text"] for one in team["members"] for shift in one["shifts"]}
    assert shifts == {"Monday, 8am to 10am", "Wednesday, 8am to 10am"}
    assert team["pay_a_week"] == 2 * 2 * 1300 <= team["all_in_a_week"]
    assert team["uncovered"] == {"quarters": 0, "shifts": [], "sleep_ins": [], "flexible": [], "texts": []}


async def test_a_team_says_what_it_costs_all_in_and_what_is_above_the_budget(matcher: Matcher) -> None:
    wanted = plan(HERE, budget=5_900)
    await matcher.hear(wanted, profile(HERE, week=MONDAY), profile(HERE, week=WEDNESDAY))

    (team,) = (await matcher.get(f"/councils/{HERE}/plans/{wanted.plan_id}/teams"))["teams"]

    assert team["covered"] == 16
    assert team["all_in_a_week"] == 57_60  # pay of 52 pounds, and 5.6 weeks of cover
    assert team["over_budget"] == 0
    assert [one["short_rests"] for one in team["members"]] == [[], []]


async def test_who_is_not_for_which_tasks_is_said(matcher: Matcher) -> None:
    reason = {"tasks": ["personal_care"], "until": (date.today() + timedelta(days=300)).isoformat()}
    woman_only = {"criterion": "sex", "strength": "must", "values": ["woman"], "reason": reason}
    wanted = plan(HERE, tasks=["personal_care", "cooking"], wishes=[woman_only])
    await matcher.hear(wanted, profile(HERE, week=MONDAY, sex="woman"), profile(HERE, week=WEDNESDAY, sex="man"))

    (team,) = (await matcher.get(f"/councils/{HERE}/plans/{wanted.plan_id}/teams"))["teams"]

    assert sorted((one["not_for"], one["not_for_text"]) for one in team["members"]) == [
        ([], None), (["personal_care"], "Somebody else of the team does this: personal care"),
    ]  # fmt: skip


async def test_what_nobody_covers_is_listed_in_words(matcher: Matcher) -> None:
    wanted = plan(HERE, sleep_ins=[5])
    await matcher.hear(wanted, profile(HERE, week=MONDAY), profile(HERE, week=to_hex(slot(2, 32, 38))))

    found = await matcher.get(f"/councils/{HERE}/plans/{wanted.plan_id}/teams", size=2)

    assert found["teams"][0]["uncovered"]["texts"] == ["Wednesday, 9:30am to 10am", "Saturday night (sleep-in)"]


async def test_who_stands_in_for_those_who_said_yes(matcher: Matcher) -> None:
    wanted, away, other = plan(HERE), profile(HERE), profile(HERE)
    await matcher.hear(wanted, away, other)
    await matcher.rank()
    asked = await matcher.post(
        f"/councils/{HERE}/plans/{wanted.plan_id}/introductions", {"profile_id": str(away.profile_id)}, status=201
    )
    await matcher.post(f"/councils/{HERE}/introductions/{asked['introduction_id']}/answer", {"answer": "yes"})
    first = date.today() + timedelta(days=30)
    dates = {"from": first.isoformat(), "to": (first + timedelta(days=6)).isoformat()}

    found = await matcher.get(f"/councils/{HERE}/plans/{wanted.plan_id}/stand-ins", **dates)

    (one,) = found["away"]
    assert (one["profile_id"], one["quarters"], one["short_notice"]) == (str(away.profile_id), 16, False)
    assert [(who["profile_id"], who["quarters"]) for who in one["stand_ins"]] == [(str(other.profile_id), 16)]
    assert one["nobody"] == []


async def test_a_question_that_makes_no_sense_is_a_problem_with_a_reason(matcher: Matcher) -> None:
    wanted = plan(HERE)
    await matcher.hear(wanted)
    of_the_plan, today = f"/councils/{HERE}/plans/{wanted.plan_id}", date.today()

    await matcher.get(f"{of_the_plan}/teams", size=6, status=422)
    await matcher.get(f"/councils/{HERE}/plans/{uuid4()}/teams", status=404)
    long = {"from": today.isoformat(), "to": (today + timedelta(days=28)).isoformat()}
    back = {"from": today.isoformat(), "to": (today - timedelta(days=1)).isoformat()}
    assert (await matcher.get(f"{of_the_plan}/stand-ins", status=422, **long))["detail"] == "Ask about at most 28 days."
    assert (await matcher.get(f"{of_the_plan}/stand-ins", status=422, **back))["title"] == "Those days do not follow"
    day = {"from": today.isoformat(), "to": today.isoformat()}
    await matcher.get(f"{of_the_plan}/stand-ins", status=404, profile_id=str(uuid4()), **day)


async def test_a_closed_plan_has_no_team(matcher: Matcher) -> None:
    wanted = plan(HERE, state="closed")
    await matcher.hear(wanted)

    await matcher.get(f"/councils/{HERE}/plans/{wanted.plan_id}/teams", status=409)
