"""Says a what-if in plain English: 'If you could look up to about 5 miles away, 4 more people would fit.'"""
from collections.abc import Mapping, Sequence

from shared.vocabulary.reason_params import PLAIN_MODES, lower_first, miles, named
from shared.vocabulary.reasons import sentence
from shared.vocabulary.terms import Kind
from shared.vocabulary.what_if_words import IFS, IN_A_SENTENCE, KEEP, NAMING, WISHES

Step = tuple[str, Mapping[str, str | int]]
"""A code and what goes in it."""


def what_if(steps: Sequence[Step], more: int, fewer: int = 0) -> str:
    """One sentence for one step, or for two together. KeyError: a step has no words, or lacks what they need."""
    asked = ", and ".join(clause(code, params) for code, params in steps)
    keep = KEEP if any(code == "if_softer_lawful" for code, _ in steps) else ""
    return f"If {asked}, {_outcome(more, fewer)}.{keep}"


def clause(code: str, params: Mapping[str, str | int]) -> str:
    if code not in IFS:
        raise KeyError(f"no words for the step {code!r}: add it to what_if_words")
    return sentence(code, IFS, {**params, "wish": wish(params)} if "criterion" in params else params)


def wish(params: Mapping[str, str | int]) -> str:
    """What was wished for, in the middle of a sentence: 'speaks Somali or English', 'lives within about 3 miles'."""
    criterion = str(params["criterion"])
    codes = str(params.get(f"any_{criterion}", ""))
    if criterion == "place" and "within_m" in params:
        return f"lives within {miles(int(params['within_m']))}"
    if not codes:
        return WISHES.get(criterion, criterion)
    names = [named(Kind(criterion), code) for code in codes.split(",")]
    if criterion == "language":
        return f"{PLAIN_MODES.get(str(params.get('mode', 'spoken')), 'speak')}s {' or '.join(names)}"
    if criterion in IN_A_SENTENCE:
        names = [lower_first(name) for name in names]
    return NAMING[criterion].format(" or ".join(names))


def _outcome(more: int, fewer: int) -> str:
    gained = "1 more person would fit" if more == 1 else f"{more or 'no'} more people would fit"
    if not fewer:
        return gained
    lost = "1 person who fits now would not" if fewer == 1 else f"{fewer} people who fit now would not"
    return f"{gained}, {'but' if more else 'and'} {lost}"
