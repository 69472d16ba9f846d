"""One profile against all open plans: whom it concerns. Against asking the other way: one plan against as many profiles."""
import statistics
import time
from dataclasses import replace
from itertools import islice

from benchmarks.ranking.asked import plans
from benchmarks.ranking.registers import Register
from benchmarks.ranking.said import DAY
from services.matcher.domain.kernel.index import Index
from services.matcher.domain.kernel.mirror import Mirror
from services.matcher.domain.placing import in_scope, place_one
from services.matcher.subscribers import known


def reverse(size: int, profiles: int = 5) -> dict[str, object]:
    """Milliseconds of the processor, medians. `plain`: each open plan looked at by the plain rules. `mirror`: the masks that
    find which plans a change of practices and hours can touch."""
    lore, register = known(), Register("urban", size)
    asked = plans(register, size)
    index = Index(register.setting, lore, register.profiles())
    some = list(islice((profile for profile in register.profiles() if profile.shown), profiles))
    mirror = Mirror(register.setting, lore)
    mirror.follow(asked)
    backward, forward, masks = [], [], []
    for nth, profile in enumerate(some):
        began = time.process_time()
        placed = [place_one(plan, profile, DAY, lore) for plan in asked if in_scope(plan, profile)]
        backward.append((time.process_time() - began) * 1000)
        assert len(placed) == size
        began = time.process_time()
        mirror.masks(profile, replace(profile, practices=(), week=profile.week ^ 0b1111))
        masks.append((time.process_time() - began) * 1000)
        began = time.process_time()
        ranked = index.rank(asked[nth], DAY)
        ranked.placements(0, 50)
        forward.append((time.process_time() - began) * 1000)
    return {
        "open_plans": size,
        "one_profile_plain_ms": round(statistics.median(backward), 2),
        "mirror_masks_ms": round(statistics.median(masks), 3),
        "one_plan_ms": round(statistics.median(forward), 2),
        "ratio": round(statistics.median(backward) / statistics.median(forward), 1),
    }
