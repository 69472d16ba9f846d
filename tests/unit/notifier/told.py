"""A message of each kind, as the notifier would be given it."""
from datetime import UTC, datetime

from services.notifier.domain.contact import PartyKind
from services.notifier.domain.wording import Content, Given, Places, ReplyWays, compose
from services.notifier.renderers.catalogue import Catalogue
from services.notifier.renderers.press import names

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PLACES = Places("Alongside", "https://portal.example", "0116 496 0123", "help@example.org", "07700 900100")
REPLY = ReplyWays("https://portal.example/replies/n3ver-Gu3ssed-0123456789", "K7P4-M2QX")
GIVEN: Given = {
    "fitting": 3, "near": 17, "others": 214, "added": 29, "lost": 31, "hours": 42, "area": "LE5",
    "tasks": ["personal_care", "cooking"], "answer_by": "2026-11-26T18:30:00+00:00", "asked_on": "2026-11-19",
    "confirmed_on": "2026-08-20", "pauses_on": "2026-12-24", "paused_on": "2026-11-23", "take_until": "2026-12-12",
    "meet_at": "2026-12-03T14:00:00+00:00", "where": "By the door of the library",
    "until": "2027-05-31", "ended_on": "2026-11-23",
    "organisation": "Leicester Support Brokers", "relation": "broker", "asked": "correct", "part": "plan", "reason": "right",
    "told_on": "2026-11-23", "scopes": ["see_shortlist", "ask_to_meet"], "name": "Harpreet",
    "starts_on": "2027-01-11", "trial_until": "2027-02-07", "pay": 1350, "times": "0" * 8 + "f" * 2 + "0" * 158,
    "code": "402913", "sharing": 4,
    "language": "syl", "band": "weekend_evenings", "practice": "cooks_halal", "skill": "peg_feeding",
}


def content_of(
    words: Catalogue, about: str, audience: PartyKind, tag: str = "en", *, discreet: bool = False, given: Given | None = None
) -> Content:
    copy = words.copy(about, audience, tag)
    assert copy is not None
    return compose(
        copy, words.language(tag), {**GIVEN, **(given or {})}, address_as="Amina Warsame", places=PLACES, now=NOW, names=names,
        reply=REPLY if copy.reply else None, discreet=discreet,
    )


def english(words: Catalogue) -> list[Content]:
    return [content_of(words, about, audience) for about, audience, tag in words.copies if tag == "en"]
