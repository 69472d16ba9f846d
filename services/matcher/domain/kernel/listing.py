"""A whole list as it is kept, made from columns."""
import numpy as np

from services.matcher.domain.kernel.ranked import Ranked
from services.matcher.domain.places import NO_TIMES, Places
from services.matcher.domain.rules import WHOLE


def everybody(ranked: Ranked) -> Places:
    """All in scope, best first: what the plain `everybody` makes of the same plan, people and day."""
    rows, compiled, plain = ranked.order(), ranked.compiled, ranked.held.plain
    view, wanted = ranked.view(rows), compiled.covering.wanted
    lacking, said = ranked.lacks(view)
    covered = compiled.covering.of(view)[0] * WHOLE // wanted if wanted else np.full(len(rows), NO_TIMES)
    return Places(
        said, compiled.rules.near_miss, compiled.rules.score_step, plain["profile_id"][rows], plain["revision"][rows],
        ranked.scores(rows), view.away_m(compiled.point), covered, lacking,
    )
