"""The benchmark's engines give one answer, the plain rules': else its figures would compare different things."""
import importlib.util
from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest

from benchmarks.ranking.answer import Answer, Differs, as_important, by_the_rules, musts
from benchmarks.ranking.asked import plans
from benchmarks.ranking.columns import Columns, columns
from benchmarks.ranking.engines.kernel import Kernel
from benchmarks.ranking.engines.plain_numpy import PlainNumpy
from benchmarks.ranking.engines.postgres import PostgresWhole
from benchmarks.ranking.engines.postgres_table import Session
from benchmarks.ranking.engines.postgres_tuned import PostgresTuned
from benchmarks.ranking.registers import Register
from benchmarks.ranking.said import DAY
from deploy.embedded.stack import Stack
from services.matcher.domain.plan import Plan
from services.matcher.domain.profile import Profile
from services.matcher.domain.ranking import rank
from services.matcher.subscribers import known
from tests.conftest import Beside

REGISTER = Register("urban", 200)
ASKED = plans(REGISTER, 7)


@pytest.fixture(scope="module")
def profiles() -> list[Profile]:
    return list(REGISTER.profiles())


@pytest.fixture(scope="module")
def held(profiles: list[Profile]) -> Columns:
    return columns(profiles)


@pytest.fixture(scope="module")
def right(profiles: list[Profile]) -> list[tuple[Plan, Answer]]:
    return [(plan, by_the_rules(plan, profiles, DAY, known())) for plan in ASKED]


@pytest.fixture(scope="module")
def session(infrastructure: Stack, beside: Beside) -> Iterator[Session]:
    name = f"engines_{uuid4().hex[:8]}"
    beside.run(infrastructure.postgres.psql("--command", f'CREATE DATABASE "{name}"'))
    session = Session(infrastructure.postgres.url("postgres", name))
    yield session
    session.close()
    beside.run(infrastructure.postgres.drop(name))


def test_the_plans_ask_for_enough_to_tell_engines_apart(right: list[tuple[Plan, Answer]]) -> None:
    assert sum(answer.eligible > 0 for _, answer in right) >= 4
    assert sum(any(answer.what_if) for _, answer in right) >= 4
    assert len({code for _, answer in right for one in answer.top for code in one.codes}) >= 20


def test_a_what_if_is_what_ranking_again_says(profiles: list[Profile], right: list[tuple[Plan, Answer]]) -> None:
    plan, answer = next((plan, answer) for plan, answer in right if len(answer.what_if) >= 2)
    again = [rank(as_important(plan, nth), profiles, DAY, known()) for nth in musts(plan)]

    assert answer.what_if == tuple(len(one.fitting) - answer.eligible for one in again)


def test_the_index_answers_as_the_plain_rules(
    profiles: list[Profile], held: Columns, right: list[tuple[Plan, Answer]]
) -> None:
    ours = Kernel(REGISTER.setting, profiles, DAY, known(), order=[one.tobytes() for one in held.ids])

    for plan, answer in right:
        answer.must_be(ours.answer(plan), "ours")


def test_naive_numpy_answers_as_the_plain_rules(held: Columns, right: list[tuple[Plan, Answer]]) -> None:
    naive = PlainNumpy(held, DAY, known())

    for plan, answer in right:
        answer.must_be(naive.answer(plan), naive.name)


def test_postgresql_answers_as_the_plain_rules(session: Session, held: Columns, right: list[tuple[Plan, Answer]]) -> None:
    whole, tuned = PostgresWhole(held, DAY, known(), session), PostgresTuned(held, DAY, known(), session)

    for plan, answer in right:
        answer.must_be(whole.answer(plan), whole.name)
        assert tuned.answer(plan) == tuple(one for one in answer.top if not one.unmet)


@pytest.mark.skipif(importlib.util.find_spec("duckdb") is None, reason="only in requirements/bench.txt")
def test_duckdb_answers_as_the_plain_rules(held: Columns, right: list[tuple[Plan, Answer]]) -> None:
    from benchmarks.ranking.engines.duck import DuckDb

    duck = DuckDb(held, DAY, known())

    for plan, answer in right:
        answer.must_be(duck.answer(plan), duck.name)


@pytest.mark.skipif(importlib.util.find_spec("polars") is None, reason="only in requirements/bench.txt")
def test_polars_answers_as_the_plain_rules(held: Columns, right: list[tuple[Plan, Answer]]) -> None:
    from benchmarks.ranking.engines.polars_frames import Polars

    polars = Polars(held, DAY, known())

    for plan, answer in right:
        answer.must_be(polars.answer(plan), polars.name)


def test_an_answer_that_differs_in_one_pa_is_noticed(right: list[tuple[Plan, Answer]]) -> None:
    _, answer = right[0]
    unmet = answer.unmet.copy()
    unmet[0] ^= 1
    other = replace(answer.top[-1], score=answer.top[-1].score + 1)

    with pytest.raises(Differs):
        answer.must_be(replace(answer, unmet=unmet), "one bit")
    with pytest.raises(Differs):
        answer.must_be(replace(answer, top=(*answer.top[:-1], other)), "one score")


def test_a_pa_is_the_same_in_a_small_register_and_a_large_one(profiles: list[Profile]) -> None:
    larger = Register(REGISTER.setting, 300).profiles()

    assert [next(larger) for _ in range(200)] == profiles
