"""How each field is taken in: one small function for each, in one table."""
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from services.registry.domain.claims import FIELDS, SMOKES, said_again
from services.registry.domain.consent import Facet, agree_to, consented
from services.registry.domain.values import Area, Claim, Days
from services.registry.usecases import speaking, words
from services.registry.usecases.draft import Draft
from services.registry.usecases.register_memory import PAIRS
from services.registry.usecases.said import AwaySaid, Languages, Said, Things, Times
from shared.vocabulary.geography import METRES_PER_MILE, UnknownArea, spot_of


def take(draft: Draft, said: Said) -> None:
    """Every field said, in the order of the table."""
    for name, reader in READERS.items():
        if name in said:
            reader(draft, said[name])  # type: ignore[literal-required]


def as_it_is(attribute: str, draft: Draft, value: object) -> None:
    draft.changes[attribute] = value.strip() or None if isinstance(value, str) and type(value) is str else value


def postcode(draft: Draft, typed: str) -> None:
    try:
        spot = spot_of(typed)
    except UnknownArea as unknown:
        near = f" Did you mean {' or '.join(unknown.suggestions)}?" if unknown.suggestions else ""
        draft.refuse(
            "postcode", "We do not know this area.", f"Check the first part of the postcode. It looks like LE5 or LE5 3.{near}"
        )
    else:
        draft.changes["area"] = Area(spot.sector or spot.outcode, spot.outcode, spot.east_m, spot.north_m)


def furthest(draft: Draft, miles: Decimal | None) -> None:
    draft.changes["furthest_m"] = None if miles is None else round(float(miles) * METRES_PER_MILE)


def languages(draft: Draft, said: Languages) -> None:
    typed = {replace(skill, typed=None): skill for skill in draft.before.languages} if draft.before else {}
    draft.changes["languages"] = tuple(typed.get(skill, skill) for skill in speaking.languages(draft.reading, said))
    draft.close_questions("languages")


def claims(field: str, draft: Draft, things: Things) -> None:
    goes = FIELDS[field]
    found = words.claims(draft.reading, field, things)
    positive = PAIRS.get(field)
    if positive in draft.said_again:
        had = {claim.code for claim in draft.claims(goes.to) if claim.has}
        found = tuple(both_ways(draft, field, claim) if claim.code in had else claim for claim in found)
    draft.changes[goes.to] = said_again(draft.claims(goes.to), field, found)
    draft.close_questions(field)


def both_ways(draft: Draft, field: str, claim: Claim) -> Claim:
    """Said to be done and not to be done: 'not' is the safer one to keep until the PA says which."""
    typed = claim.typed or claim.code
    draft.reading.ask(field, typed, (claim.code,), code=claim.code)
    return Claim(claim.code, False, claim.until, False, typed)


def smokes(draft: Draft, has: bool | None) -> None:
    own = () if has is None else (Claim(SMOKES, has),)
    draft.changes["limits"] = said_again(draft.claims("limits"), SMOKES, own)


def own(facet: str, draft: Draft, typed: str | None) -> None:
    draft.said_again.add(facet)
    draft.changes[facet] = words.own(draft.reading, facet, typed)


def consents(draft: Draft, facets: Sequence[Facet] | None) -> None:
    wanted = frozenset(facets or ())
    before = draft.before.consents if draft.before else ()
    if draft.by_register:
        taken_back = frozenset(consent.facet for consent in before) - consented(before)
        for facet in sorted(wanted & taken_back):
            draft.leave_out("consents", f"The PA took back their consent to tell their {facet}.")
        wanted -= taken_back
    draft.changes["consents"] = agree_to(before, wanted, how=draft.how, now=draft.now)


def availability(draft: Draft, times: Times) -> None:
    week = words.times(draft.reading, times)
    if draft.before and week == draft.before.week and not isinstance(times, str):
        return  # the same times as slots: the words for them still hold
    draft.said_again.add("availability")
    draft.changes["week"] = week
    typed = dict(draft.before.typed) if draft.before else {}
    typed.pop("availability", None)
    draft.changes["typed"] = {**typed, "availability": times} if times and isinstance(times, str) else typed


def away(draft: Draft, spans: Sequence[AwaySaid] | None) -> None:
    draft.changes["away"] = tuple(sorted(Days(span["first"], span["last"]) for span in spans or ()))


def hours(attribute: str, draft: Draft, wanted: Decimal | None) -> None:
    draft.changes[attribute] = None if wanted is None else round(wanted * 4)


def rate(draft: Draft, pounds: Decimal | None) -> None:
    draft.changes["least_rate"] = None if pounds is None else round(pounds * 100)


AS_IT_IS = ("chosen_name", "about_me", "travel", "sleep_ins", "short_notice", "few_people", "age_band", "employment", "state",
            "free_from", "confirmed_on")  # fmt: skip

READERS: dict[str, Callable[[Draft, Any], None]] = {
    **{name: partial(as_it_is, name) for name in AS_IT_IS},
    "postcode": postcode,
    "furthest_miles": furthest,
    "languages": languages,
    **{name: partial(claims, name) for name in FIELDS},
    SMOKES: smokes,
    **{facet.value: partial(own, facet.value) for facet in Facet},
    "consents": consents,
    "availability": availability,
    "away": away,
    "hours_least": partial(hours, "least"),
    "hours_most": partial(hours, "most"),
    "rate": rate,
}
