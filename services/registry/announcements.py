"""What the registry says, in the published language: nothing unconfirmed of languages, nothing without its consent."""
from services.registry.domain.consent import Facet
from services.registry.domain.profile import Profile
from services.registry.domain.values import Claim
from shared.contracts import Level, Place, Span
from shared.contracts import registry as told
from shared.contracts.registry import ProfileChanged
from shared.vocabulary.languages import skills_that_are_languages

TELLS = (ProfileChanged,)


def profile_changed(profile: Profile) -> ProfileChanged:
    facets = profile.told_facets
    return ProfileChanged(
        council=profile.council,
        revision=profile.revision,
        profile_id=profile.profile_id,
        state=told.Looking(profile.state),
        free_from=profile.free_from,
        place=Place(outcode=profile.area.outcode, east_m=profile.area.east_m, north_m=profile.area.north_m),
        travel=told.Travel(profile.travel),
        furthest_m=profile.furthest_m,
        languages=languages(profile),
        practices=claims(profile.practices),
        skills=claims((*profile.skills, *signs_as_skills(profile))),
        tasks=claims(profile.tasks),
        interests=claims(profile.interests),
        limits=claims(profile.limits),
        faith=facets.get(Facet.FAITH),
        culture=facets.get(Facet.CULTURE),
        sex=facets.get(Facet.SEX),
        week=profile.week,
        sleep_ins=profile.sleep_ins,
        away=tuple(Span(first=days.first.isoformat(), last=days.last.isoformat()) for days in profile.away),
        least=profile.least,
        most=profile.most,
        short_notice=profile.short_notice,
        few_people=profile.few_people,
        least_rate=profile.least_rate,
        age_band=told.AgeBand(profile.age_band) if profile.age_band else None,
        employment=told.Employment(profile.employment) if profile.employment else None,
        confirmed_on=profile.confirmed_on,
        pauses_on=profile.pauses_on,
        paused_itself_on=profile.paused_itself_on,
    )


def languages(profile: Profile) -> tuple[told.LanguageSkill, ...]:
    """With what was said among the skills and is a way of signing: how well is not known then, and is asked."""
    sure = [skill for skill in profile.languages if skill.confirmed]  # the contract has no mark for "perhaps"
    known = {skill.tag for skill in profile.languages}
    tags = (skills_that_are_languages().get(claim.code) for claim in profile.skills if claim.has and claim.confirmed)
    return (
        *(
            told.LanguageSkill(tag=skill.tag, spoken=level(skill.spoken), read=level(skill.read), signed=level(skill.signed))
            for skill in sure
        ),
        *(told.LanguageSkill(tag=tag) for tag in tags if tag and tag not in known),
    )


def signs_as_skills(profile: Profile) -> tuple[Claim, ...]:
    """Makaton is in the list of languages and in the list of skills: said in one, it counts in both."""
    said = {claim.code for claim in profile.skills}
    codes = {tag: code for code, tag in skills_that_are_languages().items()}
    found = (codes.get(skill.tag) for skill in profile.languages if skill.confirmed)
    return tuple(Claim(code, True) for code in found if code and code not in said)


def level(had: str | None) -> Level | None:
    return Level(had) if had else None


def claims(made: tuple[Claim, ...]) -> tuple[told.Claim, ...]:
    return tuple(told.Claim(code=claim.code, has=claim.has, until=claim.until, confirmed=claim.confirmed) for claim in made)
