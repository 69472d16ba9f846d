"""The personal assistants of a sample: who they are, what they can do, when, where and for how much."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from deploy.sample.contacts import pa_contact
from deploy.sample.council import Community, Council, names
from deploy.sample.dice import Dice, sample_id
from deploy.sample.week import Times, times_to_work
from deploy.sample.words import about_a_pa
from shared.vocabulary.rates import lowest_legal_rate

Body = dict[str, Any]
"""The JSON of one request, or of one item in a bulk request."""


@dataclass(frozen=True)
class Pa:
    profile_id: UUID
    chosen_name: str
    profile: Body
    contact: Body
    times: Times

    @property
    def account(self) -> Body:
        return {"account_id": str(self.profile_id), "role": "pa", "chosen_name": self.chosen_name}


@cache
def habits() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("habits.toml").read_text(encoding="utf-8"))


def pa(council: Council, seed: int, day: date, number: int) -> Pa:
    """PA number `number`, the same whatever the size of the sample."""
    dice = Dice(council.name, seed, "pa", number)
    profile_id = sample_id(council.name, seed, "pa", number)
    community = dice.weighted(council.communities)
    woman = dice.chance(0.79)
    name = chosen_name(dice, community, woman)
    faith = dice.weighted(community.faiths)
    travel = dice.weighted(council.travel)
    times = times_to_work(dice)
    interests = dice.each(habits()["interests"])
    state: Body = {"state": "paused"} if dice.chance(0.03) else {}
    if not state and dice.chance(0.04):
        state = {"state": "soon", "free_from": (day + timedelta(days=dice.between(7, 60))).isoformat()}
    profile: Body = {
        "profile_id": str(profile_id),
        "ref": pa_ref(seed, number),
        "chosen_name": name,
        "about_me": about_a_pa(dice, interests),
        "postcode": dice.weighted(council.sectors),
        "travel": travel,
        **_reach(dice, council, travel),
        "languages": languages(dice, council, community),
        "practices": _practices(dice, faith, community.culture),
        "skills": _skills(dice, day),
        **_tasks(dice),
        "interests": interests,
        **_limits(dice),
        **_own(dice, faith, community.culture, woman),
        "availability": times.slots,
        **_terms(dice, council, day, times),
        **state,
        "confirmed_on": _confirmed(dice, day).isoformat(),
    }
    return Pa(profile_id, name, profile, pa_contact(dice, council, number, profile, day), times)


def pa_ref(seed: int, number: int) -> str:
    """The council's own reference: another seed's people are other people."""
    return f"PA-{seed}-{number + 1:05d}"


def chosen_name(dice: Dice, community: Community, woman: bool) -> str:
    lists = names(community.names)
    given, family = dice.pick(lists.women if woman else lists.men), dice.pick(lists.family)
    return given if dice.chance(0.15) else f"{given} {family}"


def languages(dice: Dice, council: Council, community: Community) -> list[Body]:
    """Mother tongue first. Somebody may speak a language and not read it: Sylheti and Somali are often only spoken."""
    said: list[Body] = []
    for place, (tag, share) in enumerate(community.languages.items()):
        if dice.chance(share):
            spoken = "mother_tongue" if not said else dice.weighted({"fluent": 5, "gets_by": 4, "some": 1})
            reads = "fluent" if place == 0 and dice.chance(0.7) else dice.weighted({"gets_by": 4, "some": 3, "": 3})
            said.append({"tag": tag, "spoken": spoken, **({"read": reads} if reads and tag != "syl" else {})})
    if not any(language["tag"] == "en" for language in said) and (not said or dice.chance(community.english)):
        level = "fluent" if community.english_level == "fluent" else dice.weighted({"fluent": 62, "gets_by": 29, "some": 9})
        said.append({"tag": "en", "spoken": level, "read": level})
    if dice.chance(0.025):
        said.append({"tag": "bfi", "signed": dice.weighted({"some": 5, "gets_by": 3, "fluent": 2})})
    if len(said) == 1 and dice.chance(0.06):  # learnt from neighbours, a partner, a job
        other = next(iter(dice.weighted(council.communities).languages))
        if all(language["tag"] != other for language in said):
            said.append({"tag": other, "spoken": dice.weighted({"some": 6, "gets_by": 3})})
    return said


def _reach(dice: Dice, council: Council, travel: str) -> Body:
    if dice.chance(0.35):
        return {}
    furthest = {"walk": (1, 2), "bus": (3, 7), "cycle": (2, 6), "car": (4, 12)}[travel]
    further = 2 if council.setting == "rural" and travel == "car" else 1
    return {"furthest_miles": dice.between(*furthest) * further}


def _practices(dice: Dice, faith: str, culture: str) -> list[str]:
    known = habits()
    shares = known["practices"] | known["practices_by_culture"].get(culture, {}) | known["practices_by_faith"].get(faith, {})
    return dice.each(shares)


def _skills(dice: Dice, day: date) -> list[str | Body]:
    """Training that runs out carries its last day; about one in eight has run out and was not renewed."""
    had: list[str | Body] = []
    for code, (share, months) in habits()["skills"].items():
        if dice.chance(share):
            until = day + timedelta(days=dice.between(-60, 365) if months == 12 else dice.between(-100, months * 30))
            had.append({"code": code, "until": until.isoformat()} if months else code)
    return had


def _tasks(dice: Dice) -> Body:
    does, will_not = [], []
    for code, (share, refuses) in habits()["tasks"].items():
        mark = dice.between(1, 1000)
        if mark <= share * 1000:
            does.append(code)
        elif mark > 1000 - refuses * 1000:
            will_not.append(code)
    return {"tasks": does, "will_not_do": will_not}


def _limits(dice: Dice) -> Body:
    fine, cannot = [], []
    for code, (share, refuses) in habits()["limits"].items():
        mark = dice.between(1, 1000)
        if mark <= share * 1000:
            fine.append(code)
        elif mark > 1000 - refuses * 1000:
            cannot.append(code)
    return {"fine_with": fine, "cannot_be_with": cannot, "smokes": dice.chance(0.11)}


def _own(dice: Dice, faith: str, culture: str, woman: bool) -> Body:
    """What a PA says of themselves. Many say nothing; some say it and do not let it be used for matching."""
    said: Body = {}
    if dice.chance(0.45) and faith != "no_religion":
        said["faith"] = faith
    if dice.chance(0.35):
        said["culture"] = culture
    if dice.chance(0.62):
        said["sex"] = "woman" if woman else "man"
    return {**said, "consents": [facet for facet in said if dice.chance(0.74)]}


def _terms(dice: Dice, council: Council, day: date, times: Times) -> Body:
    age_band = dice.weighted({"21_and_over": 92, "18_to_20": 6, "": 2})
    lowest = lowest_legal_rate(day, age_band or "21_and_over")
    above = dice.weighted({0: 26, 29: 14, 50: 12, 79: 12, 129: 12, 179: 9, 229: 7, 300: 4, 429: 3, 550: 1})
    london = 110 if council.name == "tower-hamlets" else 0
    most = max(4, min(48, round(times.hours * dice.weighted({0.4: 3, 0.6: 4, 0.8: 4, 1.0: 3}))))
    said: Body = {"hours_least": dice.weighted({0: 3, 2: 2, 4: 3, 8: 2, 10: 1}), "hours_most": most}
    said["hours_least"] = min(said["hours_least"], most)
    if dice.chance(0.94):
        said["rate"] = f"{(lowest + above + london) / 100:.2f}"
    if age_band:
        said["age_band"] = age_band
    if sleep_ins := dice.weighted({"yes": 22, "no": 58, "": 20}):
        said["sleep_ins"] = sleep_ins == "yes"
    if dice.chance(0.7):
        said["short_notice"] = dice.chance(0.3)
    if dice.chance(0.6):
        said["few_people"] = dice.chance(0.55)
    if dice.chance(0.85):
        said["employment"] = dice.weighted({"employed": 62, "self_employed": 16, "either": 22})
    if dice.chance(0.16):
        first = day + timedelta(days=dice.between(3, 90))
        said["away"] = [{"first": first.isoformat(), "last": (first + timedelta(days=dice.between(2, 20))).isoformat()}]
    return said


def _confirmed(dice: Dice, day: date) -> date:
    return day - timedelta(days=dice.between(0, 80) if dice.chance(0.9) else dice.between(81, 170))
