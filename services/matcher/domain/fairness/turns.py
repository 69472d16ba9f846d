"""Whose turn it was on the first page of a list, and how much of a turn each of several equal people was due."""
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from services.matcher.domain.places import Listed
from services.matcher.domain.placing import Group
from services.matcher.domain.profile import ProfileId
from services.matcher.domain.rules import WHOLE

FIRST_PAGE = 10
"""How many a person sees before they ask for more."""


@dataclass(frozen=True)
class Turn:
    profile_id: ProfileId
    shown: bool
    due: int
    """Millionths of a turn. Equal people are due the same: the places left for them, shared."""


def turns(listed: Sequence[Listed], page: int = FIRST_PAGE) -> list[Turn]:
    """Of everybody with a place on the first page, and of everybody equal to the last of them: nobody after them is read.

    The first page is of those who fit; where nobody does, of those who nearly do.
    """
    found: list[Turn] = []
    of_page: Group | None = None
    for (group, _), equals in groupby(listed, key=lambda one: (one.group, one.standing)):
        places = page - sum(turn.shown for turn in found)
        if places <= 0 or group is Group.OTHERS or of_page not in (None, group):
            break
        of_page, those = group, list(equals)
        due = min(WHOLE, WHOLE * places // len(those))
        found += [Turn(one.profile_id, nth < places, due) for nth, one in enumerate(those)]
    return found
