"""A whole list as it is kept, made from columns."""
from uuid import UUID

from services.matcher.domain.kernel.ranked import Ranked
from services.matcher.domain.placing import group_of
from services.matcher.domain.profile import ProfileId
from services.matcher.domain.rules import WHOLE
from services.matcher.domain.shortlist import Listed


def everybody(ranked: Ranked) -> tuple[Listed, ...]:
    """All in scope, best first: what the plain `everybody` makes of the same plan, people and day."""
    rows, compiled = ranked.order(), ranked.compiled
    if not len(rows):
        return ()
    view = ranked.view(rows)
    scores = ranked.scores(rows)
    covered, wanted = compiled.covering.of(view)[0].tolist(), compiled.covering.wanted
    columns = zip(
        ranked.ids(rows), ranked.held.plain["revision"][rows].tolist(), scores.tolist(), ranked.unmet(view),
        view.away_m(compiled.point).tolist(), covered, (-compiled.standing(scores)).tolist(), strict=True,
    )
    return tuple(
        Listed(
            ProfileId(UUID(bytes=one)), revision, score, unmet, away_m, done * WHOLE // wanted if wanted else None,
            (len(unmet), standing), group_of(len(unmet), compiled.rules.near_miss),
        )
        for one, revision, score, unmet, away_m, done, standing in columns
    )
