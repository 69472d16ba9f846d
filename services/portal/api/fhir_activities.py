"""What a CarePlan says in its activities: tasks, and when."""

import re
from typing import Any

from services.portal.api.fhir_paths import Paths
from shared.vocabulary.week import DAYS

Json = dict[str, Any]

NOT_DONE = ("cancelled", "stopped", "entered-in-error", "completed")
MINUTES = {"min": 1, "h": 60}


def read(activities: list[Json], paths: Paths) -> Json:
    """`tasks`, `times` (in words) and `slots`. An activity that is over is left unread, and so is named as such."""
    tasks: list[str] = []
    times: list[str] = []
    slots: list[Json] = []
    for at, activity in enumerate(activities):
        detail, where = activity.get("detail") or {}, f"activity[{at}].detail"
        if not detail or detail.get("status") in NOT_DONE or detail.get("doNotPerform"):
            continue
        paths.use(f"{where}.status", f"{where}.kind")
        if name := words_of(detail.get("code") or {}):
            tasks.append(name)
            paths.use(f"{where}.code")
        if said := detail.get("scheduledString"):
            times.append(said)
            paths.use(f"{where}.scheduledString")
        found = slots_of(detail.get("scheduledTiming") or {})
        if found:
            slots += found
            paths.use(f"{where}.scheduledTiming")
    once = [dict(pairs) for pairs in dict.fromkeys(tuple(slot.items()) for slot in slots)]
    return {"tasks": list(dict.fromkeys(tasks)), "times": list(dict.fromkeys(times)), "slots": once}


def words_of(concept: Json) -> str:
    """What a person wrote comes before what a code list says."""
    codings = concept.get("coding") or []
    return (
        concept.get("text")
        or next((one["display"] for one in codings if one.get("display")), "")
        or next((one["code"] for one in codings if one.get("code")), "")
    )


def slots_of(timing: Json) -> list[Json]:
    """Every week, on these days, from these times, for so long. Anything else about time is left unread."""
    repeat = timing.get("repeat") or {}
    known = {"dayOfWeek", "timeOfDay", "duration", "durationUnit", "frequency", "period", "periodUnit"}
    weekly = repeat.get("period", 1) == 1 and repeat.get("periodUnit", "wk") in ("wk", "d") and set(timing) == {"repeat"}
    days = repeat.get("dayOfWeek") or (list(DAYS) if repeat.get("periodUnit") == "d" else [])
    starts = [re.match(r"(\d{2}):(\d{2})", start or "") for start in repeat.get("timeOfDay") or []]
    unit = MINUTES.get(repeat.get("durationUnit", ""))
    if not (weekly and days and starts and all(starts) and unit and repeat.get("duration")) or set(repeat) - known:
        return []
    lasts = round(float(repeat["duration"]) * unit)
    begins = [int(start[1]) * 60 + int(start[2]) for start in starts if start]
    if lasts % 15 or not 0 < lasts <= 24 * 60 or any(begin % 15 for begin in begins):
        return []
    return [{"day": day, "from": clock(begin), "to": clock((begin + lasts - 1) % 1440 + 1)} for day in days for begin in begins]


def clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def joined(activities: Json, extensions: Json) -> Json:
    """Activities and extensions say parts of one plan."""
    times = [*activities["times"], *([extensions["times"]] if "times" in extensions else [])]
    plan = {**extensions, "tasks": activities["tasks"], "slots": activities["slots"]}
    return {**plan, "times": "; ".join(times)} if times else plan
