"""Plans in a file of JSON: one, a list, or one a line."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from deploy.cli.ending import Ending, stop
from services.portal.domain.plan import PlanRefused
from shared.runtime.http import field_problems


class NotAPlanFile(ValueError):
    """The file holds something else than plans as JSON. The message says what."""


def objects_in(file: Path) -> list[dict[str, Any]]:
    """The JSON objects of a file: a list's, a single one, or one a line."""
    text = file.read_text(encoding="utf-8-sig")
    try:
        whole = json.loads(text)
    except ValueError:
        return _lines(file, text)
    found = whole if isinstance(whole, list) else [whole]
    if not all(isinstance(one, dict) for one in found):
        raise NotAPlanFile(f"{file.name} holds JSON, but not a list of objects.")
    return found


def plans_in(file: Path) -> list[dict[str, Any]]:
    found = objects_in(file)
    if any("resourceType" in one for one in found):
        raise NotAPlanFile(f"{file.name} is FHIR. Use `alongside import {file.name}`.")
    return found


def the_plan(file: Path, number: int) -> dict[str, Any]:
    """The one asked for; ends the command where there is no such plan."""
    try:
        plans = plans_in(file)
    except NotAPlanFile as problem:
        stop(Ending.USAGE, str(problem))
    if number > len(plans):
        stop(Ending.USAGE, f"{file.name} holds {len(plans)} plans, so there is no number {number}.")
    return plans[number - 1]


@contextmanager
def plan_faults_said(file: Path) -> Iterator[None]:
    """What is wrong with a plan is said field by field, and the command ends."""
    try:
        yield
    except ValidationError as invalid:
        problems = field_problems(invalid.errors(include_input=False))
        faults = "\n".join(f"  {one.field}: {one.problem} {one.remedy}" for one in problems)
        stop(Ending.USAGE, f"{file.name} is not a support plan:", faults)
    except PlanRefused as refused:
        faults = "\n".join(f"  {one.field}: {one.problem} {one.remedy}" for one in refused.errors)
        stop(Ending.USAGE, "The plan cannot be used yet:", faults)


def _lines(file: Path, text: str) -> list[dict[str, Any]]:
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            one = json.loads(line)
        except ValueError as problem:
            raise NotAPlanFile(f"Line {number} of {file.name} is not JSON: {problem}") from None
        if not isinstance(one, dict):
            raise NotAPlanFile(f"Line {number} of {file.name} is JSON, but not an object.")
        found.append(one)
    return found
