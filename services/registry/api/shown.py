"""What callers get: a profile in codes with the words for them, and what is still to be asked."""
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.registry.domain.claims import FIELDS, SMOKES
from services.registry.domain.consent import Facet, How, consented
from services.registry.domain.profile import Profile
from services.registry.domain.questions import Question
from services.registry.domain.rules import AGES
from services.registry.domain.values import AgeBand, Claim, Employment, LanguageSkill, Level, Refusal, State, Travel
from services.registry.usecases.words import Understood
from shared.vocabulary import week as weeks
from shared.vocabulary.geography import METRES_PER_MILE
from shared.vocabulary.terms import Kind, terms

LEVELS = {"some": "Some", "gets_by": "Gets by", "fluent": "Fluent", "mother_tongue": "Mother tongue"}


class Shown(BaseModel):
    model_config = ConfigDict(frozen=True, from_attributes=True, use_attribute_docstrings=True)


class LanguageOut(Shown):
    tag: str
    label: str
    spoken: Level | None
    read: Level | None
    signed: Level | None
    confirmed: bool
    typed: str | None


class ClaimOut(Shown):
    code: str
    label: str
    has: bool
    until: date | None
    confirmed: bool
    typed: str | None


class Suggestion(Shown):
    code: str
    label: str


class QuestionOut(Shown):
    """An open question. Answer it with its number."""

    number: int
    field: str
    about: Literal["word", "level"]
    """`level`: which language it is, is known; how well it is used was not said."""
    typed: str
    code: str | None
    """What is kept unconfirmed until the answer."""
    suggestions: list[Suggestion]


class UnderstoodOut(Shown):
    field: str
    typed: str
    code: str
    label: str


class RefusedOut(Shown):
    field: str
    typed: str
    problem: str
    remedy: str


class ConsentOut(Shown):
    facet: Facet
    given_at: datetime
    how: How
    withdrawn_at: datetime | None


class SlotOut(Shown):
    model_config = ConfigDict(frozen=True, populate_by_name=True, serialize_by_alias=True)

    day: str
    start: Annotated[str, Field(alias="from")]
    end: Annotated[str, Field(alias="to")]


class AwayOut(Shown):
    first: date
    last: date


class RegisteredOut(Shown):
    """What became of one profile that was sent."""

    profile_id: UUID
    revision: int
    outcome: Literal["added", "changed", "unchanged"]
    understood: list[UnderstoodOut]
    asked: list[QuestionOut]
    refused: list[RefusedOut]
    """Not taken, because only the PA can say it. All the rest was."""


class ProfileOut(Shown):
    profile_id: UUID
    ref: str | None
    revision: int
    state: State
    free_from: date | None
    chosen_name: str
    about_me: str | None
    postcode: str
    """A sector or outward code: what is kept."""
    outcode: str
    travel: Travel
    furthest_miles: float | None
    languages: list[LanguageOut]
    practices: list[ClaimOut]
    skills: list[ClaimOut]
    tasks: list[ClaimOut]
    """`has` false: will not do it."""
    interests: list[ClaimOut]
    limits: list[ClaimOut]
    """`has` true: fine with it; false: cannot be with it."""
    smokes: bool | None
    faith: str | None
    culture: str | None
    sex: str | None
    consents: list[Facet]
    consent_history: list[ConsentOut]
    availability_words: str
    availability_typed: str | None
    slots: list[SlotOut]
    week: str
    sleep_ins: bool | None
    away: list[AwayOut]
    hours_least: float | None
    hours_most: float | None
    short_notice: bool | None
    few_people: bool | None
    rate: Decimal | None
    age_band: AgeBand | None
    employment: Employment | None
    confirmed_on: date
    ask_again_on: date
    pauses_on: date | None
    """It pauses by itself on this day, or later, unless the PA says before that it is true."""
    paused_itself_on: date | None
    asked: list[QuestionOut]


def profile_out(profile: Profile) -> ProfileOut:
    week = weeks.from_hex(profile.week)
    return ProfileOut(
        profile_id=profile.profile_id,
        ref=profile.ref,
        revision=profile.revision,
        state=profile.state,
        free_from=profile.free_from,
        chosen_name=profile.chosen_name,
        about_me=profile.about_me,
        postcode=profile.area.shown,
        outcode=profile.area.outcode,
        travel=profile.travel,
        furthest_miles=None if profile.furthest_m is None else round(profile.furthest_m / METRES_PER_MILE, 2),
        languages=[language_out(skill) for skill in profile.languages],
        practices=[claim_out(Kind.PRACTICE, claim) for claim in profile.practices],
        skills=[claim_out(Kind.SKILL, claim) for claim in profile.skills],
        tasks=[claim_out(Kind.TASK, claim) for claim in profile.tasks],
        interests=[claim_out(Kind.INTEREST, claim) for claim in profile.interests],
        limits=[claim_out(Kind.LIMIT, claim) for claim in profile.limits],
        smokes=next((claim.has for claim in profile.limits if claim.code == SMOKES), None),
        faith=profile.faith, culture=profile.culture, sex=profile.sex,
        consents=sorted(consented(profile.consents)),
        consent_history=[ConsentOut.model_validate(consent) for consent in profile.consents],
        availability_words=weeks.in_words(week),
        availability_typed=profile.typed.get("availability"),
        slots=[SlotOut(day=weeks.DAYS[day], start=clock(start), end=clock(end)) for day, start, end in weeks.slots(week)],
        week=profile.week,
        sleep_ins=profile.sleep_ins,
        away=[AwayOut.model_validate(days) for days in profile.away],
        hours_least=None if profile.least is None else profile.least / 4,
        hours_most=None if profile.most is None else profile.most / 4,
        short_notice=profile.short_notice,
        few_people=profile.few_people,
        rate=None if profile.least_rate is None else Decimal(profile.least_rate).scaleb(-2),
        age_band=profile.age_band, employment=profile.employment,
        confirmed_on=profile.confirmed_on, ask_again_on=profile.ask_again_on,
        pauses_on=profile.pauses_on, paused_itself_on=profile.paused_itself_on,
        asked=[question_out(question) for question in profile.questions],
    )


def label(kind: Kind, code: str) -> str:
    """A code that has left its list since is shown as it is."""
    term = terms(kind).get(code)
    return term.label if term else code


def clock(quarter: int) -> str:
    return f"{quarter // 4:02d}:{quarter % 4 * 15:02d}"


def language_out(skill: LanguageSkill) -> LanguageOut:
    return LanguageOut(
        tag=skill.tag, label=label(Kind.LANGUAGE, skill.tag), spoken=skill.spoken, read=skill.read, signed=skill.signed,
        confirmed=skill.confirmed, typed=skill.typed,
    )  # fmt: skip


def claim_out(kind: Kind, claim: Claim) -> ClaimOut:
    return ClaimOut(
        code=claim.code, label=label(kind, claim.code), has=claim.has, until=claim.until,
        confirmed=claim.confirmed, typed=claim.typed,
    )  # fmt: skip


def question_out(question: Question) -> QuestionOut:
    return QuestionOut(
        number=question.number,
        field=question.field,
        about="level" if question.hint("about") == "level" else "word",
        typed=question.typed,
        code=question.code,
        suggestions=[Suggestion(code=code, label=suggested(question, code)) for code in question.suggestions],
    )


def suggested(question: Question, code: str) -> str:
    if question.hint("about") == "level":
        return LEVELS[code]
    if question.field == "age_band":
        return AGES[AgeBand(code)]
    if question.field == "languages":
        return label(Kind.LANGUAGE, code)
    return label(Kind(FIELDS[question.field].kind if question.field in FIELDS else question.field), code)


def understood_out(understood: Understood) -> UnderstoodOut:
    return UnderstoodOut(field=understood.field, typed=understood.typed, code=understood.code, label=understood.label)


def refused_out(refusal: Refusal) -> RefusedOut:
    return RefusedOut(field=refusal.field, typed=refusal.typed, problem=refusal.problem, remedy=refusal.remedy)
