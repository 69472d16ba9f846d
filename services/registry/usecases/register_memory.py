"""What the council's register said last time, so that reading it again leaves alone what the PA has changed since."""
import hashlib
import json
from collections.abc import Mapping
from typing import Any, cast

from services.registry.domain.consent import Facet
from services.registry.usecases.draft import Draft
from services.registry.usecases.said import ABOUT_THE_SAYING, Said
from shared.vocabulary.geography import UnknownArea, spot_of

ERASED = "erased"
"""The PA took this away: the register cannot bring it back."""
PAIRS = {"will_not_do": "tasks", "cannot_be_with": "fine_with"}
"""Read together, for one can take from the other."""


def news(draft: Draft, said: Said) -> Said:
    """The fields to take in. From a register: only those it says something else of than last time."""
    given: dict[str, Any] = {name: value for name, value in said.items() if name not in ABOUT_THE_SAYING}
    old: Mapping[str, str] = draft.before.said if draft.before else {}
    if not draft.by_register:
        erased = {facet.value: ERASED for facet in Facet if facet in given and given[facet] is None}
        if draft.before and erased:
            draft.changes["said"] = {**old, **erased}
        return cast(Said, given)
    for facet in Facet:
        if old.get(facet) == ERASED and given.pop(facet, None) is not None:
            draft.leave_out(facet, "The PA has removed this.")
    digests = {name: digest(name, value) for name, value in given.items()}
    fresh = {name for name in given if old.get(name) != digests[name]}
    for pair in PAIRS.items():
        if fresh & set(pair):
            fresh |= set(pair) & set(given)
    draft.changes["said"] = {**old, **digests}
    return cast(Said, {name: value for name, value in given.items() if name in fresh})


def digest(name: str, value: object) -> str:
    """Enough to see a change. Of a postcode only what we keep of it goes in: a digest of the whole could be guessed back."""
    if name == "postcode":
        try:
            spot = spot_of(str(value))
        except UnknownArea:
            return ""
        value = spot.sector or spot.outcode
    return hashlib.sha256(json.dumps(value, default=str, sort_keys=True).encode()).hexdigest()[:16]
