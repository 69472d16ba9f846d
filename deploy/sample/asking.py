"""What a person of a sample asks for: times, tasks, what their home is like, and their wishes with how much each matters."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from deploy.sample.council import Community
from deploy.sample.dice import Dice
from deploy.sample.pas import habits
from deploy.sample.week import ALL, WEEKDAYS, WEEKEND, Piece, times
from shared.vocabulary.terms import Kind, label

Body = dict[str, Any]

HOME = {"dogs": 0.17, "cats": 0.19, "smoke": 0.14, "stairs": 0.24, "lifting": 0.10}


@cache
def needs() -> Sequence[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = tomllib.loads(Path(__file__).with_name("needs.toml").read_text(encoding="utf-8"))["needs"]
    return found


def some_need(dice: Dice) -> Mapping[str, Any]:
    return needs()[dice.weighted({place: need["share"] for place, need in enumerate(needs())})]


def times_asked(dice: Dice, need: Mapping[str, Any]) -> Body:
    """Fixed times in words, or so many hours within a window; and the hours a week they come to."""
    habit = dice.weighted(need["times"])
    least, most = int(need["hours"][0]), int(need["hours"][1])
    if habit == "flexible":
        hours = dice.between(least, min(most, 14))
        window = dice.pick(("weekday afternoons", "Mon-Fri daytimes", "any time at weekends", "Mon-Sat mornings"))
        return {"flexible": [{"hours": str(hours), "window": window, "at_least_hours": "2"}], "hours_per_week": str(hours)}
    asked = times(_pieces(dice, habit))
    sleep_ins = {"sleep_ins": ["fri", "sat"]} if habit == "nights" and dice.chance(0.4) else {}
    return {"times": asked.words, **sleep_ins, "hours_per_week": f"{min(asked.hours, most):g}"}


def _pieces(dice: Dice, habit: str) -> Sequence[Piece]:
    match habit:
        case "every morning":
            return [(ALL, dice.pick((("07:00", "09:00"), ("08:00", "10:00"), ("07:30", "09:00"))))]
        case "weekday mornings":
            return [(WEEKDAYS, dice.pick((("08:00", "10:00"), ("09:00", "12:00"), ("07:30", "10:00"))))]
        case "morning and teatime":
            return [(ALL, ("07:30", "09:00")), (ALL, dice.pick((("17:00", "18:30"), ("18:00", "20:00"))))]
        case "two days":
            return [(sorted(dice.some(ALL, 2, 2)), dice.pick((("10:00", "13:00"), ("10:00", "14:00"), ("13:00", "17:00"))))]
        case "weekdays":
            return [(WEEKDAYS, dice.pick((("09:00", "15:00"), ("10:00", "16:00"))))]
        case "weekends":
            return [(WEEKEND, dice.pick((("10:00", "16:00"), ("11:00", "18:00"))))]
        case "evenings":
            return [(sorted(dice.some(ALL, 3, 5)), ("18:00", "21:00"))]
        case _:
            return [(sorted(dice.some(ALL, 2, 3)), ("22:00", "07:00"))]


def tasks_asked(dice: Dice, need: Mapping[str, Any]) -> list[str]:
    return dice.each(need["tasks"]) or [next(iter(need["tasks"]))]


def wishes(
    dice: Dice,
    need: Mapping[str, Any],
    community: Community,
    faith: str,
    woman: bool,
    tasks: Sequence[str],
    interests: Sequence[str],
    home: Sequence[str],
    day: date,
) -> list[Body]:
    asked = [
        *_language(dice, community),
        *_practices(dice, faith, community.culture),
        *_own_facts(dice, faith, woman, tasks, day),
        *(wish("skill", _strength(dice, must=0.45), _named(Kind.SKILL, skill)) for skill in dice.each(need["skills"])),
        *(
            wish("interest", dice.weighted({"nice": 6, "important": 4}), _named(Kind.INTEREST, interest))
            for interest in interests
        ),
    ]
    if dice.chance(0.92):
        share = dice.weighted({0: 3, 80: 3, 60: 1})
        strength = dice.weighted({"must": 4, "important": 5, "nice": 1})  # when somebody comes is seldom a detail
        asked.append(wish("times", strength, share=share) if share else wish("times", strength))
    if dice.chance(0.30):
        asked.append(wish("place", _strength(dice, must=0.30), within_miles=str(dice.pick((2, 3, 5, 8)))))
    if dice.chance(0.42):
        asked.append(wish("pay", _strength(dice, must=0.45)))
    if home and dice.chance(0.85):
        asked.append(wish("limit", _strength(dice, must=0.35)))
    if dice.chance(0.22):
        asked.append(wish("hours", "nice"))
    return asked


def wish(criterion: str, strength: str, value: str | None = None, **more: Any) -> Body:
    return {"criterion": criterion, "strength": strength, **({"value": value} if value else {}), **more}


def _language(dice: Dice, community: Community) -> list[Body]:
    own = [tag for tag in community.languages if tag != "en"]
    if not own or not dice.chance(0.62):
        return []
    others = [_named(Kind.LANGUAGE, tag) for tag in own[1:2] if dice.chance(0.5)]
    level = dice.weighted({"": 7, "gets_by": 2, "mother_tongue": 1})
    more = ({"or_else": others} if others else {}) | ({"level": level} if level else {})
    return [wish("language", _strength(dice, must=0.42), _named(Kind.LANGUAGE, own[0]), mode="spoken", **more)]


def _practices(dice: Dice, faith: str, culture: str) -> list[Body]:
    """Asked for by what is done, far more often than by what somebody is."""
    known = habits()
    usual = known["practices_by_culture"].get(culture, {}) | known["practices_by_faith"].get(faith, {})
    wanted = [practice for practice, share in usual.items() if dice.chance(share * 0.5)]
    return [wish("practice", _strength(dice, must=0.30), _named(Kind.PRACTICE, practice)) for practice in wanted[:3]]


def _own_facts(dice: Dice, faith: str, woman: bool, tasks: Sequence[str], day: date) -> list[Body]:
    said = []
    if "personal_care" in tasks and dice.chance(0.40 if woman else 0.16):
        reason = {
            "why": "I am washed and dressed by this person. That is private and I want a "
            + ("woman" if woman else "man")
            + " to do it.",
            "tasks": [_named(Kind.TASK, "personal_care")],
            "until": (day + timedelta(days=365)).isoformat(),
        }
        same = _named(Kind.SEX, "woman" if woman else "man")
        said.append(wish("sex", "must", same, reason=reason) if dice.chance(0.55) else wish("sex", "important", same))
    if faith not in ("no_religion", "another") and dice.chance(0.05):
        said.append(wish("faith", "nice", _named(Kind.FAITH, faith)))
    return said


def _strength(dice: Dice, *, must: float) -> str:
    return "must" if dice.chance(must) else dice.weighted({"important": 6, "nice": 4})


def _named(kind: Kind, code: str) -> str:
    return label(kind, code)
