"""A profile as a row of its table and back."""
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Protocol

from services.registry.domain.consent import Consent, Facet, How
from services.registry.domain.profile import Profile
from services.registry.domain.questions import Question
from services.registry.domain.values import AgeBand, Area, Claim, Days, Employment, LanguageSkill, Level, State, Travel

Json = Mapping[str, Any]


class Row(Protocol):
    def __getitem__(self, column: str, /) -> Any: ...


def profile_row(profile: Profile) -> tuple[object, ...]:
    """In the order of `add_profile` and `save_profile`."""
    return (
        profile.council, profile.profile_id, profile.ref, profile.revision, profile.chosen_name, profile.about_me,
        profile.state, profile.free_from, profile.area.shown, profile.area.outcode, profile.area.east_m, profile.area.north_m,
        profile.travel, profile.furthest_m, [language_json(skill) for skill in profile.languages],
        claims_json(profile.practices), claims_json(profile.skills), claims_json(profile.tasks),
        claims_json(profile.interests), claims_json(profile.limits), profile.faith, profile.culture, profile.sex,
        profile.week, profile.sleep_ins,
        [[days.first.isoformat(), days.last.isoformat()] for days in profile.away],
        profile.least, profile.most, profile.short_notice, profile.few_people, profile.least_rate, profile.age_band,
        profile.employment, profile.confirmed_on, [question_json(question) for question in profile.questions],
        profile.asked_so_far, dict(profile.typed), dict(profile.said), dict(profile.answers),
        profile.pauses_on, profile.warned_on, profile.paused_itself_on,
    )  # fmt: skip


def consent_rows(profile: Profile) -> list[tuple[object, ...]]:
    return [
        (profile.council, profile.profile_id, consent.facet, consent.given_at, consent.how, consent.withdrawn_at)
        for consent in profile.consents
    ]


def profile_from(row: Row) -> Profile:
    return Profile(
        council=row["council"],
        profile_id=row["profile_id"],
        revision=row["revision"],
        chosen_name=row["chosen_name"],
        area=Area(row["area"], row["outcode"], row["east_m"], row["north_m"]),
        travel=Travel(row["travel"]),
        confirmed_on=row["confirmed_on"],
        ref=row["ref"],
        about_me=row["about_me"],
        state=State(row["state"]),
        free_from=row["free_from"],
        furthest_m=row["furthest_m"],
        languages=tuple(map(language_from, row["languages"])),
        practices=claims_from(row["practices"]),
        skills=claims_from(row["skills"]),
        tasks=claims_from(row["tasks"]),
        interests=claims_from(row["interests"]),
        limits=claims_from(row["limits"]),
        faith=row["faith"],
        culture=row["culture"],
        sex=row["sex"],
        consents=tuple(map(consent_from, row["consents"])),
        week=row["week"],
        sleep_ins=row["sleep_ins"],
        away=tuple(Days(date.fromisoformat(first), date.fromisoformat(last)) for first, last in row["away"]),
        least=row["least"],
        most=row["most"],
        short_notice=row["short_notice"],
        few_people=row["few_people"],
        least_rate=row["least_rate"],
        age_band=AgeBand(row["age_band"]) if row["age_band"] else None,
        employment=Employment(row["employment"]) if row["employment"] else None,
        questions=tuple(map(question_from, row["questions"])),
        asked_so_far=row["asked_so_far"],
        typed=row["typed"],
        said=row["said"],
        answers=row["answers"],
        pauses_on=row["pauses_on"],
        warned_on=row["warned_on"],
        paused_itself_on=row["paused_itself_on"],
    )


def said(value: Json) -> dict[str, Any]:
    """What was not said is not kept."""
    return {name: part for name, part in value.items() if part is not None}


def language_json(skill: LanguageSkill) -> Json:
    return said({"tag": skill.tag, "spoken": skill.spoken, "read": skill.read, "signed": skill.signed,
                 "confirmed": skill.confirmed, "typed": skill.typed})  # fmt: skip


def language_from(value: Json) -> LanguageSkill:
    def level(mode: str) -> Level | None:
        return Level(value[mode]) if mode in value else None

    return LanguageSkill(value["tag"], level("spoken"), level("read"), level("signed"), value["confirmed"], value.get("typed"))


def claims_json(claims: Iterable[Claim]) -> list[Json]:
    return [
        said({"code": claim.code, "has": claim.has, "until": claim.until.isoformat() if claim.until else None,
              "confirmed": claim.confirmed, "typed": claim.typed})
        for claim in claims
    ]  # fmt: skip


def claims_from(values: Iterable[Json]) -> tuple[Claim, ...]:
    return tuple(
        Claim(
            value["code"],
            value["has"],
            date.fromisoformat(value["until"]) if "until" in value else None,
            value["confirmed"],
            value.get("typed"),
        )
        for value in values
    )


def consent_from(value: Json) -> Consent:
    withdrawn = value["withdrawn_at"]
    return Consent(
        Facet(value["facet"]),
        datetime.fromisoformat(value["given_at"]),
        How(value["how"]),
        datetime.fromisoformat(withdrawn) if withdrawn else None,
    )


def question_json(question: Question) -> Json:
    return {
        "number": question.number, "field": question.field, "typed": question.typed,
        "suggestions": list(question.suggestions), "code": question.code, "hints": dict(question.hints),
    }  # fmt: skip


def question_from(value: Json) -> Question:
    return Question(
        value["number"], value["field"], value["typed"], tuple(value["suggestions"]), value["code"],
        tuple(sorted(value["hints"].items())),
    )  # fmt: skip
