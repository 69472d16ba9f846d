"""Ranks a register for a plan with no service running: the same reading of words and the same rules that the services use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from deploy.cli.import_files import Source
from services.matcher.domain.plan import Plan as Asked
from services.matcher.domain.profile import Profile as Listed
from services.matcher.domain.quote import Quote, quote
from services.matcher.domain.ranking import Ranking, rank
from services.matcher.domain.what_if import WhatIf, what_if
from services.matcher.subscribers import known, plan_from, profile_from
from services.portal.announcements import plan_changed
from services.portal.api.shapes import PlanWithWords
from services.portal.domain.plan import Plan, Question
from services.portal.domain.plan import Source as PlanSource
from services.portal.usecases.understanding import kept, read
from services.registry.announcements import profile_changed
from services.registry.api.lists import read as read_profile
from services.registry.api.lists import read_row
from services.registry.api.register_csv import read_sheet
from services.registry.domain.consent import How
from services.registry.domain.profile import Profile, ProfileRefused
from services.registry.domain.values import Refusal
from services.registry.usecases.registering import Refused
from services.registry.usecases.said import Said
from services.registry.usecases.settling import settle

COUNCIL = "offline"
"""Nothing leaves this machine, so whose it is does not matter; a plan and its PAs only have to be of the same."""


@dataclass(frozen=True)
class RefusedRow:
    """A row of the register that could not be read."""

    number: int
    """As the spreadsheet counts: the headings are usually row 1."""
    faults: tuple[tuple[str, Refusal], ...]
    """With the column each is in, under the heading the file gives it."""


@dataclass(frozen=True)
class Ranked:
    ranking: Ranking
    names: dict[UUID, str]
    asked: tuple[Question, ...]
    """Words of the plan that were not understood for sure."""
    refused: Sequence[RefusedRow]
    not_read: Sequence[str]
    """Headings of columns that we do not know."""
    plan: Asked
    register: tuple[Listed, ...]
    day: date

    def what_if(self) -> WhatIf:
        return what_if(self.plan, self.register, self.day, known())

    @cached_property
    def quotes(self) -> dict[UUID, Quote | None]:
        """What each would cost a week. None: it cannot be said."""
        return {one.profile_id: quote(self.plan, one, self.day, known()) for one in self.register}


def rank_offline(plan: dict[str, Any], register: Source, day: date) -> Ranked:
    """Raises PlanRefused, and pydantic's ValidationError for what is no plan."""
    now = datetime.now(UTC)
    asked_for = as_plan(plan, day)
    profiles: list[Profile] = []
    refused: list[RefusedRow] = []
    rows, headings, not_read = _register(register)
    for number, said in rows:
        if isinstance(said, Refused):
            refused.append(_refused(number, said.errors, headings))
            continue
        try:
            profile_id = said.get("profile_id") or uuid5(NAMESPACE_URL, f"{register.file.name}/{said.get('ref') or number}")
            settled = settle(None, said, council=COUNCIL, profile_id=profile_id, now=now, how=How.REGISTER, by_register=True)
            profiles.append(settled.profile)
        except ProfileRefused as problem:
            refused.append(_refused(number, problem.errors, headings))
    told = tuple(profile_from(profile_changed(profile)) for profile in profiles)
    wanted = plan_from(plan_changed(asked_for))
    names = {profile.profile_id: profile.chosen_name for profile in profiles}
    return Ranked(rank(wanted, told, day, known()), names, asked_for.questions, refused, not_read, wanted, told, day)


def as_known(given: dict[str, Any], day: date) -> Asked:
    """As the matcher would know it. Raises as `rank_offline` does."""
    return plan_from(plan_changed(as_plan(given, day)))


def as_plan(given: dict[str, Any], day: date) -> Plan:
    """As the portal would keep it. Raises PlanRefused."""
    said = PlanWithWords.model_validate(given)
    reading = read(said.plan(), day, None)
    source = PlanSource(said.source, said.source_id, said.source_version)
    plan_id = uuid5(NAMESPACE_URL, f"{said.source}/{said.source_id}")
    person_id = uuid5(NAMESPACE_URL, f"{said.source}/{said.person_ref}")
    return Plan(
        COUNCIL, plan_id, person_id, 1, source, reading.wants, kept(said.plan()), questions=reading.asked, title=said.title
    )


def _register(register: Source) -> tuple[Sequence[tuple[int, Said | Refused]], Mapping[str, str], Sequence[str]]:
    """The rows; the heading of each field, where there are headings; and the headings we do not know."""
    if not register.headings:
        return [(number, read_profile(one)) for number, one in register.rows], {}, ()
    sheet = read_sheet(Path(register.file).read_bytes())
    named = zip(sheet.lines[sheet.heading_at], sheet.columns, strict=True)
    headings = {field: heading.strip() for heading, field in reversed(list(named)) if field}
    return [(row[0], read_row(row)) for row in sheet.rows()], headings, sheet.not_used


def _refused(number: int, errors: Sequence[Refusal], headings: Mapping[str, str]) -> RefusedRow:
    return RefusedRow(number, tuple((_column(error.field, headings), error) for error in errors))


def _column(field: str, headings: Mapping[str, str]) -> str:
    """`hours_least` may come from one column for both; `languages[1]` is in the column of languages."""
    name = field.partition("[")[0].partition(".")[0]
    tried = (name, name.rpartition("_")[0], *(heading for heading in headings if heading.startswith(f"{name.rstrip('s')}_")))
    return next((headings[one] for one in tried if one in headings), name)
