"""A sample's PAs as rows of the register that councils keep in a spreadsheet: words as people type them, no codes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from deploy.sample.pas import Pa
from shared.vocabulary.terms import Kind, label

Body = dict[str, Any]

REGISTER_HEADINGS = (
    "Ref", "Name", "Postcode", "Travel", "Miles", "Languages", "Practices", "Training", "Tasks", "Will not do",
    "Interests", "Fine with", "Cannot be with", "Smokes", "Faith", "Culture", "Sex", "Consents", "Availability", "Sleep-ins",
    "Away", "Least hours", "Most hours", "Short notice", "Few people", "Rate", "Age", "Employment", "State",
    "Free from", "Confirmed on", "About me",
)  # fmt: skip

_TRAVEL = {"walk": "Walk", "bus": "Bus", "cycle": "Cycle", "car": "Car"}
_LEVELS = {"some": "a little", "gets_by": "gets by", "fluent": "fluent", "mother_tongue": "mother tongue"}
_AGE = {"under_18": "under 18", "18_to_20": "18 to 20", "21_and_over": "21 and over"}
_EMPLOYMENT = {"employed": "Employed", "self_employed": "Self-employed", "either": "Either"}


def register_row(pa: Pa) -> list[str]:
    told = pa.profile
    own = [label(kind, told[kind.value]) if kind.value in told else "" for kind in (Kind.FAITH, Kind.CULTURE, Kind.SEX)]
    return [
        told["ref"], told["chosen_name"], told["postcode"], _TRAVEL[told["travel"]], str(told.get("furthest_miles", "")),
        ", ".join(_language(one) for one in told["languages"]), _labels(Kind.PRACTICE, told["practices"]),
        ", ".join(_training(one) for one in told["skills"]), _labels(Kind.TASK, told["tasks"]),
        _labels(Kind.TASK, told["will_not_do"]), _labels(Kind.INTEREST, told["interests"]),
        _labels(Kind.LIMIT, told["fine_with"]),
        _labels(Kind.LIMIT, told["cannot_be_with"]), _yes_no(told.get("smokes")), *own, ", ".join(told["consents"]),
        pa.times.words, _yes_no(told.get("sleep_ins")), _away(told.get("away", ())),
        str(told.get("hours_least", "")), str(told.get("hours_most", "")), _yes_no(told.get("short_notice")),
        _yes_no(told.get("few_people")), f"£{told['rate']}" if "rate" in told else "", _AGE.get(told.get("age_band", ""), ""),
        _EMPLOYMENT.get(told.get("employment", ""), ""), told.get("state", ""),
        _day(told["free_from"]) if "free_from" in told else "", _day(told["confirmed_on"]), told["about_me"],
    ]  # fmt: skip


def _labels(kind: Kind, codes: Sequence[str]) -> str:
    return ", ".join(label(kind, code) for code in codes)


def _language(one: Body) -> str:
    name = label(Kind.LANGUAGE, one["tag"])
    if "signed" in one:
        return f"{name} ({_LEVELS[one['signed']]})"
    speaks = _LEVELS[one["spoken"]]
    return f"{name} (speaks {speaks}, reads {_LEVELS[one['read']]})" if "read" in one else f"{name} ({speaks})"


def _training(one: str | Body) -> str:
    if isinstance(one, str):
        return label(Kind.SKILL, one)
    return f"{label(Kind.SKILL, one['code'])} (until {_day(one['until'])})"


def _away(spans: Sequence[Body]) -> str:
    return "; ".join(f"{_day(span['first'])} to {_day(span['last'])}" for span in spans)


def _yes_no(said: bool | None) -> str:
    return "" if said is None else "Yes" if said else "No"


def _day(iso: str) -> str:
    return date.fromisoformat(iso).strftime("%d/%m/%Y")
