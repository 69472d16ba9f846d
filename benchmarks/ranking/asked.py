"""Plans to rank a register for: only what every engine can say in whole numbers, so without flexible hours and sleep-ins.

Left out: interests (what counts as one another), faith, culture and sex, wishes for several practices in one, flexible hours,
sleep-ins and days away. All else of the rules is here, with the sample's own shares of what people ask for.
"""
from collections.abc import Mapping, Sequence
from uuid import UUID, uuid5

from benchmarks.ranking.registers import Register, spots
from benchmarks.ranking.said import DAY
from deploy.sample.asking import HOME, some_need, tasks_asked
from deploy.sample.council import Community
from deploy.sample.dice import Dice
from deploy.sample.pas import habits
from deploy.sample.week import ALL, DAYS, WEEKDAYS, WEEKEND, Piece, times
from services.matcher.domain import week
from services.matcher.domain.plan import Criterion, PersonId, Plan, PlanId, PlanState, Strength, Wish
from services.matcher.domain.profile import Level
from shared.vocabulary.rates import lowest_legal_rate

_IDS = UUID("5d0f3a52-0f4c-5d0e-8f11-bd3d6a7c0012")
MILE_M = 1609
MUST_OFTEN: Mapping[str, float] = {"must": 45, "important": 35, "nice": 20}
MUST_SELDOM: Mapping[str, float] = {"must": 25, "important": 45, "nice": 30}


def plans(register: Register, count: int) -> list[Plan]:
    return [_plan(register, number) for number in range(count)]


def _plan(register: Register, number: int) -> Plan:
    dice = Dice(register.setting, register.seed, "asked", number)
    need, community = some_need(dice), dice.weighted(register.facts.communities)
    tasks = tuple(tasks_asked(dice, need))
    fixed = _times(dice)
    home = tuple(dice.each(HOME))
    wishes = [
        *_language(dice, community),
        *_claimed(dice, Criterion.PRACTICE, _practices(dice, community)),
        *_claimed(dice, Criterion.SKILL, dice.each(need["skills"])),
        *_claimed(dice, Criterion.TASK, dice.some(tasks, 0, 1)),
        Wish(Criterion.TIMES, Strength(dice.weighted(MUST_OFTEN)), share=dice.weighted({1_000_000: 3, 800_000: 3, 600_000: 1})),
        *_now_and_then(dice, 0.6, Criterion.PLACE, within_m=dice.pick((2, 3, 5, 8)) * MILE_M),
        *_now_and_then(dice, 0.6, Criterion.PAY),
        *(_now_and_then(dice, 0.8, Criterion.LIMIT, values=("smokes",) if dice.chance(0.3) else ()) if home else ()),
        *_now_and_then(dice, 0.4, Criterion.HOURS),
    ]
    return Plan(
        council=register.setting,
        plan_id=PlanId(uuid5(_IDS, f"{register.setting}/{register.seed}/{number}")),
        person_id=PersonId(uuid5(_IDS, f"{register.setting}/{register.seed}/person/{number}")),
        revision=1,
        state=PlanState.OPEN,
        place=dice.weighted(spots(register.setting)),
        fixed=fixed,
        quarters=week.count(fixed),
        most_rate=lowest_legal_rate(DAY, "21_and_over") + dice.pick((0, 30, 80, 150, 250)) if dice.chance(0.9) else None,
        tasks=tasks,
        home=home,
        wishes=tuple(wishes),
        few_people=dice.weighted({True: 4, False: 2, None: 4}),
    )


def _language(dice: Dice, community: Community) -> list[Wish]:
    """What they grew up with, and sometimes another that would do; or English at some level."""
    own = [tag for tag in community.languages if tag != "en"] or ["en"]
    values = tuple(own[:2]) if dice.chance(0.5) else tuple(own[:1])
    level = dice.weighted({Level.FLUENT: 6, Level.GETS_BY: 3, Level.MOTHER_TONGUE: 1})
    return [Wish(Criterion.LANGUAGE, Strength(dice.weighted(MUST_OFTEN)), values, level=level)] if dice.chance(0.8) else []


def _practices(dice: Dice, community: Community) -> Sequence[str]:
    known = habits()
    usual = known["practices"] | known["practices_by_culture"].get(community.culture, {})
    return dice.some(sorted(usual), 0, 2)


def _claimed(dice: Dice, criterion: Criterion, codes: Sequence[str]) -> list[Wish]:
    return [Wish(criterion, Strength(dice.weighted(MUST_SELDOM)), (code,)) for code in codes]


def _now_and_then(
    dice: Dice, share: float, criterion: Criterion, *, values: tuple[str, ...] = (), within_m: int | None = None
) -> list[Wish]:
    strength = Strength(dice.weighted(MUST_SELDOM))
    return [Wish(criterion, strength, values, within_m=within_m)] if dice.chance(share) else []


def _times(dice: Dice) -> int:
    pieces: Sequence[Piece] = dice.pick((
        ((ALL, ("07:30", "09:00")),),
        ((WEEKDAYS, ("08:00", "10:00")),),
        ((WEEKDAYS, ("09:00", "12:00")),),
        ((ALL, ("08:00", "09:30")), (ALL, ("17:00", "18:30"))),
        ((sorted(dice.some(ALL, 2, 2)), ("10:00", "14:00")),),
        ((WEEKEND, ("10:00", "16:00")),),
        ((sorted(dice.some(ALL, 3, 5)), ("18:00", "21:00")),),
        ((sorted(dice.some(ALL, 2, 3)), ("22:00", "07:00")),),
    ))
    bits = 0
    for slot in times(pieces).slots:
        start, end = (int(clock[:2]) * 4 + int(clock[3:]) // 15 for clock in (slot["from"], slot["to"]))
        bits |= week.span(DAYS.index(slot["day"]) * 96 + start, (end - start) % 96)
    return bits
