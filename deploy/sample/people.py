"""The people of a sample who draw on care and support: who they are, how they are told things, and their plan."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from deploy.sample.asking import HOME, some_need, tasks_asked, times_asked, wishes
from deploy.sample.contacts import person_contact
from deploy.sample.council import Council
from deploy.sample.dice import Dice, sample_id
from deploy.sample.pas import chosen_name, habits
from deploy.sample.words import about_a_plan
from shared.vocabulary.rates import lowest_legal_rate
from shared.vocabulary.terms import Kind, label

Body = dict[str, Any]

SOURCE = "sample"


@dataclass(frozen=True)
class Person:
    person_id: UUID
    chosen_name: str
    plan: Body
    contact: Body
    wants_broker: bool
    family: tuple[str, ...] = ()
    """Names of family or friends whom they let in."""

    @property
    def account(self) -> Body:
        return {"account_id": str(self.person_id), "role": "person", "chosen_name": self.chosen_name}


def person(council: Council, seed: int, day: date, number: int) -> Person:
    dice = Dice(council.name, seed, "person", number)
    person_id = sample_id(council.name, seed, "person", number)
    community = dice.weighted(council.communities)
    woman = dice.chance(0.56)
    name = chosen_name(dice, community, woman)
    faith = dice.weighted(community.faiths)
    postcode = dice.weighted(council.sectors)
    need = some_need(dice)
    tasks = tasks_asked(dice, need)
    home = dice.each(HOME)
    interests = dice.some(list(habits()["interests"]), 0, 2)
    times = times_asked(dice, need)
    plan = plan_body(
        number,
        person_id,
        day,
        seed=seed,
        postcode=postcode,
        start_on=(day + timedelta(days=dice.between(7, 60))).isoformat() if dice.chance(0.6) else None,
        times=times,
        money=_money(dice, council, day, float(times["hours_per_week"])),
        tasks=[label(Kind.TASK, code) for code in tasks],
        home=[label(Kind.LIMIT, code) for code in home],
        wishes=wishes(dice, need, community, faith, woman, tasks, interests, home, day),
        few_people=dice.chance(0.7) if dice.chance(0.5) else None,
        confirmed_on=(day - timedelta(days=dice.between(0, 120))).isoformat(),
        own_words=about_a_plan(dice, interests),
        title=need["title"],
    )
    contact = person_contact(dice, council, number, str(person_id), name, community, postcode, day)
    return Person(person_id, name, plan, contact, wants_broker=dice.chance(0.58))


def plan_body(
    number: int,
    person_id: UUID,
    day: date,
    *,
    seed: int,
    postcode: str,
    times: Body,
    money: Body,
    tasks: list[str],
    wishes: list[Body],
    own_words: str,
    title: str,
    home: list[str] | None = None,
    start_on: str | None = None,
    few_people: bool | None = None,
    confirmed_on: str | None = None,
) -> Body:
    body = {
        "source": SOURCE,
        "source_id": f"{seed}-{number + 1:05d}",
        "source_version": 1,
        "person_ref": str(person_id),
        "postcode": postcode,
        "start_on": start_on,
        **times,
        **money,
        "tasks": tasks,
        "home": home or [],
        "wishes": wishes,
        "few_people": few_people,
        "confirmed_on": confirmed_on or day.isoformat(),
        "own_words": own_words,
        "title": title,
    }
    return {name: value for name, value in body.items() if value is not None}


def _money(dice: Dice, council: Council, day: date, hours: float) -> Body:
    """What most councils pay an hour is little above the lowest lawful rate; the budget leaves room for holiday pay."""
    lowest = lowest_legal_rate(day, "21_and_over")
    most = lowest + dice.weighted({29: 5, 79: 10, 129: 14, 179: 16, 229: 16, 300: 14, 429: 12, 600: 6})
    most += 110 if council.name == "tower-hamlets" else 0
    funding = dice.weighted({"direct_payment": 78, "managed": 9, "isf": 8, "self_funded": 5})
    said: Body = {"funding": funding}
    if dice.chance(0.9):
        said["most_rate"] = f"{most / 100:.2f}"
    if dice.chance(0.75):
        said["budget_per_week"] = f"{round(hours * most * 1.22) / 100:.2f}"
    return said
