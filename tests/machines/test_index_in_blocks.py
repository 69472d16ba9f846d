"""An index kept as blocks and read again is the index that was kept; blocks that are not right are never ranked from."""
from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import blake2b
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.matcher.domain.kernel import blocks
from services.matcher.domain.kernel.blocks import Folding, Refused, Unfolding
from services.matcher.domain.kernel.columns import Columns
from services.matcher.domain.kernel.index import Index
from services.matcher.domain.kernel.whose import NOBODY, Whose
from services.matcher.domain.profile import Profile, ProfileId
from services.matcher.domain.rules import CURRENT, Rules
from tests.machines.any_council import Council
from tests.unit.matcher.a_match import LORE, a_pa

UNHURRIED: dict[str, Any] = {
    "deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
}  # fmt: skip
seeds = st.integers(0, 2**64 - 1)


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "ROWS", 3)


def stamps_of(profiles: Iterable[Profile]) -> bytes:
    """As the table has them."""
    shown = sorted((one for one in profiles if one.shown and one.council == "leicester"), key=lambda one: one.profile_id.bytes)
    return b"".join(one.profile_id.bytes + one.revision.to_bytes(4, "big") for one in shown)


def folded(index: Index) -> tuple[bytes, list[bytes]]:
    folding = Folding(index.now())
    bodies = [folding.body(nth) for nth in range(folding.bodies)]
    return folding.cover(), bodies


def unfolded(
    cover: bytes, bodies: Sequence[bytes], unchanged: Iterable[Profile], changed: Iterable[Profile] = (), *,
    council: str = "leicester", rules: Rules = CURRENT,
) -> Index:  # fmt: skip
    unfolding = Unfolding(council, LORE, cover, rules)
    for body in bodies:
        unfolding.add(body)
    return unfolding.done(stamps_of(unchanged), b"".join(one.profile_id.bytes for one in changed))


def same(one: Index, other: Index, council: Council, profiles: Sequence[Profile], times: int = 3) -> None:
    assert len(one) == len(other)
    for _ in range(times):
        plan = council.plan(list(profiles))
        assert one.rank(plan, council.day).placements() == other.rank(plan, council.day).placements()


@given(seeds)
@settings(max_examples=60, **UNHURRIED)
def test_an_index_read_from_blocks_is_the_one_made_from_profiles_and_stays_so(seed: int) -> None:
    council = Council(seed)
    profiles = {one.profile_id: one for one in council.register(14)}
    made = Index("leicester", LORE, profiles.values(), rules=council.rules)
    for gone in list(profiles)[::5]:  # rows that are free again, and codes nobody has any more
        made.drop(gone)
        del profiles[gone]

    read = unfolded(*folded(made), profiles.values(), rules=council.rules)

    same(made, read, council, list(profiles.values()))
    for who in list(profiles)[::2]:
        profiles[who] = replace(council.profile(), profile_id=who)
    came = [council.profile() for _ in range(5)]
    for one in (*profiles.values(), *came):
        made.put(one)
        read.put(one)
    for who in list(profiles)[::3]:
        made.drop(who)
        read.drop(who)
    same(made, read, council, list(profiles.values()))
    assert read.rank(plan := council.plan(), council.day).placements() == Index(
        "leicester", LORE, [one for one in (*profiles.values(), *came) if one.profile_id not in list(profiles)[::3]],
        rules=council.rules,
    ).rank(plan, council.day).placements()  # fmt: skip


@given(seeds)
@settings(max_examples=40, **UNHURRIED)
def test_blocks_are_of_the_moment_at_which_they_were_begun_whatever_changes_while_they_are_written(seed: int) -> None:
    council = Council(seed)
    profiles = council.register(12)
    as_it_was = Index("leicester", LORE, profiles, rules=council.rules)
    index = Index("leicester", LORE, profiles, rules=council.rules)
    folding, bodies = Folding(index.now()), []

    for nth in range(folding.bodies):
        bodies.append(folding.body(nth))
        for one in profiles[nth::2]:
            index.put(replace(council.profile(), profile_id=one.profile_id))
        index.put(council.profile())
        index.drop(profiles[nth % len(profiles)].profile_id) if profiles else None

    read = unfolded(folding.cover(), bodies, profiles, rules=council.rules)
    same(as_it_was, read, council, profiles)


@given(seeds)
@settings(max_examples=150, **UNHURRIED)
def test_blocks_with_one_bit_wrong_are_refused(seed: int) -> None:
    dice = Random(seed)
    profiles = [a_pa(profile_id=ProfileId(UUID(int=nth + 1))) for nth in range(7)]
    cover, bodies = folded(Index("leicester", LORE, profiles))
    nth = dice.randrange(len(bodies))
    which = dice.choice(["cover", "body"]) if bodies[nth] else "cover"
    spoilt = bytearray(cover if which == "cover" else bodies[nth])
    spoilt[dice.randrange(len(spoilt))] ^= 1 << dice.randrange(8)

    with pytest.raises(Refused):
        if which == "cover":
            unfolded(bytes(spoilt), bodies, profiles)
        else:
            unfolded(cover, [*bodies[:nth], bytes(spoilt), *bodies[nth + 1 :]], profiles)


def test_blocks_that_are_missing_changed_over_or_of_another_cover_are_refused() -> None:
    profiles = [a_pa() for _ in range(7)]
    cover, bodies = folded(Index("leicester", LORE, profiles))
    newer = [replace(profiles[0], revision=2), *profiles[1:]]
    other_cover, other_bodies = folded(Index("leicester", LORE, newer))

    for wrong in (
        bodies[:-1], bodies[1:], [bodies[1], bodies[0], *bodies[2:]], [*bodies, b""], [*bodies[:-2], *other_bodies[-2:]][::-1],
    ):
        with pytest.raises(Refused):
            unfolded(cover, wrong, profiles)
    with pytest.raises(Refused):
        unfolded(other_cover, bodies, newer)
    with pytest.raises(Refused):
        unfolded(b"", bodies, profiles)


def test_blocks_of_another_council_other_rules_or_another_format_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    profiles = [a_pa() for _ in range(4)]
    cover, bodies = folded(Index("leicester", LORE, profiles))

    with pytest.raises(Refused, match="council"):
        unfolded(cover, bodies, profiles, council="powys")
    with pytest.raises(Refused, match="made_by"):
        unfolded(cover, bodies, profiles, rules=replace(CURRENT, reaches={**CURRENT.reaches}, version=CURRENT.version + 1))
    monkeypatch.setattr(blocks, "AGES", (*reversed(blocks.AGES),))
    with pytest.raises(Refused, match="made_by"):
        unfolded(cover, bodies, profiles)
    monkeypatch.setattr(blocks, "FORMAT", blocks.FORMAT + 1)
    with pytest.raises(Refused, match="format"):
        unfolded(cover, bodies, profiles)


def test_blocks_of_other_people_or_revisions_than_the_table_has_are_refused() -> None:
    profiles = [a_pa() for _ in range(4)]
    cover, bodies = folded(Index("leicester", LORE, profiles))

    for wrong in ([replace(profiles[0], revision=2), *profiles[1:]], profiles[1:], [*profiles, a_pa()], [a_pa(), *profiles[1:]]):
        with pytest.raises(Refused, match="other PAs"):
            unfolded(cover, bodies, wrong)
    assert len(unfolded(cover, bodies, profiles[1:], [profiles[0], a_pa()])) == 4


def test_whoever_changes_what_a_row_says_gives_the_format_another_number() -> None:
    """Another digest? Then old blocks say something else than new ones: FORMAT goes up by one, and this digest is another."""
    council = Council(20261128)
    profiles = [replace(council.profile(), profile_id=ProfileId(UUID(int=nth))) for nth in range(200)]
    cover, bodies = folded(Index("leicester", LORE, profiles))

    assert len(unfolded(cover, bodies, profiles)) == sum(one.shown for one in profiles)
    assert (blocks.FORMAT, blake2b(b"".join(bodies), digest_size=8).hexdigest()) == (1, "0c4256a06a8f988b")


@given(seeds)
@settings(max_examples=100, **UNHURRIED)
def test_whose_row_is_which_is_known_through_crowds_and_leavings(seed: int) -> None:
    """Many of these ids belong to the same few places, some of them the last: what does not fit begins again at the first."""
    dice = Random(seed)
    columns, expected = Columns(4096), dict[tuple[int, int], int]()
    whose, size, free = Whose(columns), 1025, list(range(4096))
    for _ in range(dice.randrange(2000)):
        key = (dice.choice([0, 1, 2, size - 2, size - 1]) + size * dice.randrange(60), 0)
        if dice.random() < 0.4:
            whose.drop(*key)
            expected.pop(key, None)
        else:
            row = free.pop()
            columns.ids[2 * row], columns.ids[2 * row + 1] = key
            whose.put(*key, row)
            expected[key] = row
        assert whose.find(*key) == expected.get(key, NOBODY)

    assert whose.count == len(expected)
    assert all(whose.find(*key) == row for key, row in expected.items())
    whose.fill(whose.table[whose.table != NOBODY])
    assert all(whose.find(*key) == row for key, row in expected.items())
    assert whose.find(uuid4().int >> 64, 5) == NOBODY
