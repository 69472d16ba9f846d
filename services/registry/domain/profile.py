"""A personal assistant's profile and the rules for changing it."""
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.registry.domain.consent import Consent, Facet, consented
from services.registry.domain.questions import Question, QuestionNotFound
from services.registry.domain.values import AgeBand, Area, Claim, Days, Employment, LanguageSkill, Refusal, State, Travel

ASK_AGAIN = timedelta(days=90)
WARN_AFTER = timedelta(days=180)
"""So long after a PA last said that it is true, they are told that it will pause by itself…"""
WARNED_FOR = timedelta(days=30)
"""…so much later…"""
AT_LEAST = timedelta(days=14)
"""…and never sooner than this after the warning reached them, or a person was asked to reach them."""
NOWHERE = Area("ZZ99", "ZZ99", 0, 0)
"""The area of somebody who has none, as national statistics write it."""
LISTED = (State.LOOKING, State.SOON)


class ProfileNotFound(LookupError):
    """There is no such profile here."""


class ProfileChangedMeanwhile(RuntimeError):
    """Somebody changed this profile while you were looking at it. Load it again, then make your change."""


class ProfileRefused(ValueError):
    """Some of this profile must be put right first. Nothing was changed."""

    def __init__(self, errors: tuple[Refusal, ...]) -> None:
        super().__init__(", ".join(sorted({error.field for error in errors})))  # never what was typed: this reaches logs
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Profile:
    council: str
    profile_id: UUID
    revision: int
    chosen_name: str
    area: Area
    travel: Travel
    confirmed_on: date
    """The last day the PA said that all this is true."""
    ref: str | None = None
    """The council's own number for this PA."""
    about_me: str | None = None
    state: State = State.LOOKING
    free_from: date | None = None
    furthest_m: int | None = None
    languages: tuple[LanguageSkill, ...] = ()
    practices: tuple[Claim, ...] = ()
    skills: tuple[Claim, ...] = ()
    tasks: tuple[Claim, ...] = ()
    interests: tuple[Claim, ...] = ()
    limits: tuple[Claim, ...] = ()
    faith: str | None = None
    culture: str | None = None
    sex: str | None = None
    consents: tuple[Consent, ...] = ()
    week: str = "0" * 168
    """Hexadecimal, see `shared.vocabulary.week`."""
    sleep_ins: bool | None = None
    away: tuple[Days, ...] = ()
    least: int | None = None
    most: int | None = None
    """Quarter-hours a week."""
    short_notice: bool | None = None
    few_people: bool | None = None
    least_rate: int | None = None
    """Pence an hour."""
    age_band: AgeBand | None = None
    employment: Employment | None = None
    questions: tuple[Question, ...] = ()
    asked_so_far: int = 0
    typed: Mapping[str, str] = field(default_factory=dict)
    """The words typed for fields that are no lists, for example `availability`."""
    said: Mapping[str, str] = field(default_factory=dict)
    """A digest of what the council's register last said, field by field, so that reading the same register again
    leaves alone what the PA has changed since."""

    pauses_on: date | None = None
    """It pauses by itself on this day unless the PA says before that it is true; None: not for now."""
    warned_on: date | None = None
    """When that warning reached them. Without it nothing pauses."""
    paused_itself_on: date | None = None
    """Nobody said that it is true, so it is paused. None: it is not, or the PA paused it."""
    answers: Mapping[str, str | None] = field(default_factory=dict)
    """What the PA said a word means (None: nothing to keep), by `answer_key`, so that it is not asked about twice."""

    @property
    def ask_again_on(self) -> date:
        return self.confirmed_on + ASK_AGAIN

    @property
    def told_facets(self) -> dict[Facet, str]:
        """What may leave the registry of faith, culture and sex: said, and consented to."""
        own = {Facet.FAITH: self.faith, Facet.CULTURE: self.culture, Facet.SEX: self.sex}
        return {facet: code for facet, code in own.items() if code is not None and facet in consented(self.consents)}

    def revise(self, **changes: Any) -> "Profile":
        """The next revision, or this very one if nothing would change."""
        return self.become(self.having(**changes))

    def having(self, **changes: Any) -> "Profile":
        """The same revision, changed: a step on the way to `become`."""
        return replace(self, **changes)

    def become(self, after: "Profile") -> "Profile":
        """`after` as the next revision of this one, or this very one if they are the same."""
        after = replace(in_step(self, after), revision=self.revision)
        return self if after == self else replace(after, revision=self.revision + 1)

    def pause(self, until: date | None, today: date) -> "Profile":
        """Until a day: then the PA is shown as free from it. Without: until they come back."""
        if until is not None and until <= today:
            raise ProfileRefused((Refusal("until", "This day is not in the future.", "Give a later day, or leave it out."),))
        return self.revise(state=State.SOON if until else State.PAUSED, free_from=until, paused_itself_on=None)

    def resume(self, today: date) -> "Profile":
        """Whoever comes back to a profile that paused by itself says that it is true: that is one step."""
        return self.confirm(today) if self.paused_itself_on else self.revise(state=State.LOOKING, free_from=None)

    def confirm(self, today: date) -> "Profile":
        """Everything here is still true. If it had paused by itself, it is shown again."""
        back = {"state": State.LOOKING} if self.paused_itself_on else {}
        return self.revise(confirmed_on=max(today, self.confirmed_on), pauses_on=None, **back)

    def will_pause(self, today: date) -> "Profile":
        """Nobody has said for long that it is true. The last warning may have come to nobody."""
        return self.revise(pauses_on=today + WARNED_FOR, warned_on=None)

    def warned(self, on: date) -> "Profile":
        """The warning that stands reached them. An older one does not count."""
        if self.pauses_on is None or self.warned_on is not None or on < self.pauses_on - WARNED_FOR:
            return self
        return self.having(warned_on=on)

    def pause_itself(self, today: date) -> "Profile":
        return self.revise(state=State.PAUSED, free_from=None, paused_itself_on=today)

    def erased(self) -> "Profile":
        """Gone, and nothing of them is left but the number and that they have gone."""
        nothing = Profile(
            self.council, self.profile_id, self.revision, "", NOWHERE, Travel.WALK, self.confirmed_on, state=State.GONE
        )
        return self if self == nothing else replace(nothing, revision=self.revision + 1)

    def question(self, number: int) -> Question:
        for question in self.questions:
            if question.number == number:
                return question
        raise QuestionNotFound(number)


def in_step(before: Profile, after: Profile) -> Profile:
    """What a new word that it is true, or another state, means for a pause that is to come or came by itself."""
    said_anew = after.confirmed_on > before.confirmed_on
    if said_anew and before.paused_itself_on and after.state is State.PAUSED:
        after = replace(after, state=State.LOOKING)
    if said_anew or after.state not in LISTED:
        after = replace(after, pauses_on=None)
    if after.state is not State.PAUSED:
        after = replace(after, paused_itself_on=None)
    return after if after.pauses_on else replace(after, warned_on=None)
