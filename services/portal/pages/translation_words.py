"""Words of the pages where translations are looked at."""
from collections.abc import Collection

from shared.vocabulary import terms
from shared.vocabulary.languages import written_languages

STANDINGS = {
    "signed_off": ("Signed off", "govuk-tag--green"), "draft": ("Draft", "govuk-tag--yellow"),
    "english_changed": ("English changed", "govuk-tag--orange"), "missing": ("Missing", "govuk-tag--grey"),
}
AUDIENCES = {
    "person": "to a person", "pa": "to a PA", "supporter": "to a supporter", "staff": "to a worker",
    "everybody": "to everybody",
}
PASSAGES = {
    "title": "Title", "what_happened": "What happened", "what_you_can_do": "What you can do", "by_when": "By when",
    "days": "Days of the week, Monday first", "months": "Months of the year",
}
PARTS = {"facts": "Before the fact", "words": "Phrase", "scopes": "What a supporter may do"}


def label_of(passage: str) -> str:
    """`facts.asked_on` is 'Before the fact: asked on'."""
    part, _, name = passage.partition(".")
    return f"{PARTS[part]}: {name.replace('_', ' ')}" if name and part in PARTS else PASSAGES.get(passage, passage)


def others_than(tags: Collection[str]) -> list[tuple[str, str]]:
    """Every language that can be written, but English and these, by name."""
    others = ((tag, one.label) for tag, one in written_languages().items() if tag not in {"en", *tags})
    return sorted(others, key=lambda one: one[1])


def name_of(tag: str) -> str:
    return terms.label(terms.Kind.LANGUAGE, tag)
