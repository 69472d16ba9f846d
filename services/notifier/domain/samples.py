"""Made-up facts for every message: what the gallery and `alongside preview` fill it with. Nobody real is in them."""
from datetime import datetime, timedelta

from services.notifier.domain.wording import CODED, Copy, FactCopy, Given
from shared.vocabulary.week import slot, to_hex

NAME = "Margaret Ellis"
ADDRESS = (NAME, "3 Heron House", "12 Sample Street", "LEICESTER", "LE5 3ZZ")
LINK_CODE, SHORT_CODE = "example", "4K7P29QX"

COUNTS = {"fitting": 3, "near": 17, "others": 214, "added": 2, "lost": 1, "sharing": 4}
WORDS = {"name": "Harpreet", "code": "402913", "area": "LE5", "where": "The café in the library",
         "organisation": "Leicester Support Brokers", "relation": "broker",
         "asked": "correct", "part": "plan", "reason": "right"}
CODES = {"language": "syl", "band": "weekend_evenings", "practice": "cooks_halal", "skill": "peg_feeding"}
LISTS = {"tasks": ["cooking", "going_out"], "scopes": ["see_shortlist", "ask_to_meet"]}
DAYS_AGO = {"asked_on": 3, "ended_on": 3, "told_on": 3, "confirmed_on": 90, "paused_on": 1}
QUARTERS = 42
WEEK = to_hex(slot(0, 32, 40) | slot(2, 32, 40) | slot(4, 32, 40) | slot(5, 68, 84))
PENCE = 1350


def given_for(copy: Copy, language: str, now: datetime) -> Given:
    return {fact.name: value_of(fact, now) for fact in copy.facts if has_words(fact, language)}


def has_words(fact: FactCopy, language: str) -> bool:
    """Labels of codes are English so far: elsewhere a fact that may be left out is left out."""
    return not fact.optional or fact.kind not in CODED | {"tasks"} or language.split("-")[0] == "en"


def value_of(fact: FactCopy, now: datetime) -> int | str | list[str]:
    """Raises KeyError for a fact that nobody made up anything for."""
    match fact.kind:
        case "count":
            return COUNTS[fact.name]
        case "hours":
            return QUARTERS
        case "week":
            return WEEK
        case "pay":
            return PENCE
        case "day":
            return (now + timedelta(days=-DAYS_AGO.get(fact.name, -30))).date().isoformat()
        case "moment":
            return (now + timedelta(days=3)).isoformat()
        case "tasks" | "scopes":
            return LISTS[fact.kind]
        case _ if fact.kind in CODED:
            return CODES[fact.kind]
        case _:
            return WORDS[fact.name]
