"""A profile on its way from what it was to what is said of it: the changes so far, and what was not understood."""
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.registry.domain.consent import How
from services.registry.domain.profile import Profile
from services.registry.domain.questions import Question
from services.registry.domain.values import Claim, Refusal
from services.registry.usecases.words import Reading

LONDON = ZoneInfo("Europe/London")


@dataclass
class Draft:
    before: Profile | None
    now: datetime
    how: How
    by_register: bool
    reading: Reading = field(init=False)
    left_out: list[Refusal] = field(default_factory=list)
    changes: dict[str, Any] = field(default_factory=dict)
    """By attribute of the profile."""
    said_again: set[str] = field(default_factory=set)
    """Fields whose open questions are closed, because they were said anew."""
    still_open: list[Question] = field(default_factory=list)
    """Questions of such fields that nothing answered."""

    def __post_init__(self) -> None:
        self.reading = Reading(self.before.answers if self.before else {})

    @property
    def today(self) -> date:
        return self.now.astimezone(LONDON).date()

    def claims(self, attribute: str) -> tuple[Claim, ...]:
        """As they stand so far."""
        standing: tuple[Claim, ...] = self.changes.get(attribute, getattr(self.before, attribute, ()))
        return standing

    def refuse(self, where: str, problem: str, remedy: str) -> None:
        self.reading.refused.append(Refusal(where, problem, remedy))

    def leave_out(self, where: str, problem: str) -> None:
        self.left_out.append(Refusal(where, problem, "Only the PA can say it again, on their page."))

    def close_questions(self, where: str) -> None:
        """A list said anew by its PA: words we did not know at all are not in it, so they are still to be answered.
        The register's list is whole, with every word of it."""
        self.said_again.add(where)
        if self.before and not self.by_register:
            self.still_open += [one for one in self.before.questions if one.field == where and one.code is None]
