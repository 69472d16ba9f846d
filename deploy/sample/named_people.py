"""The people of the journeys: the first entries of every sample, the same in every council but for where they live."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from deploy.sample.asking import wish
from deploy.sample.contacts import contact, drama_number
from deploy.sample.council import Council
from deploy.sample.dice import Dice, sample_id
from deploy.sample.people import Person, plan_body
from deploy.sample.week import ALL, WEEKDAYS, WEEKEND, Piece, times
from shared.vocabulary.terms import Kind, label

Body = dict[str, Any]


def named_person(council: Council, seed: int, day: date, number: int) -> Person:
    """Person number `number` of the fixed ones."""
    name, wants_broker, family, ways, more, plan = _PEOPLE[number]
    dice = Dice(council.name, seed, "person", number)
    person_id = sample_id(council.name, seed, "person", number)
    body = plan_body(number, person_id, day, seed=seed, **plan(council, day))
    reach = (
        contact(dice, council, str(person_id), "person", name, ways, body["postcode"], day, phone=drama_number(20 + number))
        | more
    )
    return Person(person_id, name, body, reach, wants_broker=wants_broker, family=family)


def _faduma(council: Council, day: date) -> Body:
    why = "I am washed and dressed by this person. That is private, and I want a woman to do it."
    reason = {"why": why, "tasks": [_task("personal_care")], "until": (day + timedelta(days=365)).isoformat()}
    return {
        "postcode": council.named[0],
        "title": "My mornings",
        "own_words": "I speak Somali. I do not read. I pray five times a day. "
        "I want a Somali woman to help me wash and to cook our food.",
        "times": _week([(WEEKDAYS, ("08:00", "10:00"))]),
        "money": {"funding": "direct_payment", "most_rate": "14.50", "budget_per_week": "190.00"},
        "tasks": [_task("personal_care"), _task("cooking")],
        "wishes": [
            wish("language", "must", label(Kind.LANGUAGE, "so"), mode="spoken", level="fluent"),
            wish("sex", "must", label(Kind.SEX, "woman"), reason=reason),
            wish("practice", "must", label(Kind.PRACTICE, "cooks_halal")),
            wish("practice", "important", label(Kind.PRACTICE, "knows_prayer_times")),
            wish("times", "important", share=80),
            wish("limit", "nice"),
        ],
        "few_people": True,
    }


def _jamie(council: Council, day: date) -> Body:
    return {
        "postcode": council.named[2],
        "title": "Quiet company near home",
        "own_words": "I am autistic. Loud voices and bright lights hurt. Tell me first what will happen. Do not touch me. "
        "I like trains and games. I want to see the list before anybody who is paid to help me.",
        "times": _week([([1, 3], ("15:00", "18:00")), ([5], ("11:00", "15:00"))]),
        "money": {"funding": "direct_payment", "most_rate": "15.00", "budget_per_week": "185.00"},
        "tasks": [_task("going_out"), _task("companionship")],
        "wishes": [
            wish("skill", "must", label(Kind.SKILL, "autism_communication")),
            wish("skill", "important", label(Kind.SKILL, "sensory_needs")),
            wish("place", "important", within_miles="3"),
            wish("times", "important", share=60),
            wish("interest", "nice", label(Kind.INTEREST, "trains")),
            wish("interest", "nice", label(Kind.INTEREST, "gaming")),
            wish("hours", "nice"),
        ],
        "few_people": True,
    }


def _margaret(council: Council, day: date) -> Body:
    return {
        "postcode": council.named[1],
        "title": "My allotment and my week",
        "own_words": "I have had my allotment for 31 years. My eyes and my knees let me down now. "
        "I want somebody who knows a leek from a weed, on Tuesdays and Saturdays.",
        "times": _week([([1, 5], ("10:00", "13:00"))]),
        "money": {"funding": "direct_payment", "most_rate": "14.80", "budget_per_week": "110.00"},
        "tasks": [_task("going_out"), _task("shopping")],
        "home": [label(Kind.LIMIT, "dogs")],
        "wishes": [
            wish("interest", "important", label(Kind.INTEREST, "gardening")),
            wish("times", "must", share=100),
            wish("place", "nice", within_miles="5"),
            wish("limit", "important"),
        ],
    }


def _housemate(title: str, own_words: str, days: list[int], hobby: str) -> Callable[[Council, date], Body]:
    """Four people who share a house and would like to share a PA's week between them."""

    def plan(council: Council, day: date) -> Body:
        return {
            "postcode": council.named[3],
            "title": title,
            "own_words": own_words,
            "times": _week([(days, ("10:00", "15:00"))]),
            "money": {"funding": "isf", "most_rate": "14.20"},
            "tasks": [_task("going_out"), _task("cooking")],
            "wishes": [
                wish("skill", "important", label(Kind.SKILL, "learning_disability")),
                wish("interest", "nice", label(Kind.INTEREST, hobby)),
                wish("times", "important", share=80),
            ],
            "few_people": True,
        }

    return plan


def _rashid(council: Council, day: date) -> Body:
    return {
        "postcode": council.named[2],
        "title": "Round the clock",
        "own_words": "I need somebody with me all day and all night. "
        "I want a small team who know me well, not a stream of strangers.",
        "times": _week([(ALL, ("07:00", "23:00"))]) | {"sleep_ins": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]},
        "money": {"funding": "direct_payment", "most_rate": "16.00"},
        "tasks": [_task("personal_care"), _task("moving_and_handling"), _task("going_out")],
        "home": [label(Kind.LIMIT, "lifting")],
        "wishes": [
            wish("skill", "must", label(Kind.SKILL, "wheelchair")),
            wish("skill", "important", label(Kind.SKILL, "moving_and_handling")),
            wish("language", "nice", label(Kind.LANGUAGE, "ur"), mode="spoken"),
            wish("times", "important", share=40),
            wish("hours", "nice"),
        ],
        "few_people": True,
    }


def _hasina(council: Council, day: date) -> Body:
    return {
        "postcode": council.named[0],
        "title": "My weekend evenings",
        "own_words": "I speak Sylheti and a little English. My daughter works at weekends. "
        "I want somebody I can talk to in the evening.",
        "times": _week([(WEEKEND, ("17:00", "21:00"))]),
        "money": {"funding": "direct_payment", "most_rate": "14.00", "budget_per_week": "140.00"},
        "tasks": [_task("cooking"), _task("companionship")],
        "wishes": [
            wish("language", "must", label(Kind.LANGUAGE, "syl"), mode="spoken", or_else=[label(Kind.LANGUAGE, "bn")]),
            wish("times", "must", share=100),
            wish("place", "must", within_miles="5"),
            wish("practice", "important", label(Kind.PRACTICE, "cooks_halal")),
        ],
    }


def _week(pieces: Sequence[Piece]) -> Body:
    asked = times(pieces)
    return {"times": asked.words, "hours_per_week": f"{asked.hours:g}"}


def _task(code: str) -> str:
    return label(Kind.TASK, code)


def _way(method: str, form: str, language: str = "en", **more: int) -> Body:
    return {"method": method, "format": form, "language": language, **more}


# name, wants a broker, family let in, ways to be told, rules, plan
_PEOPLE: tuple[tuple[str, bool, tuple[str, ...], list[Body], Body, Callable[[Council, date], Body]], ...] = (
    # There is no Somali voice for the machine to speak with, so this must become a phone call by a person.
    (
        "Faduma Warsame",
        True,
        ("Hodan Warsame",),
        [_way("text", "audio", "so"), _way("phone", "verbal", "so")],
        {"never": ["letter"]},
        _faduma,
    ),
    ("Jamie Holt", True, ("Karen Holt", "Steve Holt"), [_way("email", "plain")], {}, _jamie),
    (
        "Margaret Ellis",
        False,
        (),
        [_way("letter", "large_print", point_size=24)],
        {"never": ["text", "email", "phone"]},
        _margaret,
    ),
    (
        "Dev Patel",
        True,
        (),
        [_way("text", "plain")],
        {},
        _housemate("My Mondays", "I live with my friends Carol, Sam and Tunde. I love cricket.", [0], "cricket"),
    ),
    (
        "Carol Webb",
        True,
        (),
        [_way("email", "audio")],
        {},
        _housemate(
            "My Tuesdays",
            "I live with Dev, Sam and Tunde. I like to bake. I like to hear my letters, not read them.",
            [1],
            "baking",
        ),
    ),
    (
        "Sam Price",
        True,
        (),
        [_way("letter", "easy_read"), _way("visit", "verbal")],
        {},
        _housemate("My Wednesdays", "I live with Dev, Carol and Tunde. I go swimming.", [2], "swimming"),
    ),
    (
        "Tunde Okafor",
        True,
        (),
        [_way("phone", "verbal")],
        {},
        _housemate("My Thursdays", "I live with Dev, Carol and Sam. Music is my thing.", [3], "music"),
    ),
    ("Rashid Mahmood", True, ("Nadia Mahmood",), [_way("email", "large_print", point_size=18)], {}, _rashid),
    (
        "Hasina Begum",
        True,
        ("Farzana Begum",),
        [_way("phone", "verbal", "syl")],
        {"quiet_from": "19:00", "quiet_to": "09:00"},
        _hasina,
    ),
    (
        "Bethan Pryce",
        False,
        (),
        [_way("letter", "braille", "en")],
        {},
        _housemate("My Fridays", "I read with my fingers. I would like company for the choir.", [4], "music"),
    ),
)

NAMED_PEOPLE = len(_PEOPLE)
