"""A ranked register as JSON, and the words that both JSON and the screen use."""

from collections.abc import Sequence
from typing import Any

from deploy.cli.offline import Ranked
from services.matcher.api.costs import cost_out
from services.matcher.domain.finding import Reason
from services.matcher.domain.placing import Group, Placement
from services.matcher.domain.what_if import Outcome, WhatIf
from shared.vocabulary import what_ifs
from shared.vocabulary.reasons import english


def as_told(ranked: Ranked, groups: Sequence[Group], found: WhatIf | None) -> dict[str, Any]:
    """The counts are of everybody; the items of the groups asked for."""
    ranking = ranked.ranking
    return {
        "counts": {group.value: len(ranking.of(group)) for group in Group} | {"in_scope": len(ranking.placements)},
        "asked": [
            {"field": one.field, "typed": one.typed, "suggestions": [near.label for near in one.suggestions]}
            for one in ranked.asked
        ],
        "refused": [
            {
                "row": row.number,
                "errors": [
                    {"field": one.field, "column": column, "problem": one.problem, "remedy": one.remedy}
                    for column, one in row.faults
                ],
            }
            for row in ranked.refused
        ],
        "columns_not_read": list(ranked.not_read),
        "items": [
            _item(rank, one, ranked)
            for rank, one in enumerate(ranking.placements, start=1)
            if one.group in groups
        ],
    } | ({"what_if": _wondered(found)} if found else {})


def _wondered(found: WhatIf) -> dict[str, Any]:
    return {
        "singles": [_outcome(one) for one in found.singles],
        "best": _outcome(found.best) if found.best else None,
        "best_pair": _outcome(found.best_pair) if found.best_pair else None,
    }


def _outcome(one: Outcome) -> dict[str, Any]:
    return {"steps": [step.kind.value for step in one.steps], "more": one.more, "fewer": one.fewer, "text": in_words(one)}


def in_words(one: Outcome) -> str:
    return what_ifs.what_if([(step.kind.value, dict(step.params)) for step in one.steps], one.more, one.fewer)


def _item(rank: int, placement: Placement, ranked: Ranked) -> dict[str, Any]:
    quote = ranked.quotes[placement.profile_id]
    return {
        "rank": rank,
        "name": ranked.names[placement.profile_id],
        "profile_id": str(placement.profile_id),
        "group": placement.group.value,
        "score": placement.score,
        "distance_m": placement.distance_m,
        "coverage": placement.coverage,
        "cost": cost_out(quote).model_dump(mode="json") if quote else None,
        "unmet": [_reason(one) for one in placement.unmet],
        "reasons": [_reason(one) for one in placement.reasons],
    }


def _reason(one: Reason) -> dict[str, str]:
    return {
        "criterion": one.criterion.value,
        "strength": one.strength.value,
        "code": one.code,
        "met": one.met.value,
        "text": said(one),
    }


def said(reason: Reason) -> str:
    return english(reason.code, dict(reason.params))
