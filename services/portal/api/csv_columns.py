"""The columns of a spreadsheet of plans: their headings, and how their cells are read. The guide lists the same."""

import re
from dataclasses import dataclass

from services.portal.api import csv_cells as cells
from services.portal.api.csv_cells import Cell

COLUMNS: dict[str, tuple[Cell, tuple[str, ...]]] = {
    "source_id": (cells.text, ("plan id", "plan number", "plan ref", "plan reference", "support plan id", "id", "reference")),
    "source": (cells.text, ("system",)),
    "source_version": (cells.number, ("version", "plan version")),
    "updated": (cells.version_from_day, ("last updated", "updated on", "date updated", "last changed")),
    "person_ref": (cells.text, ("person", "person id", "person number", "person reference", "system id")),
    "state": (cells.state, ("status", "plan status")),
    "postcode": (cells.text, ("post code", "area", "postal code")),
    "start_on": (cells.day, ("start", "start date", "starts", "starts on")),
    "times": (cells.text, ("days and times", "when", "times wanted", "days times")),
    "hours_per_week": (cells.number, ("hours", "weekly hours", "hours a week", "hours pw", "hours week")),
    "budget_per_week": (cells.number, ("budget", "weekly budget", "budget a week", "budget pw")),
    "contribution_per_week": (
        cells.number, ("contribution", "weekly contribution", "contribution a week", "person pays", "assessed contribution"),
    ),
    "most_rate": (
        cells.number,
        ("most per hour", "highest rate", "max rate", "maximum rate", "rate", "hourly rate", "rate an hour"),
    ),
    "funding": (cells.funding, ("funding type", "how it is paid", "paid by")),
    "tasks": (cells.listed, ("help with", "support tasks", "what help")),
    "home": (cells.listed, ("at home", "in the home", "home details", "about the home")),
    "sleep_ins": (cells.days, ("sleep in", "sleeping nights", "sleep in nights")),
    "few_people": (cells.yes_or_no, ("same few people",)),
    "confirmed_on": (cells.day, ("confirmed", "date confirmed", "checked with person")),
    "own_words": (cells.text, ("in their own words", "in my own words", "about me", "words")),
    "title": (cells.text, ("plan title", "name of plan")),
    "flexible_hours": (cells.number, ()),
    "flexible_window": (cells.text, ("flexible times", "flexible when")),
    "flexible_at_least": (cells.number, ("flexible at least hours", "shortest visit", "shortest piece")),
    "times_share": (cells.number, ("share of times",)),
    "times_strength": (cells.strength, ("times matter",)),
    "within_miles": (cells.number, ("miles", "furthest miles", "distance")),
    "place_strength": (cells.strength, ("distance matters",)),
    "pay_strength": (cells.strength, ("pay matters",)),
    "hours_strength": (cells.strength, ("hours matter",)),
    "limit_strength": (cells.strength, ("home matters",)),
    "reason_why": (cells.text, ("lawful reason", "why", "reason")),
    "reason_tasks": (cells.listed, ("reason for tasks", "tasks of the reason")),
    "reason_until": (cells.day, ("reason ends",)),
}
"""Each column: how its cells are read, and other headings it goes by. Underscores, capitals and punctuation do not matter."""

VALUED = {
    "language": "language",
    "languages": "language",
    "practice": "practice",
    "practices": "practice",
    "culture and practice": "practice",
    "skill": "skill",
    "skills": "skill",
    "training": "skill",
    "task": "task",
    "interest": "interest",
    "interests": "interest",
    "faith": "faith",
    "religion": "faith",
    "culture": "culture",
    "sex": "sex",
}
STRENGTHS = {
    "must": "must",
    "essential": "must",
    "important": "important",
    "nice to have": "nice",
    "nice": "nice",
    "preferred": "nice",
}
NOT_PLAN_FIELDS = frozenset(
    {
        "updated",
        "flexible_hours",
        "flexible_window",
        "flexible_at_least",
        "times_share",
        "times_strength",
        "within_miles",
        "place_strength",
        "pay_strength",
        "hours_strength",
        "limit_strength",
        "reason_why",
        "reason_tasks",
        "reason_until",
    }
)
"""Columns that become part of something else: a wish, a flexible piece, a version."""


@dataclass(frozen=True)
class WishColumn:
    criterion: str
    strength: str


def plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", heading.lower()).strip()


def heading_of(typed: str) -> str | WishColumn | None:
    """The column meant, or None. 'Language (must)', 'must_language' and 'Languages - essential' are the same column."""
    words = plain(typed)
    for name, (_, others) in COLUMNS.items():
        if words == plain(name) or words in others:
            return name
    for word, strength in STRENGTHS.items():
        rest = re.sub(rf"\b{word}\b", "", words).strip()
        if rest != words and rest in VALUED:
            return WishColumn(VALUED[rest], strength)
    return WishColumn(VALUED[words], "important") if words in VALUED else None
