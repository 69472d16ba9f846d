"""From what each wish finds to what is answered: the musts not met, the score, the place in the order, the reasons."""
from dataclasses import dataclass, field

from benchmarks.ranking.answer import ALWAYS
from benchmarks.ranking.sheet import EVERYBODY, NOBODY, RULES, Asked, E, Found
from services.matcher.domain import week
from services.matcher.domain.plan import Criterion, Wish
from services.matcher.domain.rules import WHOLE

WORST = 4096
"""More than any score in thousandths: one must more not met stands below every score."""
HOLDS_ANYWAY = frozenset({Criterion.PLACE, Criterion.PAY, Criterion.LIMIT})
"""Of these a part always must hold; with the wish only important, that part still keeps people out."""


@dataclass
class Judged:
    """Names of what was let: `mask`, `unmet`, `score`, `place`; and what is left of each must were it only important."""

    codes: list[tuple[tuple[str, ...], E]] = field(default_factory=list)
    """For each wish the codes there are, and which of them, counted from 0."""
    still: dict[int, str] = field(default_factory=dict)
    """Place among the musts -> the name of the truth that they would be kept out all the same."""
    met: list[E] = field(default_factory=list)
    """Each must that somebody may not meet, as a truth."""

    def alone(self, musts: int) -> list[str]:
        """For each must of the plan, in SQL: this alone keeps somebody out, and would not were it only important."""
        return [
            f"mask = {1 << nth} AND {self.still[nth]} = 0" if nth in self.still else f"mask = {1 << nth}" for nth in range(musts)
        ]


def judge(asked: Asked, *, codes: bool = False) -> Judged:
    """Lets all that is answered of each PA; with `codes` the reasons instead, for the few who are shown."""
    s, plan, out = asked.s, asked.plan, Judged()
    away = s.let("away", asked.away())
    lowest = s.let("lowest", asked.lowest_lawful())
    covered = s.let("covered", s.shared_quarters(plan.fixed))
    tongues = {nth: asked.tongues(nth, wish) for nth, wish in enumerate(plan.wishes) if wish.criterion is Criterion.LANGUAGE}
    s.step()
    found = [_found(asked, nth, wish, away, lowest, covered, tongues) for nth, wish in enumerate(plan.wishes)]
    if codes:
        out.codes = [(tuple(code for code, _ in one.codes), _which(asked, one)) for one in found]
        return out
    bits = _bits(asked, found, away, lowest, out)
    worths = [_let(asked, f"worth_{nth}", one.worth) for nth, one in enumerate(found)]
    s.step()
    mask = sum((truth * bit for truth, bit in bits), start=s.number("age") * 0)
    unmet = sum((truth for truth, _ in bits), start=s.number("age") * 0)
    weights = [RULES.weights[wish.strength] for wish in plan.wishes]
    total = sum((worth * weight for worth, weight in zip(worths, weights, strict=True)), start=s.wide("age") * 0)
    score = total // sum(weights) if weights else total + WHOLE
    s.let("mask", mask)
    unmet, score = s.let("unmet", unmet), s.let("score", score)
    s.step()
    s.let("place", unmet * WORST - (score + RULES.score_step // 2) // RULES.score_step)
    return out


def _found(
    asked: Asked, nth: int, wish: Wish, away: E, lowest: E, covered: E, tongues: dict[int, list[tuple[E, list[tuple[str, E]]]]]
) -> Found:
    match wish.criterion:
        case Criterion.LANGUAGE:
            return asked.language(tongues[nth])
        case Criterion.PRACTICE | Criterion.SKILL | Criterion.TASK:
            return asked.having(wish)
        case Criterion.TIMES:
            return asked.times(wish, covered)
        case Criterion.PLACE:
            return asked.place(wish, away)
        case Criterion.PAY:
            return asked.pay(lowest)
        case Criterion.LIMIT:
            return asked.limits(wish.values)
        case Criterion.HOURS:
            return asked.hours()
        case _:
            raise ValueError(f"the benchmark's plans do not ask for {wish.criterion}")


def _bits(asked: Asked, found: list[Found], away: E, lowest: E, out: Judged) -> list[tuple[E, int]]:
    """0 or 1 for each must that somebody may not meet, with its bit."""
    s, plan, own = asked.s, asked.plan, asked.own
    part = {
        Criterion.PLACE: asked.place(None, away).met,
        Criterion.PAY: asked.lawful(lowest).met,
        Criterion.LIMIT: _no_conflict(asked),
    }
    met: list[tuple[int, E]] = [(place, found[nth].met) for place, nth in enumerate(own)]
    for place, nth in enumerate(own):
        wish = plan.wishes[nth]
        holds = asked.willing(wish.values) if wish.criterion is Criterion.TASK else part.get(wish.criterion, EVERYBODY)
        if holds is not EVERYBODY:
            out.still[place] = f"still_{place}"
            s.let(f"still_{place}", s.where(holds, 0, 1))
    apart = {code for nth in own if plan.wishes[nth].criterion is Criterion.TASK for code in plan.wishes[nth].values}
    free = s.number("free_from")
    always = {
        Criterion.LOOKING: (free <= asked.on.toordinal()) & (s.number("soon_unknown") == 0),
        Criterion.TASK: asked.willing([code for code in plan.tasks if code not in apart]),
        Criterion.AGE: s.number("age") != 1 if plan.fixed & week.NIGHTS else EVERYBODY,
        **part,
    }
    wished = {plan.wishes[nth].criterion for nth in own} & HOLDS_ANYWAY
    met += [(len(own) + ALWAYS.index(one), always[one]) for one in ALWAYS if one not in wished]
    out.met = [truth for _, truth in met if truth is not EVERYBODY]
    return [
        (s.let(f"unmet_{bit}", s.number("age") * 0 + 1 if truth is NOBODY else s.where(truth, 0, 1)), 1 << bit)
        for bit, truth in met
        if truth is not EVERYBODY
    ]


def _no_conflict(asked: Asked) -> E:
    """Their own 'I cannot' stands; silence about the home keeps nobody out."""
    conflict = asked.conflict(asked.plan.home)
    return EVERYBODY if conflict is NOBODY else ~conflict


def _let(asked: Asked, name: str, worth: E) -> E:
    """What is the same for everybody needs no column."""
    return worth if isinstance(worth, int) else asked.s.let(name, worth)


def _which(asked: Asked, one: Found) -> E:
    found: E = asked.s.number("age") * 0 + len(one.codes) - 1
    for nth, (_, truth) in reversed(list(enumerate(one.codes[:-1]))):
        found = found if truth is NOBODY else asked.s.where(truth, nth, found)
    return found

