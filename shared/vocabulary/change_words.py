"""What became of somebody on a list, and why, in plain English: 'Fits now, because the plan changed.'"""
from collections.abc import Sequence

from shared.vocabulary.reason_params import listed

WHAT: dict[str, str] = {
    "added": "Fits now",
    "lost": "Does not fit any more",
    "moved": "Is in another place now",
}
WHY: dict[str, str] = {
    "rules": "our way of putting people in order changed",
    "plan": "your plan changed",
    "profile": "their profile changed",
    "came": "they are new on the list",
    "left": "they are not on the list any more",
    "day": "what was true of them ran out or began with the day",
    "turn": "people who fit equally well take turns",
}


def change(what: str, why: Sequence[str]) -> str:
    """One sentence. KeyError: a code without words."""
    return f"{WHAT[what]}, because {listed([WHY[one] for one in why])}."
