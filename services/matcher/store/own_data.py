"""What the matcher holds about one party, for their own copy: for a person with the reasons, for a PA without others' plans."""
import json
from collections.abc import Mapping
from typing import Any

from services.matcher.store.places import unpacked
from services.matcher.store.statements import sql
from shared.messaging.own_data import Part
from shared.vocabulary import week

TIMES = ("week", "fixed", "window")
"""Times of the week, as the matcher's own facets write them: one whole number."""


def with_facets(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A PA who has gone has none."""
    kept = {name: value for name, value in row.items() if name != "facets"}
    return {**kept, **in_words(json.loads(row["facets"]))} if row["facets"] is not None else kept


def with_own_facets(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Of a job that several share, only the part that is theirs: what the others pay is the others'."""
    read = dict(with_facets(row))
    mine = str(read.pop("mine"))
    read["shares"] = [share for share in read.get("shares", ()) if share["person_id"] == mine]
    return read


def in_words(facets: Any) -> Any:
    match facets:
        case dict():
            return {
                name: week.in_words(int(value)) if name in TIMES and isinstance(value, int | str) else in_words(value)
                for name, value in facets.items() if name != "council"
            }  # fmt: skip
        case list():
            return [in_words(one) for one in facets]
        case _:
            return facets


def with_places(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Best first: who stands where, and in codes what they lack of what was asked for."""
    places = [
        {"pa": one.profile_id, "group": one.group.value, "millionths_that_fit": one.score, "lacks": one.codes}
        for one in unpacked(row)
    ]
    return {**{name: value for name, value in row.items() if name not in ("listed", "places")}, "places": places}


def with_own_answers(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """How it goes is told by each without the other: what the other said stays with the other."""
    stands, side = row["stands"], row["side"]
    offer = stands.get("offer")
    if offer:
        own = [one for one in offer.get("going", ()) if one["by"] == side]
        terms, times = offer["terms"], offer["terms"].get("times")
        said = {**terms, "times": week.in_words(week.from_hex(times))} if times else terms
        stands = {**stands, "offer": {**offer, "going": own, "terms": said}}
    return {**{name: value for name, value in row.items() if name != "side"}, "stands": stands}


OWN_DATA = {
    "profile": Part(sql.own_profile, with_facets),
    "profile_before": Part(sql.own_profile_before, with_facets),
    "how_you_stood": Part(sql.own_standing),
    "turns": Part(sql.own_turns),
    "plans": Part(sql.own_plans, with_own_facets),
    "plans_before": Part(sql.own_plans_before, with_own_facets),
    "lists": Part(sql.own_lists, with_places),
    "lists_told": Part(sql.own_lists_told),
    "lists_counted": Part(sql.own_counts),
    "introductions": Part(sql.own_introductions),
    "journeys": Part(sql.own_journeys, with_own_answers),
}
