"""Invented profiles and plans as their owners would tell them: the events of the real topics."""
from typing import Any

from services.matcher.domain import plan as plans
from services.matcher.domain import profile as profiles
from shared.contracts import Level
from shared.contracts.portal import SupportPlanChanged
from shared.contracts.registry import ProfileChanged
from shared.vocabulary.week_bits import to_hex


def profile_told(profile: profiles.Profile) -> ProfileChanged:
    same = (
        "council", "revision", "profile_id", "free_from", "furthest_m", "faith", "culture", "sex", "sleep_ins", "least", "most",
        "few_people", "least_rate", "confirmed_on",
    )  # fmt: skip
    kinds = ("practices", "skills", "tasks", "interests", "limits")
    return ProfileChanged.model_validate({
        **{name: getattr(profile, name) for name in same},
        **{kind: [_claim(claim) for claim in getattr(profile, kind)] for kind in kinds},
        "state": profile.state.value,
        "place": _point(profile.place),
        "travel": profile.travel.value,
        "languages": [
            {"tag": skill.tag, "spoken": _level(skill.spoken), "read": _level(skill.read), "signed": _level(skill.signed)}
            for skill in profile.languages
        ],
        "week": to_hex(profile.week),
        "away": [{"first": span.first.isoformat(), "last": span.last.isoformat()} for span in profile.away],
        "age_band": profile.age_band.value if profile.age_band else None,
        "employment": profile.employment.value if profile.employment else None,
    })


def plan_told(plan: plans.Plan) -> SupportPlanChanged:
    """Of plans without flexible hours and lawful reasons."""
    same = (
        "council", "revision", "plan_id", "person_id", "start_on", "sleep_ins", "quarters", "budget", "most_rate", "tasks",
        "home", "few_people",
    )  # fmt: skip
    return SupportPlanChanged.model_validate({
        **{name: getattr(plan, name) for name in same},
        "state": plan.state.value,
        "place": _point(plan.place),
        "fixed": to_hex(plan.fixed),
        "funding": "direct_payment",
        "wishes": [_wish(wish) for wish in plan.wishes],
        "confirmed_on": "2026-10-01",
    })


def _wish(wish: plans.Wish) -> dict[str, Any]:
    said: dict[str, Any] = {"criterion": wish.criterion.value, "strength": wish.strength.value, "values": wish.values}
    if wish.criterion is plans.Criterion.LANGUAGE:
        said |= {"mode": wish.mode.value, "level": _level(wish.level)}
    if wish.criterion is plans.Criterion.TIMES:
        said["share"] = wish.share
    return said | {"within_m": wish.within_m}


def _claim(claim: profiles.Claim) -> dict[str, Any]:
    return {"code": claim.code, "has": claim.has, "until": claim.until, "confirmed": claim.confirmed}


def _level(level: profiles.Level | None) -> Level | None:
    return Level[level.name] if level else None


def _point(point: profiles.Point) -> dict[str, Any]:
    return {"outcode": "LE1", "east_m": point.east_m, "north_m": point.north_m}
