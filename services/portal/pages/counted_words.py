"""The words of the pages that show counts: gaps, vacancies, and who was shown in turn."""
FACETS = {
    "language": "Language",
    "area": "Area",
    "band": "When, most of all",
    "practice": "Way of living",
    "skill": "Skill",
}
CUTS = {"everybody": "All PAs", "experience": "How long they have been here", "hours": "The most hours a week they want"}
PA_KINDS = {
    "all": "All PAs",
    "new": "New: less than 13 weeks here",
    "settled": "Here for 13 weeks or more",
    "up_to_10": "Up to 10 hours",
    "up_to_20": "More than 10, up to 20 hours",
    "more": "More than 20 hours",
    "not_said": "Not said",
}


def council_name(council: str) -> str:
    return council.replace("-", " ").title()


def or_too_few(number: int | None) -> str:
    return "Too few to say" if number is None else f"{number:,}"
