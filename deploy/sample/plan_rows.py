"""A sample's plans as rows of the spreadsheet that the portal reads (its guide lists the columns)."""

from collections.abc import Sequence
from typing import Any

Body = dict[str, Any]

_WISHED = ("language", "practice", "skill", "interest", "faith", "sex")
_STRENGTHS = ("must", "important", "nice")
_HEADED = {
    "language": "Language",
    "practice": "Practices",
    "skill": "Skills",
    "interest": "Interests",
    "faith": "Faith",
    "sex": "Sex",
}

PLAN_HEADINGS: tuple[str, ...] = (
    "Plan ID", "System", "Version", "Person", "Post code", "Start date", "Days and times", "Flexible hours", "Flexible when",
    "Shortest visit", "Sleep in nights", "Hours a week", "Budget a week", "Rate", "Funding", "Help with", "At home",
    *(f"{_HEADED[criterion]} ({strength})" for criterion in _WISHED for strength in _STRENGTHS),
    "Lawful reason", "Reason for tasks", "Reason ends", "Times matter", "Share of times", "Miles", "Distance matters",
    "Pay matters", "Home matters", "Hours matter", "Same few people", "Date confirmed", "Plan title", "In their own words",
)  # fmt: skip

_FUNDING = {"direct_payment": "Direct payment", "isf": "ISF", "managed": "Managed", "self_funded": "Self funded"}
_LEVELS = {"some": "some", "gets_by": "gets by", "fluent": "fluent", "mother_tongue": "mother tongue"}


def plan_row(plan: Body) -> list[str]:
    flexible = plan["flexible"][0] if "flexible" in plan else {}
    wishes: Sequence[Body] = plan["wishes"]
    reason: Body = next((wish["reason"] for wish in wishes if "reason" in wish), {})
    about = {wish["criterion"]: wish for wish in wishes if "value" not in wish}

    def matters(criterion: str) -> str:
        return str(about[criterion]["strength"]) if criterion in about else ""

    few = plan.get("few_people")
    return [
        plan["source_id"], plan["source"], str(plan["source_version"]), plan["person_ref"], plan["postcode"],
        plan.get("start_on", ""), plan.get("times", ""), flexible.get("hours", ""), flexible.get("window", ""),
        flexible.get("at_least_hours", ""),
        ", ".join(day.title() for day in plan.get("sleep_ins", ())), plan["hours_per_week"], plan.get("budget_per_week", ""),
        plan.get("most_rate", ""), _FUNDING[plan["funding"]], ", ".join(plan["tasks"]), ", ".join(plan["home"]),
        *(_wished(wishes, criterion, strength) for criterion in _WISHED for strength in _STRENGTHS),
        reason.get("why", ""), ", ".join(reason.get("tasks", ())), reason.get("until", ""),
        matters("times"), str(about.get("times", {}).get("share", "")), str(about.get("place", {}).get("within_miles", "")),
        matters("place"), matters("pay"), matters("limit"), matters("hours"),
        "" if few is None else "yes" if few else "no", plan["confirmed_on"], plan["title"], plan["own_words"],
    ]  # fmt: skip


def _wished(wishes: Sequence[Body], criterion: str, strength: str) -> str:
    here = [wish for wish in wishes if wish["criterion"] == criterion and wish["strength"] == strength and "value" in wish]
    if criterion != "language" or not here:
        return ", ".join(wish["value"] for wish in here)
    (wish,) = here  # a sample's plan has one wish about language
    said = ", ".join(filter(None, (_LEVELS.get(wish.get("level", ""), ""), wish.get("mode", ""))))
    return ", then ".join([f"{wish['value']} ({said})" if said else wish["value"], *wish.get("or_else", ())])
