"""The JSON of the portal's API."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Path
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from services.portal.domain.accounts import Role
from services.portal.domain.lawful import ReasonEntry
from services.portal.domain.plan import Plan, PlanRefused, Question, Understood
from services.portal.domain.supporting import Delegation, Scope
from services.portal.domain.taken_in import TakenIn
from shared.contracts.intake import PlanIn
from shared.contracts.portal import SupportPlanChanged
from shared.runtime.http import FieldProblem

CouncilPath = Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{1,40}$", examples=["leicester"])]
NoNul = AfterValidator(lambda text: text.replace("\x00", ""))
"""PostgreSQL's text has no U+0000."""
Name = Annotated[str, Field(min_length=1, max_length=100), NoNul]
Title = Annotated[str, Field(max_length=100)]
OwnWords = Annotated[str, Field(max_length=5000, description="As the person said it. Stays in the portal.")]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class PlanWithWords(PlanIn):
    """A support plan, with what only the portal keeps."""

    own_words: OwnWords | None = None
    title: Title | None = None

    def plan(self) -> PlanIn:
        """Without the words, as the topic would carry it."""
        return PlanIn(**{name: getattr(self, name) for name in PlanIn.model_fields})


class SuggestionOut(BaseModel):
    code: str
    label: str


class AskedOut(BaseModel):
    """A word we did not know, or only think we know."""

    field: str
    typed: str
    likely: bool
    suggestions: list[SuggestionOut]


class UnderstoodOut(BaseModel):
    field: str
    typed: str
    code: str
    label: str


class TakenInOut(BaseModel):
    plan_id: UUID
    person_id: UUID
    revision: int
    outcome: Literal["created", "changed", "unchanged", "stale"]
    understood: list[UnderstoodOut]
    asked: list[AskedOut]
    not_understood: list[str] = []
    """FHIR only: paths of what the CarePlan holds that we have no place for."""


class PlanOut(BaseModel):
    """A plan as it stands: what others are told, and what is still asked. Own words are the person's: pages show them."""

    plan_id: UUID
    person_id: UUID
    revision: int
    source: str
    source_id: str
    source_version: int
    title: str | None
    area: str
    changed_at: datetime | None
    asked: list[AskedOut]
    told: SupportPlanChanged


class PlansOut(BaseModel):
    items: list[PlanOut]
    total: int
    page: int
    pages: int


class RowOut(BaseModel):
    """What became of one row, or one plan of a list. Rows are counted from 1; in a CSV row 1 is the first below the headings."""

    row: int
    source_id: str | None = None
    outcome: Literal["created", "changed", "unchanged", "stale", "refused"]
    plan_id: UUID | None = None
    person_id: UUID | None = None
    revision: int | None = None
    understood: list[UnderstoodOut] = []
    asked: list[AskedOut] = []
    not_understood: list[str] = []
    errors: list[FieldProblem] = []


class ReportOut(BaseModel):
    rows: list[RowOut]
    counts: dict[str, int]
    not_understood: list[str] = []
    """CSV: headings we have no place for. FHIR: paths outside the CarePlans."""


class AccountIn(Strict):
    account_id: UUID
    """The person_id, profile_id or supporter_id."""
    role: Role
    chosen_name: Name
    organisation: Name | None = None


class AccountOut(BaseModel):
    account_id: UUID
    role: Role
    chosen_name: str | None
    organisation: str | None


class AccountRowOut(BaseModel):
    row: int
    account_id: UUID
    outcome: Literal["added", "changed", "unchanged", "refused"]
    errors: list[FieldProblem] = []


class AccountsReportOut(BaseModel):
    rows: list[AccountRowOut]
    counts: dict[str, int]


class SupporterIn(Strict):
    delegation_id: UUID | None = None
    """Yours, so that sending it twice lets in once. Left out: we make one."""
    person_id: UUID
    supporter_id: UUID
    scopes: Annotated[frozenset[Scope], Field(min_length=1)]
    until: date
    """The last day, within 12 months."""
    start: date | None = None
    evidence: Annotated[str, Field(min_length=1, max_length=200), NoNul] = "told to us by the council’s own system"
    """How the person let them in."""


class SupporterOut(BaseModel):
    delegation_id: UUID
    person_id: UUID
    supporter_id: UUID
    scopes: list[Scope]
    start: date
    until: date
    revision: int
    state: Literal["active", "ended"]


def asked(questions: tuple[Question, ...]) -> list[AskedOut]:
    return [
        AskedOut(
            field=one.field,
            typed=one.typed,
            likely=one.likely,
            suggestions=[SuggestionOut(code=each.code, label=each.label) for each in one.suggestions],
        )
        for one in questions
    ]


def understood(found: tuple[Understood, ...]) -> list[UnderstoodOut]:
    return [UnderstoodOut(field=one.field, typed=one.typed, code=one.code, label=one.label) for one in found]


def taken_in(taken: TakenIn) -> dict[str, Any]:
    return {
        "plan_id": taken.plan.plan_id,
        "person_id": taken.plan.person_id,
        "revision": taken.plan.revision,
        "outcome": taken.outcome.value,
        "understood": understood(taken.understood),
        "asked": asked(taken.asked),
    }


class ReasonEntryOut(BaseModel):
    """One line of the record of lawful reasons (Equality Act 2010, Schedule 9, paragraph 1)."""

    at: datetime
    act: Literal["recorded", "changed", "ended"]
    by: UUID | None
    """The account that did it; null: the system that the plan comes from."""
    source: str
    plan_revision: int
    criterion: Literal["faith", "culture", "sex"]
    values: list[str]
    tasks: list[str]
    until: date


def reason_entry_out(entry: ReasonEntry) -> ReasonEntryOut:
    return ReasonEntryOut.model_validate({
        "at": entry.at, "act": entry.act.value, "by": entry.by, "source": entry.source, "plan_revision": entry.plan_revision,
        "criterion": entry.criterion, "values": entry.values, "tasks": entry.reason.tasks, "until": entry.reason.until,
    })


def errors(refused: PlanRefused) -> list[FieldProblem]:
    return [FieldProblem(field=one.field, problem=one.problem, remedy=one.remedy) for one in refused.errors]


def plan_out(plan: Plan, told: SupportPlanChanged) -> PlanOut:
    return PlanOut(
        plan_id=plan.plan_id,
        person_id=plan.person_id,
        revision=plan.revision,
        source=plan.source.source,
        source_id=plan.source.source_id,
        source_version=plan.source.version,
        title=plan.title,
        area=plan.wants.place.shown,
        changed_at=plan.changed_at,
        asked=asked(plan.questions),
        told=told,
    )


def supporter_out(delegation: Delegation) -> SupporterOut:
    return SupporterOut(
        delegation_id=delegation.delegation_id,
        person_id=delegation.person_id,
        supporter_id=delegation.supporter_id,
        scopes=sorted(delegation.scopes),
        start=delegation.start,
        until=delegation.until,
        revision=delegation.revision,
        state="ended" if delegation.revoked_at else "active",
    )
