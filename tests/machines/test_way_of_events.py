"""Whatever is lost, repeated, swapped or dies on its way: each event counts once and in order, and none is lost from sight."""
import os
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from shared.messaging import helping, order
from shared.messaging.order import Held, Turn, Verdict
from tests.machines.model import Owner, Reader, Told
from tests.machines.way_of_events import STEPS, Rules, World

WALKS = int(os.environ.get("MACHINES", "20000")) // 20
"""`MACHINES=1000000`: fifty thousand."""
LONG = 100  # steps of one walk
ENOUGH = 3_000  # walks within which every broken rule is found

Step = Callable[[World, int], Any]


def doing(step: Step) -> Any:
    @rule(n=st.integers(0, 23))
    def done(self: Any, n: int) -> None:
        step(self.world, n)

    return done


class Events(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.world = World()

    @invariant()
    def nothing_is_wrong(self) -> None:
        self.world.judge()

    def teardown(self) -> None:
        self.world.judge_at_rest()


for one in STEPS:
    setattr(Events, one.__name__, doing(one))


def test_no_order_of_troubles_that_hypothesis_thinks_of_loses_or_repeats_anything() -> None:
    run_state_machine_as_test(Events, settings=settings(max_examples=60, stateful_step_count=60, deadline=None))


def walk(seed: int, rules: Rules, among: Sequence[Step] = STEPS) -> World:
    """A walk of many steps; some walks take some steps often, others never."""
    chance, world = random.Random(seed), World(rules)
    weights = [4 if step in (World.write, World.commit) else chance.choice((0, 1, 1, 3)) for step in among]
    for step in chance.choices(among, weights, k=LONG):
        step(world, chance.randrange(24))
        world.judge()
    world.judge_at_rest()
    return world


def test_no_walk_at_random_does_either() -> None:
    applied = sum(len(walk(seed, Rules()).reader.applied) for seed in range(WALKS))

    assert applied > WALKS  # they went somewhere


def cursor(owner: Owner, sent: set[int]) -> list[Told]:
    """The relay that is published everywhere: what came after the last. A slower writer's row is before it, and stays."""
    return [told for row_id, told in sorted(owner.log.items()) if row_id > max(sent, default=0)]


def never_stale(held: Held, *_: Any) -> Verdict:
    return Verdict.BEHIND if held.parked else Verdict.NEWS


def only_newer(held: Held, _: int, version: int, __: str) -> Verdict:
    return Verdict.BEHIND if held.parked else Verdict.STALE if version <= held.version else Verdict.NEWS


def past_the_parked(held: Held, *said: Any) -> Verdict:
    return order.verdict(replace(held, parked=False), *said)


def always(*_: Any, **__: Any) -> Turn:
    return Turn.TRY


def never_heals(*said: Any, gap: bool, to_be_tried: bool) -> Turn:
    return order.turn(*said, gap=False, to_be_tried=to_be_tried)


def answers_do_not_matter(places: Any, answers: Any, now: float) -> helping.Helped:
    return helping.helped(places, {place: [row.id for row in places[place]] for place in answers}, now)


def the_whole_place(places: Any, answers: Any, now: float) -> helping.Helped:
    took = {place: a if isinstance(a, BaseException) else [row.id for row in places[place]] for place, a in answers.items()}
    return helping.helped(places, took, now)


W = World
PLAIN = (W.write, W.commit, W.relay_works)
REORDERED = (*PLAIN, W.swap, W.take, W.take, W.drain, W.drain, W.time_passes)
BROKEN: dict[str, tuple[Rules, Sequence[Step]]] = {
    "the relay reads after a cursor": (Rules(oldest=cursor), STEPS),
    "no inbox": (Rules(news=lambda reader, told: True), STEPS),
    "no version check": (Rules(verdict=never_stale), STEPS),
    "no check for gaps": (Rules(verdict=only_newer), STEPS),
    "parked does not mean stopped": (Rules(verdict=past_the_parked), STEPS),
    "the offset before the database": (Rules(offset_first=True), STEPS),
    "a new broker is told nothing": (Rules(fills_a_new_broker=False), STEPS),
    "forgotten before the broker answered": (Rules(forgets_before_the_answer=True), STEPS),
    "forgotten whatever the broker answered": (Rules(helped=answers_do_not_matter), STEPS),
    "forgotten though it was not in the batch": (Rules(helped=the_whole_place), STEPS),
    "a gap never heals": (Rules(turn=never_heals), STEPS),
    "a parked one goes in before its turn": (Rules(turn=always), REORDERED),
    "what waited is not looked for": (Rules(what_waited_is_looked_for=False), REORDERED),
    "forgotten for a broker that is gone": (
        Rules(forgets_for_a_broker_that_is_gone=True),
        (W.write, W.commit, W.look, W.offer, W.offer, W.relay_sleeps, W.zombie_wakes, W.broker_is_lost),
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_found(name: str) -> None:
    """Otherwise the tests above would say nothing."""
    rules, among = BROKEN[name]

    with pytest.raises(AssertionError, match=r"lost|applied|left out|waits|set aside|silent"):
        for seed in range(ENOUGH):
            walk(seed, rules, among)


def test_what_the_reader_holds_is_what_it_applied() -> None:
    """The model itself: without any trouble all goes its way."""
    world = World()
    for n in range(30):
        world.write(n)
        world.commit(0)
    world.settle()

    reader: Reader = world.reader
    assert len(reader.applied) == 30
    assert {key: held.version for key, held in reader.held.items()} == world.owner.versions
