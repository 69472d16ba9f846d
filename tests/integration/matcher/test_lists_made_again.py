"""A list of long ago is made again, to the byte, from what it names; and where it cannot be, that is said."""
import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from typer.testing import CliRunner, Result

from deploy.cli.app import app as command
from deploy.cli.ending import out
from services.matcher.api import PROBLEMS
from services.matcher.app import Calendar, routers
from services.matcher.domain.lore import Lore
from services.matcher.domain.profile import ProfileId
from services.matcher.domain.record import KEPT_FOR
from services.matcher.store import Store
from services.matcher.subscribers import known
from services.matcher.usecases import ranking
from shared.contracts.registry import ProfileChanged
from shared.runtime.http import explain_problems
from tests.integration.matcher.conftest import Matcher, plan, profile
from tests.integration.matcher.test_lists import PUNJABI, revised

LAST_YEAR = date(2025, 11, 24)
BEFORE_THE_WORD_WAS_KNOWN = replace(known(), same_interests={})
GARDENER = {"interests": [{"code": "allotment"}]}
ASKS_FOR_A_GARDENER = {"wishes": [{"criterion": "interest", "strength": "must", "values": ["gardening"]}]}


async def rank_on(matcher: Matcher, day: date, lore: Lore | None = None) -> None:
    """Everything that is due, as if it were that day."""
    async with matcher.database.transaction() as connection:
        await connection.execute("UPDATE due_ranking SET due_at = now()")
    ranked = True
    while ranked:
        async with matcher.store.begin() as work:
            ranked = await ranking.rank_next(day=day, now=datetime.now(UTC), lore=lore or known(), work=work)


async def made_again(matcher: Matcher, council: str, plan_id: UUID, revision: int = 1, status: int = 200) -> Any:
    return await matcher.get(f"/councils/{council}/plans/{plan_id}/lists/{revision}", status=status)


async def test_after_everything_has_changed_the_list_is_the_same_to_the_byte(matcher: Matcher, council: str) -> None:
    pas = [profile(council) for _ in range(5)] + [profile(council, **PUNJABI), profile(council, **GARDENER)]
    wanted = plan(council)
    await matcher.hear(*pas, wanted)
    await rank_on(matcher, LAST_YEAR)
    (first,) = await matcher.lists()

    away = ProfileChanged.model_validate(pas[0].model_dump() | {"state": "paused", "revision": 2})
    await matcher.hear(away, revised(pas[1], week="0" * 168), profile(council), revised(wanted, blocked=(pas[2].profile_id,)))
    await rank_on(matcher, date.today())
    again = await made_again(matcher, council, wanted.plan_id)
    second = await made_again(matcher, council, wanted.plan_id, revision=2)

    assert (again["outcome"], again["digest_now"], again["missing"]) == ("equal", first["digest"], [])
    assert sha256(again["written_down"].encode()).hexdigest() == first["digest"]
    named = again["told"]
    assert (named["plan_revision"], named["rules_version"], named["lore_version"], named["day"]) == (
        first["plan_revision"], first["rules_version"], first["lore_version"], first["day"]
    )
    shown = [one["profile_id"] for one in again["places"] if one["group"] == "fitting"]
    assert shown == [one["profile_id"] for one in first["fitting"]]
    assert second["outcome"] == "equal" and len(second["places"]) == 6
    assert [one["revision"] for one in await matcher.get(f"/councils/{council}/plans/{wanted.plan_id}/lists")] == [2, 1]


async def test_the_tables_of_then_are_used_not_those_of_now(matcher: Matcher, council: str) -> None:
    wanted = plan(council, **ASKS_FOR_A_GARDENER)
    await matcher.hear(profile(council, **GARDENER), wanted)
    await rank_on(matcher, LAST_YEAR, BEFORE_THE_WORD_WAS_KNOWN)

    await matcher.hear(revised(wanted))
    await rank_on(matcher, LAST_YEAR)
    then, now = [await made_again(matcher, council, wanted.plan_id, nth) for nth in (1, 2)]

    assert (then["outcome"], now["outcome"]) == ("equal", "equal")
    assert (then["places"][0]["group"], now["places"][0]["group"]) == ("near", "fitting")
    assert then["told"]["lore_version"] != now["told"]["lore_version"] == known().version


async def test_a_place_made_this_morning_with_other_tables_is_not_taken_over(matcher: Matcher, council: str) -> None:
    """A new vocabulary came with the service that was started again at noon."""
    wanted = plan(council, **ASKS_FOR_A_GARDENER)
    await matcher.hear(profile(council, **GARDENER), wanted)
    await rank_on(matcher, date.today(), BEFORE_THE_WORD_WAS_KNOWN)

    await matcher.hear(profile(council))
    await rank_on(matcher, date.today())

    assert [len(told["fitting"]) for told in await matcher.lists()] == [0, 1]
    assert (await made_again(matcher, council, wanted.plan_id, 2))["outcome"] == "equal"


async def test_a_service_that_was_started_again_makes_the_same_list(matcher: Matcher, council: str) -> None:
    wanted = plan(council)
    await matcher.hear(*(profile(council) for _ in range(3)), wanted)
    await rank_on(matcher, LAST_YEAR)
    before = await made_again(matcher, council, wanted.plan_id)

    matcher.store = Store(matcher.database)

    async with served(matcher) as url, httpx.AsyncClient(base_url=url) as http:
        after = (await http.get(f"/councils/{council}/plans/{wanted.plan_id}/lists/1")).json()
    assert after == before and after["outcome"] == "equal"


async def test_of_somebody_who_left_nothing_is_kept_and_the_rest_is_made_again(matcher: Matcher, council: str) -> None:
    stays, leaves, wanted = profile(council), profile(council, **GARDENER), plan(council)
    await matcher.hear(stays, leaves, wanted)
    await rank_on(matcher, LAST_YEAR)

    await matcher.hear(ProfileChanged.model_validate(leaves.model_dump() | {"state": "gone", "revision": 2}))
    await rank_on(matcher, LAST_YEAR)
    then, since = [await made_again(matcher, council, wanted.plan_id, nth) for nth in (1, 2)]

    assert (then["outcome"], [one["profile_id"] for one in then["places"]]) == ("not_whole", [str(stays.profile_id)])
    assert then["missing"] == [{
        "profile_id": str(leaves.profile_id), "profile_revision": 1, "why": "left",
        "text": "This PA has left. Nothing of them is kept.",
    }]
    assert (since["outcome"], since["missing"]) == ("equal", [])
    assert "allotment" not in await all_that_is_kept(matcher, leaves.profile_id)


@pytest.mark.parametrize("kind", ["faith", "culture", "sex"])
async def test_what_a_pa_took_back_leaves_the_record_and_only_lists_that_asked_for_it_suffer(
    matcher: Matcher, council: str, kind: str
) -> None:
    told, asks, does_not_ask = profile(council, **{kind: "treasured"}), plan(council), plan(council)
    asks = plan(council, wishes=[{"criterion": kind, "strength": "important", "values": ["treasured"]}])
    await matcher.hear(told, profile(council), asks, does_not_ask)
    await rank_on(matcher, LAST_YEAR)
    assert "treasured" in await all_that_is_kept(matcher, told.profile_id)

    await matcher.hear(revised(told, **{kind: None}))
    suffers, does_not = [await made_again(matcher, council, one.plan_id) for one in (asks, does_not_ask)]

    assert "treasured" not in await all_that_is_kept(matcher, told.profile_id)
    assert (suffers["outcome"], [one["why"] for one in suffers["missing"]]) == ("not_whole", ["took_back"])
    assert does_not["outcome"] == "equal" and len(does_not["places"]) == 2


async def test_a_record_that_was_meddled_with_comes_out_unequal(matcher: Matcher, council: str) -> None:
    pa, wanted = profile(council), plan(council)
    await matcher.hear(pa, wanted)
    await rank_on(matcher, LAST_YEAR)
    async with matcher.database.transaction() as connection:
        kept = await connection.fetchval("SELECT facets FROM profile_history")
        meddled = bytes(kept).replace(b'"east_m":1000', b'"east_m":1001')
        await connection.execute("UPDATE profile_history SET facets = $1", meddled)

    again = await made_again(matcher, council, wanted.plan_id)

    assert (again["outcome"], again["places"][0]["distance_m"]) == ("unequal", 1001)


async def test_a_list_told_when_details_were_written_down_too_is_compared_as_it_was_then(matcher: Matcher, council: str) -> None:
    wanted = plan(council)
    await matcher.hear(profile(council, **PUNJABI), wanted)
    await rank_on(matcher, LAST_YEAR)
    [place] = (await made_again(matcher, council, wanted.plan_id))["places"]
    line = (
        f"{place['profile_id']} 1 near {place['score']} {place['distance_m']} {place['coverage']} "
        "language:language_not_listed(language=so)\n"
    )
    async with matcher.database.transaction() as connection:
        await connection.execute("UPDATE told_list SET digest = $1", sha256(line.encode()).hexdigest())

    again = await made_again(matcher, council, wanted.plan_id)

    assert (again["outcome"], again["written_down"]) == ("equal", line)


async def test_a_list_put_away_is_made_again_too(matcher: Matcher, council: str) -> None:
    wanted = plan(council)
    await matcher.hear(profile(council), wanted)
    await rank_on(matcher, LAST_YEAR)
    await matcher.hear(plan(council, plan_id=wanted.plan_id, revision=2, state="paused"))
    await rank_on(matcher, LAST_YEAR)

    again = await made_again(matcher, council, wanted.plan_id, 2)

    assert (again["outcome"], again["told"]["open"], again["places"]) == ("equal", False, [])


async def test_what_is_too_old_is_forgotten_and_what_is_needed_stays(matcher: Matcher, council: str) -> None:
    pa, wanted = profile(council), plan(council)
    await matcher.hear(pa, wanted)
    await rank_on(matcher, LAST_YEAR)
    async with matcher.database.transaction() as connection:
        await connection.execute("UPDATE told_list SET told_at = told_at - $1::interval", KEPT_FOR)
    await matcher.hear(revised(pa, least_rate=1400), revised(wanted, quarters=20))
    await rank_on(matcher, date.today())

    await Calendar(matcher.store).look(datetime.now(UTC) + timedelta(minutes=1))

    assert (await made_again(matcher, council, wanted.plan_id, 1, status=404))["title"].startswith("No list of this number")
    assert (await made_again(matcher, council, wanted.plan_id, 2))["outcome"] == "equal"
    async with matcher.database.transaction() as connection:
        pas = await connection.fetch("SELECT revision FROM profile_history")
        plans = await connection.fetch("SELECT revision FROM plan_history")
    assert [tuple(row) for row in (*pas, *plans)] == [(2,), (2,)]


async def test_rules_that_are_no_longer_here_are_said(matcher: Matcher, council: str) -> None:
    wanted = plan(council)
    await matcher.hear(wanted)
    await rank_on(matcher, LAST_YEAR)
    async with matcher.database.transaction() as connection:
        await connection.execute("UPDATE told_list SET rules_version = 99")

    problem = await made_again(matcher, council, wanted.plan_id, status=409)

    assert problem["title"] == "This list was made with rules that this version of the service does not have."


async def test_what_is_read_while_somebody_changes_is_of_one_moment(matcher: Matcher, council: str) -> None:
    """Somebody changes while the answer is under way: whoever is seen is as the moment that is named has them."""
    pa = profile(council)
    await matcher.hear(pa)
    changed = False

    async with matcher.store.begin() as work:
        fetch = work.profiles.connection.fetch  # type: ignore[attr-defined]

        async def and_then_somebody_changes(*asked: Any, **more: Any) -> Any:
            nonlocal changed
            rows = await fetch(*asked, **more)
            if not changed:
                changed = True
                await matcher.hear(revised(pa, least_rate=1400))
            return rows

        work.profiles.connection = Between(and_then_somebody_changes)  # type: ignore[attr-defined]
        register = await work.profiles.register(council)

    (seen,) = register.profiles
    assert changed and (register.clock, seen.revision) == (1, 1)


class Between:
    """A connection on which something happens between asking and hearing."""

    def __init__(self, fetch: Any) -> None:
        self.fetch = fetch


async def test_the_command_says_equal_and_shows_the_list(
    matcher: Matcher, council: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pa, left, wanted = profile(council), profile(council), plan(council)
    await matcher.hear(pa, left, wanted)
    await rank_on(matcher, LAST_YEAR)
    asked = ["--council", council, "--plan", str(wanted.plan_id)]

    async with served(matcher) as url:
        monkeypatch.setenv("ALONGSIDE_MATCHER_URL", url)
        monkeypatch.setenv("ALONGSIDE_SERVICE_KEY", "a-key-for-a-test-only-1234")
        monkeypatch.setattr(out, "width", 200)  # whatever COLUMNS was when it was imported
        equal = await typed("list", "rebuild", *asked, "--revision", "1")
        lines = await typed("list", "rebuild", *asked, "--revision", "1", "--lines")
        told = await typed("list", "told", *asked)
        never = await typed("list", "rebuild", *asked, "--revision", "7")
        await matcher.hear(ProfileChanged.model_validate(left.model_dump() | {"state": "gone", "revision": 2}))
        not_whole = await typed("list", "rebuild", *asked, "--revision", "1")

    (event,) = await matcher.lists()
    assert equal.exit_code == 0 and "Equal: made again, the list is the same to the byte." in equal.stdout
    assert str(pa.profile_id) in equal.stdout
    assert sha256(lines.stdout.encode()).hexdigest() == event["digest"]
    assert event["digest"][:12] in told.stdout
    assert never.exit_code == 2 and "No list of this number was told for this plan" in never.stderr
    assert not_whole.exit_code == 3 and f"{left.profile_id} revision 1: This PA has left." in not_whole.stdout
    assert str(pa.profile_id) in not_whole.stdout


async def typed(*words: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, command, words)


@contextlib.asynccontextmanager
async def served(matcher: Matcher) -> AsyncIterator[str]:
    app = FastAPI()
    explain_problems(app, PROBLEMS)
    for router in routers(matcher.store):
        app.include_router(router)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - the server has no event for it
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving


async def all_that_is_kept(matcher: Matcher, profile_id: UUID) -> str:
    """Of a PA, in every table of the index."""
    async with matcher.database.transaction() as connection:
        return str([
            [bytes(value).decode() if isinstance(value, bytes) else str(value) for value in row.values()]
            for table in ("profile", "profile_history")
            for row in await connection.fetch(f"SELECT * FROM {table} WHERE profile_id = $1", ProfileId(profile_id))
        ])
