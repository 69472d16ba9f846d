"""Plans in a file of JSON: one, a list, or one a line."""

import json
from pathlib import Path
from typing import Any


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
