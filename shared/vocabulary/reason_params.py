"""What goes into a reason, in words: codes become labels, quarter-hours hours, metres miles, pence pounds, days dates.

    language, practice … (and lists of codes: tasks, limits)  ->  the label
    wanted_quarters: 40   ->  wanted: "10"
    distance_m: 5000      ->  distance: "about 3 miles"
    most_pence: 1271      ->  most: "£12.71"
    free_from_on: 2026-12-01  ->  free_from: "1 December 2026"
"""
from collections.abc import Mapping
from datetime import date

from shared.vocabulary.geography import METRES_PER_MILE
from shared.vocabulary.terms import Kind, NoSuchTerm, label

LEVELS = {
    "some": "a little", "gets_by": "well enough to get by", "fluent": "fluently", "mother_tongue": "as a mother tongue",
}
ASKED_LEVELS = {"some": "a little", "gets_by": "enough to get by", "fluent": "fluent", "mother_tongue": "a mother tongue"}
MODES = {"spoken": "Speaks", "read": "Reads", "signed": "Signs"}
PLAIN_MODES = {"spoken": "speak", "read": "read", "signed": "sign"}
TRAVEL = {"walk": "on foot", "bus": "by bus", "cycle": "by bike", "car": "by car"}
ONE_CODE = {kind.value: kind for kind in Kind} | {"related_language": Kind.LANGUAGE, "alike_interest": Kind.INTEREST}
MANY_CODES = {"tasks": Kind.TASK, "other_tasks": Kind.TASK, "limits": Kind.LIMIT}


def worded(params: Mapping[str, str | int]) -> dict[str, str | int]:
    """The parameters as they are, and beside them, or in their place, as people read them. What is not ours is left alone."""
    words: dict[str, str | int] = dict(params)
    for name, value in params.items():
        if name in ONE_CODE:
            words[name] = named(ONE_CODE[name], str(value))
        elif name in MANY_CODES:
            words[name] = listed([lower_first(named(MANY_CODES[name], code)) for code in str(value).split(",")])
        elif name == "level":
            words[name] = LEVELS.get(str(value), value)
        elif name == "asked_level":
            words[name] = ASKED_LEVELS.get(str(value), value)
        elif name == "mode":
            words[name], words["mode_plain"] = MODES.get(str(value), value), PLAIN_MODES.get(str(value), value)
        elif name == "travel":
            words[name] = TRAVEL.get(str(value), value)
        elif name.endswith("_quarters"):
            words[name.removesuffix("_quarters")] = hours(int(value))
        elif name.endswith("_m"):
            words[name.removesuffix("_m")] = miles(int(value))
        elif name.endswith("_pence"):
            words[name.removesuffix("_pence")] = money(int(value))
        elif name.endswith("_on"):
            words[name.removesuffix("_on")] = day(str(value))
    return words


def named(kind: Kind, code: str) -> str:
    try:
        return label(kind, code)
    except NoSuchTerm:  # a newer list than ours made this reason
        return code.replace("_", " ")


def lower_first(words: str) -> str:
    """For the middle of a sentence. 'PEG feeding' keeps its capitals."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def money(pence: int) -> str:
    """£12.71, £15.00; large round amounts, which are thresholds, without pence: £5,000."""
    whole, rest = divmod(pence, 100)
    return f"£{whole:,}" if whole >= 1_000 and not rest else f"£{whole:,}.{rest:02d}"


def hours(quarters: int) -> str:
    """40 -> '10', 41 -> '10.25'"""
    return f"{quarters / 4:g}"


def miles(metres: int) -> str:
    """Points are the middles of areas, so never more exact than a mile."""
    whole = round(metres / METRES_PER_MILE)
    if metres < METRES_PER_MILE * 0.75:
        return "less than a mile"
    return "about 1 mile" if whole == 1 else f"about {whole} miles"


def day(iso: str) -> str:
    on = date.fromisoformat(iso)
    return f"{on.day} {on:%B %Y}"
