"""One profile against all open plans: whom it concerns. Against asking the other way: one plan against as many profiles."""
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import islice

from benchmarks.ranking.asked import plans
from benchmarks.ranking.registers import Register
from benchmarks.ranking.said import DAY
from services.matcher.domain.kernel.index import Index
from services.matcher.domain.kernel.mirror import Mirror
from services.matcher.domain.kernel.turned.openings import Openings
from services.matcher.domain.placing import in_scope, place_one
from services.matcher.domain.plan import Plan
from services.matcher.domain.profile import Profile
from services.matcher.domain.standing import Tally
from services.matcher.subscribers import known

PLAIN_PLANS = 2_000
"""The plain rules are asked about no more, and their cost told for all."""


def reverse(size: int, profiles: int = 15) -> dict[str, object]:
    """Milliseconds of the processor, medians. `plain`: each open plan looked at by the plain rules, `tally`: all of them over
    columns (the answers are compared), `chances`: with the first 20 that fit, told. `mirror`: the masks that find which plans a
    change of practices and hours can touch."""
    lore, register = known(), Register("urban", size)
    asked = plans(register, size)
    some = list(islice((profile for profile in register.profiles() if profile.shown), profiles))
    index = Index(register.setting, lore, register.profiles())
    mirror, openings = Mirror(register.setting, lore), Openings(register.setting)
    mirror.follow(asked)
    openings.tally(asked, some[0], DAY, lore)
    spent: dict[str, list[float]] = {}
    for nth, profile in enumerate(some):
        plainly = _took(spent, "plain", partial(_plainly, asked[:PLAIN_PLANS], profile))
        assert Openings(register.setting).tally(asked[:PLAIN_PLANS], profile, DAY, lore) == plainly
        _took(spent, "tally", partial(openings.tally, asked, profile, DAY, lore))
        _took(spent, "chances", partial(openings.chances, asked, profile, DAY, lore, first=0, size=20))
        _took(spent, "mirror", partial(mirror.masks, profile, replace(profile, practices=(), week=profile.week ^ 0b1111)))
        _took(spent, "forward", partial(_best_50, index, asked[nth]))
    medians = {name: statistics.median(times) for name, times in spent.items()}
    medians["plain"] *= size / min(size, PLAIN_PLANS)
    return {
        "open_plans": size,
        "different_questions": len(openings.table.asks.asked),
        **{f"{name}_ms": round(took, 3) for name, took in medians.items()},
        "tally_to_forward": round(medians["tally"] / medians["forward"], 2),
        "plain_to_tally": round(medians["plain"] / medians["tally"], 1),
    }


def _plainly(asked: list[Plan], profile: Profile) -> Tally:
    tally, lore = Tally(), known()
    for plan in asked:
        if in_scope(plan, profile):
            placed = place_one(plan, profile, DAY, lore)
            tally.add(placed.group, placed.codes)
    return tally


def _best_50(index: Index, plan: Plan) -> object:
    return index.rank(plan, DAY).placements(0, 50)


def _took(spent: dict[str, list[float]], name: str, act: Callable[[], object]) -> object:
    began = time.process_time()
    found = act()
    spent.setdefault(name, []).append((time.process_time() - began) * 1000)
    return found
