"""Words we did not know, or only think we know: open until the PA answers. They are asked, never guessed and never dropped."""
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace


def answer_key(field: str, typed: str, about: str | None = None) -> str:
    """By what an answer is found again when the same word is read later."""
    return "/".join([field, *([about] if about else []), " ".join(typed.lower().split())])


class QuestionNotFound(LookupError):
    """There is no such open question. It may have been answered already."""


@dataclass(frozen=True, slots=True)
class Question:
    number: int
    """Its own for ever within the profile, so that a late answer cannot reach another question."""
    field: str
    typed: str
    suggestions: tuple[str, ...] = ()
    """Codes, best first."""
    code: str | None = None
    """What is kept, unconfirmed, until the answer. None: nothing of it is kept."""
    hints: tuple[tuple[str, str], ...] = ()
    """What was said along with the word and is kept for the answer: the level of a language, the last day of a training."""

    @property
    def answer_key(self) -> str:
        return answer_key(self.field, self.typed, self.hint("about"))

    def hint(self, name: str) -> str | None:
        return dict(self.hints).get(name)


def renewed(
    standing: tuple[Question, ...], found: Iterable[Question], *, replaced: AbstractSet[str], asked_so_far: int
) -> tuple[tuple[Question, ...], int]:
    """The open questions once the `found` ones are asked, and how many were ever asked.

    Those about `replaced` fields are closed, unless the very same is found again: that keeps its number.
    """
    known = {replace(question, number=0): question for question in standing}
    kept = [question for question in standing if question.field not in replaced]
    for question in found:
        before = known.get(replace(question, number=0))
        if before is None:
            asked_so_far += 1
            before = replace(question, number=asked_so_far)
        if before not in kept:
            kept.append(before)
    return tuple(sorted(kept, key=lambda question: question.number)), asked_so_far
