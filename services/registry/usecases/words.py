"""From typed words to what they mean: known words are taken, likely ones kept unconfirmed and asked, unknown ones asked."""
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.registry.domain.claims import FIELDS
from services.registry.domain.questions import Question, answer_key
from services.registry.domain.values import Claim, Refusal
from services.registry.usecases.days import NoSuchDay, day_from_words
from services.registry.usecases.said import Things, Times
from shared.vocabulary import week as weeks
from shared.vocabulary.terms import Kind, label
from shared.vocabulary.understanding import Known, Likely, Unknown, split_words, understand, understand_words

UNTIL = re.compile(
    r"\((?:valid |runs out |in date )?(?:until|till|to|on|expires?|exp\.?|by)?:?\s*([^()]*\d{4})\)\s*$", re.IGNORECASE
)
Word = Known | Likely | Unknown
SOMEBODY_WHO = {"smokes": "smoke", "vapes": "vape"}
"""'Fine with: smokes' is about somebody else; one's own habits have fields of their own."""


@dataclass(frozen=True, slots=True)
class Understood:
    """How one typed word was read."""

    field: str
    typed: str
    code: str
    label: str


@dataclass
class Reading:
    """What came of reading: gathered field by field. What the PA has answered before is not asked again."""

    answers: Mapping[str, str | None] = field(default_factory=dict)
    understood: list[Understood] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def answered(self, where: str, typed: str, about: str | None = None) -> bool:
        return answer_key(where, typed, about) in self.answers

    def answer(self, where: str, typed: str, about: str | None = None) -> str | None:
        return self.answers[answer_key(where, typed, about)]

    def as_answered(self, where: str, word: Word) -> Word | None:
        """The word as the PA said it is meant. None: they said it is to be left out."""
        if not self.answered(where, word.typed):
            return word
        code = self.answer(where, word.typed)
        return Known(code, word.typed) if code else None

    def took(self, where: str, typed: str, code: str, words: str) -> None:
        self.understood.append(Understood(where, typed, code, words))

    def ask(
        self, where: str, typed: str, suggestions: Sequence[str] = (), *, code: str | None = None, **hints: str | None
    ) -> None:
        said = tuple(sorted((name, hint) for name, hint in hints.items() if hint is not None))
        self.asked.append(Question(0, where, typed, tuple(suggestions), code, said))


def claims(reading: Reading, where: str, things: Things) -> tuple[Claim, ...]:
    """One field that lists things: 'cooks halal, knows the prayer times', or codes."""
    goes = FIELDS[where]
    kind = Kind(goes.kind)
    found: dict[str, Claim] = {}
    for piece, until in pieces(reading, where, things):
        for word in understand_words(kind, piece):
            match reading.as_answered(where, word):
                case Known(code=code, typed=typed):
                    code = SOMEBODY_WHO.get(code, code) if kind is Kind.LIMIT else code
                    reading.took(where, typed, code, label(kind, code))
                    if code not in found or not found[code].confirmed:
                        found[code] = Claim(code, goes.has, until, True, None if typed == code else typed)
                case Likely(code=code, typed=typed, suggestions=suggestions):
                    reading.ask(where, typed, suggestions, code=code, until=until.isoformat() if until else None)
                    found.setdefault(code, Claim(code, goes.has, until, False, typed))
                case Unknown(typed=typed, suggestions=suggestions):
                    reading.ask(where, typed, suggestions, until=until.isoformat() if until else None)
    return tuple(found.values())


def pieces(reading: Reading, where: str, things: Things) -> Iterator[tuple[str, date | None]]:
    """Each thing listed, and the last day it counts where that was said: 'First aid (until March 2027)'."""
    for thing in split_words(things) if isinstance(things, str) else things or ():
        if not isinstance(thing, str):
            yield thing["code"].strip(), thing.get("until")
            continue
        dated = UNTIL.search(thing)
        if not dated:
            yield thing.strip(), None
            continue
        try:
            yield thing[: dated.start()].strip(), day_from_words(dated[1])
        except NoSuchDay:
            reading.refused.append(Refusal(where, "The day in brackets could not be read.", "Write it like 31/03/2027.", thing))


def own(reading: Reading, where: str, typed: str | None) -> str | None:
    """Faith, culture or sex in somebody's own words. Only what is known for sure is taken; a likeness is asked."""
    if typed is None or not typed.strip():
        return None
    kind = Kind(where)
    match reading.as_answered(where, understand(kind, typed.strip())):
        case Known(code=code):
            reading.took(where, typed, code, label(kind, code))
            return code
        case Likely(suggestions=suggestions) | Unknown(suggestions=suggestions):
            reading.ask(where, typed, suggestions)
    return None


def times(reading: Reading, said: Times) -> str:
    """A week, from words or from slots. What is not understood is asked, and is no time until then."""
    if said is None or isinstance(said, str):
        read = weeks.week_from_words(said or "")
        if read.week:
            reading.took("availability", said or "", weeks.to_hex(read.week), weeks.in_words(read.week))
        for piece in read.not_understood:
            if not reading.answered("availability", piece):
                reading.ask("availability", piece)
        return weeks.to_hex(read.week)
    week = weeks.EMPTY
    for slot in said:
        start, end = quarter(slot["start"]), quarter(slot["end"])
        if start >= weeks.QUARTERS_A_DAY or end > weeks.QUARTERS_A_DAY:
            problem = "A time begins at or goes past 24:00."
            reading.refused.append(Refusal("availability", problem, "Write the hours after midnight as hours of the next day."))
        else:
            week |= weeks.slot(weeks.DAYS.index(slot["day"]), start, end)
    return weeks.to_hex(week)


def quarter(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 4 + int(minutes) // 15
