"""Hearing one typed word after another: what was known, what is only likely, what nobody knows."""
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.portal.domain.plan import Answer, Question, Refusal, Suggestion, Understood
from services.portal.domain.refusals import refusal
from shared.vocabulary.terms import Kind, label, terms
from shared.vocabulary.understanding import Known, Likely, understand


@dataclass(frozen=True, slots=True)
class Heard:
    code: str
    sure: bool


@dataclass
class Listening:
    """One plan being read: grows as each word is heard."""

    answers: Sequence[Answer] = ()
    recorded: frozenset[tuple[str, date]] = frozenset()
    """The lawful reasons that the plan had already: why, and the last day."""
    understood: list[Understood] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def refuse(self, where: str, code: str, *, hint: str = "") -> None:
        self.refused.append(refusal(where, code, hint=hint))

    def word(self, kind: Kind, where: str, typed: str, *, likely_counts: bool = True) -> Heard | None:
        """None: asked about, or answered 'leave it out'. `likely_counts` False leaves out what is only likely too."""
        answer = self.answered(kind, typed)
        if answer is not None:
            if answer.code is None:
                return None
            if answer.code not in terms(kind):
                self.refuse(where, "not_in_the_list")
                return None
            return self.sure(kind, where, typed, answer.code)
        reading = understand(kind, typed)
        if isinstance(reading, Known):
            return self.sure(kind, where, typed, reading.code)
        likely = isinstance(reading, Likely)
        codes = dict.fromkeys([reading.code, *reading.suggestions] if isinstance(reading, Likely) else reading.suggestions)
        suggestions = tuple(Suggestion(code, label(kind, code)) for code in codes)
        self.asked.append(Question(where, typed, suggestions, likely=likely and likely_counts, kind=kind.value))
        return Heard(reading.code, sure=False) if isinstance(reading, Likely) and likely_counts else None

    def sure(self, kind: Kind, where: str, typed: str, code: str) -> Heard:
        self.understood.append(Understood(where, typed, code, label(kind, code)))
        return Heard(code, sure=True)

    def answered(self, kind: Kind, typed: str) -> Answer | None:
        """The newest answer to this word."""
        same = (one for one in reversed(self.answers) if one.kind == kind.value and one.typed.casefold() == typed.casefold())
        return next(same, None)

    def codes(self, kind: Kind, where: str, typed: Iterable[str]) -> tuple[str, ...]:
        """Only what we are sure of: each of these is asked of every PA, and there is no mark for 'not yet confirmed' on them."""
        heard = (self.word(kind, f"{where}[{at}]", one, likely_counts=False) for at, one in enumerate(typed))
        return tuple(dict.fromkeys(one.code for one in heard if one))
