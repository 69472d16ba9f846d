"""What a person asks of a list besides the list: every what-if with the best single step and the best pair."""
import statistics
import time

from benchmarks.ranking.asked import plans
from benchmarks.ranking.registers import Register
from benchmarks.ranking.said import DAY
from services.matcher.domain.kernel.index import Index
from services.matcher.domain.kernel.what_if import what_if as columnar
from services.matcher.domain.ranking import rank
from services.matcher.domain.what_if import what_if
from services.matcher.subscribers import known


def what_ifs(size: int, count: int = 3) -> dict[str, object]:
    """Milliseconds of the processor, medians over some plans; ratios to the ranking by the plain rules, and by the index."""
    lore, register = known(), Register("urban", size)
    profiles = list(register.profiles())
    index = Index(register.setting, lore, profiles)
    took: dict[str, list[float]] = {"what_ifs": [], "plain_ranking": [], "index_ranking": [], "index_what_ifs": []}
    for plan in plans(register, count):
        for name, ask in (
            ("what_ifs", lambda plan=plan: what_if(plan, profiles, DAY, lore)),
            ("plain_ranking", lambda plan=plan: rank(plan, profiles, DAY, lore)),
            ("index_ranking", lambda plan=plan: index.rank(plan, DAY).placements(0, 50)),
            ("index_what_ifs", lambda plan=plan: columnar(index.rank(plan, DAY))),
        ):
            began = time.process_time()
            ask()
            took[name].append((time.process_time() - began) * 1000)
    found = {name: statistics.median(some) for name, some in took.items()}
    return {
        "pas": size,
        **{f"{name}_ms": round(one, 2) for name, one in found.items()},
        "against_plain_ranking": round(found["what_ifs"] / found["plain_ranking"], 2),
        "index_against_index_ranking": round(found["index_what_ifs"] / found["index_ranking"], 2),
    }
