"""The whole answer of the rules to questions that are kept for good: what a version of the rules said once, it says always.

A change of what the rules do is a new version. Its answers are written once, beside those of the versions before:

    python -m tests.unit.matcher.kept_answers 2
"""
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from services.matcher.domain.finding import Reason
from services.matcher.domain.kernel.index import Index
from services.matcher.domain.lore import Lore
from services.matcher.domain.placing import Placement
from services.matcher.domain.plan import Plan
from services.matcher.domain.profile import Profile
from services.matcher.domain.ranking import rank
from services.matcher.domain.rules import RULES, Rules
from services.matcher.domain.what_if import what_if
from services.matcher.store.history import LORE
from services.matcher.store.index import PLAN, PROFILE

KEPT = Path(__file__).parent / "kept"


@dataclass(frozen=True)
class Questions:
    """Tables too: a word that is new in the vocabulary is no change of the rules."""

    day: date
    lore: Lore
    plans: tuple[Plan, ...]
    profiles: tuple[Profile, ...]


@cache
def questions() -> Questions:
    kept = json.loads((KEPT / "questions.json").read_text())
    return Questions(
        date.fromisoformat(kept["day"]), LORE.validate_python(kept["lore"]),
        tuple(PLAN.validate_python(one) for one in kept["plans"]),
        tuple(PROFILE.validate_python(one) for one in kept["profiles"]),
    )  # fmt: skip


def answer_file(version: int) -> Path:
    return KEPT / f"rules_{version}.txt"


def answers(rules: Rules) -> Iterator[str]:
    """A line for each number of the rules, each place of each list, and each what-if."""
    asked = questions()
    for field in fields(rules):
        yield f"rules {field.name} {_plain(getattr(rules, field.name))}"
    for nth, plan in enumerate(asked.plans):
        for placement in rank(plan, asked.profiles, asked.day, asked.lore, rules).placements:
            yield f"list {nth} {place(placement)}"
        for one in what_if(plan, asked.profiles, asked.day, asked.lore, rules).singles:
            steps = " ".join(f"{step.kind.value}({_params(step.params)})" for step in one.steps)
            yield f"what-if {nth} {steps} more={one.more} fewer={one.fewer}"


def of_the_kernel(rules: Rules) -> Iterator[str]:
    """The lists alone, by the columns."""
    asked = questions()
    indexes = {council: Index(council, asked.lore, rules=rules) for council in {one.council for one in asked.profiles}}
    for profile in asked.profiles:
        indexes[profile.council].put(profile)
    for nth, plan in enumerate(asked.plans):
        for placement in indexes[plan.council].rank(plan, asked.day).placements():
            yield f"list {nth} {place(placement)}"


def place(one: Placement) -> str:
    where = f"{one.profile_id} {one.group} score={one.score} metres={one.distance_m} coverage={one.coverage} turn={one.turn}"
    return f"{where} unmet[{' '.join(map(_reason, one.unmet))}] reasons[{' '.join(map(_reason, one.reasons))}]"


def _reason(one: Reason) -> str:
    return f"{one.criterion}/{one.strength}/{one.code}/{one.met}/{one.fit}({_params(one.params)})"


def _params(params: Any) -> str:
    return ",".join(f"{name}={value}" for name, value in params)


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return " ".join(f"{key}={_plain(one)}" for key, one in sorted(value.items()))
    return "/".join(map(str, value)) if isinstance(value, tuple) else str(value)


def main() -> None:
    version = int(sys.argv[1])
    file = answer_file(version)
    if file.exists():
        sys.exit(f"{file.name} is kept: what version {version} of the rules says does not change. Give the change a new version.")
    file.write_text("".join(f"{line}\n" for line in answers(RULES[version])))


if __name__ == "__main__":
    main()
