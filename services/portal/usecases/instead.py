"""Practice before label: what to ask for instead of somebody's own faith, culture or sex."""
from services.portal.domain.plan import Criterion
from shared.vocabulary.terms import Kind, label
from shared.vocabulary.understanding import Unknown, understand

FAITH = {
    "muslim": ("cooks_halal", "knows_prayer_times", "keeps_ramadan"),
    "ahmadi": ("cooks_halal", "knows_prayer_times", "keeps_ramadan"),
    "sikh": ("at_ease_taking_me_to_gurdwara", "five_ks"),
    "hindu": ("cooks_vegetarian", "at_ease_taking_me_to_temple", "knows_hindu_festivals"),
    "jain": ("cooks_jain", "at_ease_taking_me_to_temple"),
    "buddhist": ("cooks_vegetarian", "at_ease_taking_me_to_temple"),
    "jewish": ("cooks_kosher", "respects_sabbath", "at_ease_taking_me_to_synagogue"),
    "christian": ("at_ease_taking_me_to_church", "prays_with_me"),
    "jehovahs_witness": ("at_ease_taking_me_to_kingdom_hall",),
    "no_religion": ("respects_no_faith",),
    "humanist": ("respects_no_faith",),
}
CULTURE = {
    **dict.fromkeys(("caribbean", "jamaican", "black_british"), ("cooks_caribbean", "hair_and_skin_care_black")),
    **dict.fromkeys(("african", "nigerian", "ghanaian", "somali", "eritrean"), ("cooks_african", "hair_and_skin_care_black")),
    **dict.fromkeys(("south_asian", "indian", "pakistani", "bangladeshi", "punjabi", "gujarati"), ("cooks_south_asian",)),
    **dict.fromkeys(("chinese", "hong_kong"), ("cooks_chinese", "knows_lunar_new_year")),
    **dict.fromkeys(("polish", "romanian", "ukrainian"), ("cooks_eastern_european",)),
    **dict.fromkeys(("iranian", "kurdish", "turkish", "arab"), ("cooks_middle_eastern",)),
    "gypsy_or_traveller": ("traveller_culture",),
    "deaf": ("deaf_culture",),
}
SEX = ("knows_modest_care",)
OTHERWISE = {Criterion.FAITH: ("prays_with_me",), Criterion.CULTURE: ("respects_family_role",)}


def practices(criterion: Criterion, typed: str) -> tuple[str, ...]:
    """Codes of practices that come nearest to what is probably wanted."""
    if criterion is Criterion.SEX:
        return SEX
    reading = understand(Kind(criterion.value), typed)
    code = "" if isinstance(reading, Unknown) else reading.code
    return (FAITH if criterion is Criterion.FAITH else CULTURE).get(code, OTHERWISE[criterion])


def hint(criterion: Criterion, typed: str) -> str:
    named = " or ".join(f"‘{label(Kind.PRACTICE, code)}’ ({code})" for code in practices(criterion, typed))
    return f"Practices that may say it: {named}."
