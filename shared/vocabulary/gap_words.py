"""Says in plain English whom a gap is about: cells of a table, a title for a vacancy, and a sentence."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shared.vocabulary.languages import is_signed
from shared.vocabulary.terms import Kind, NoSuchTerm, label

FACETS = ("language", "area", "band", "practice", "skill")
BANDS = {
    "weekday_mornings": "weekday mornings",
    "weekday_afternoons": "weekday afternoons",
    "weekday_evenings": "weekday evenings",
    "weekend_days": "weekend days",
    "weekend_evenings": "weekend evenings",
    "nights": "nights",
}
KINDS = {"language": "language", "band": "time", "practice": "way of living", "skill": "skill"}
NOT_ASKED = {
    "language": "No language asked for",
    "area": "Area not known",
    "band": "No set times",
    "practice": "Nothing asked for",
    "skill": "No skill asked for",
}


@dataclass(frozen=True)
class Bound:
    """What a gap's people have in common by one facet: a value, or none of the values."""

    among: bool
    values: Sequence[str]
    """An empty text: not asked for."""


Bounds = Mapping[str, Bound]
"""By facet. A facet that is not there: anything."""


def cell(facet: str, bounds: Bounds) -> str:
    """'Sylheti', 'All but LE4 and LE5', 'No set times', 'Any'."""
    bound = bounds.get(facet)
    if bound is None:
        return "Any"
    if bound.among:
        return _capital(named(facet, bound.values[0])) if bound.values[0] else NOT_ASKED[facet]
    some = [named(facet, value) for value in bound.values if value]
    if "" not in bound.values:
        return f"All but {_listed(some)}"
    if facet == "area":
        return f"All but {_listed(some)}" if some else "Any"
    return f"Another {KINDS[facet]} than {_listed(some)}" if some else "Something asked for"


def named(facet: str, value: str) -> str:
    """A value's label. What is in no list of ours is shown as it is."""
    if facet == "area":
        return value
    if facet == "band":
        return BANDS.get(value, value)
    try:
        return label(Kind(facet), value)
    except NoSuchTerm:
        return value.replace("_", " ")


def title(bounds: Bounds) -> str:
    """For a vacancy: 'Personal assistants who speak Sylheti, in LE5, for weekend evenings'."""
    parts = [_language(bounds), _wanted("practice", bounds), _wanted("skill", bounds), _where(bounds), _when(bounds)]
    said = [part for part in parts if part]
    return "Personal assistants" + (f" {', '.join(said)}" if said else "")


def _language(bounds: Bounds) -> str:
    value = _one("language", bounds)
    if not value:
        return ""
    return f"who {'use' if is_signed(value) else 'speak'} {named('language', value)}"


def _wanted(facet: str, bounds: Bounds) -> str:
    value = _one(facet, bounds)
    if not value:
        return ""
    words = named(facet, value)
    words = words if words[1:2].isupper() else words[:1].lower() + words[1:]  # 'PEG feeding' keeps its capitals
    return f"{'at ease with' if facet == 'practice' else 'trained in'}: {words}"


def _where(bounds: Bounds) -> str:
    value = _one("area", bounds)
    return f"in {value}" if value else ""


def _when(bounds: Bounds) -> str:
    value = _one("band", bounds)
    return f"for {named('band', value)}" if value else ""


def _one(facet: str, bounds: Bounds) -> str:
    bound = bounds.get(facet)
    return bound.values[0] if bound is not None and bound.among else ""


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
