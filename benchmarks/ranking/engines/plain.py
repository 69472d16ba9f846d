"""The plain rules over objects, with typed words understood by likeness: what one writes in Python with rapidfuzz."""
from collections.abc import Mapping, Sequence
from datetime import date

from rapidfuzz import process
from rapidfuzz.distance import OSA

from benchmarks.ranking.answer import TOP, Answer, by_the_rules, shown
from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import Criterion, Plan
from services.matcher.domain.profile import Profile
from services.matcher.domain.ranking import Ranking, rank
from shared.vocabulary.terms import Kind, label, terms

VALUED = {
    Criterion.LANGUAGE: Kind.LANGUAGE,
    Criterion.PRACTICE: Kind.PRACTICE,
    Criterion.SKILL: Kind.SKILL,
    Criterion.TASK: Kind.TASK,
}


class Misread(Exception):
    """A word a plan was typed with came out as another."""


class PlainPython:
    name = "Python, the plain rules + rapidfuzz"

    def __init__(self, profiles: Sequence[Profile], day: date, lore: Lore) -> None:
        self.profiles, self.day, self.lore = profiles, day, lore
        self.labels: Mapping[Kind, Mapping[str, str]] = {
            kind: {code: term.label.lower() for code, term in terms(kind).items()} for kind in VALUED.values()
        }

    def rank(self, plan: Plan) -> Ranking:
        """Words, then everybody; counts and reasons are in what is made. No what-ifs, so it does less than the others."""
        self._understand(plan)
        ranking = rank(plan, self.profiles, self.day, self.lore)
        for group in (ranking.fitting, ranking.near, ranking.others):
            len(group)
        _ = [shown(one) for one in ranking.placements[:TOP]]
        return ranking

    def answer(self, plan: Plan) -> Answer:
        """With what-ifs, by ranking again for each: for comparing, not for timing."""
        return by_the_rules(plan, self.profiles, self.day, self.lore)

    def _understand(self, plan: Plan) -> None:
        for wish in plan.wishes:
            kind = VALUED.get(wish.criterion)
            for code in wish.values if kind else ():
                typed = _typed(label(kind, code))
                found = process.extractOne(typed, self.labels[kind], scorer=OSA.normalized_similarity, score_cutoff=0.75)
                if found is None or found[2] != code:
                    raise Misread(f"{kind} {code}")

    def close(self) -> None:
        """Nothing is open."""


def _typed(word: str) -> str:
    """With one slip, where the word is long enough to stand it: two letters the wrong way round."""
    return word.lower() if len(word) < 8 else (word[:3] + word[4] + word[3] + word[5:]).lower()
