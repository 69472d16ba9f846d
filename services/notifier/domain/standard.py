"""A contact record in the Accessible Information Standard's own words."""
from collections.abc import Sequence

from services.notifier.domain.contact import Contact, Preference
from shared.vocabulary import formats
from shared.vocabulary.formats import Need

OF_TALKING = ("communication_professional", "communication_support")
"""Needs that are recorded as they are. Those of the other two categories are what methods and formats say."""


class NotANeed(ValueError):
    """Not a need that can be recorded here; its text says what to do."""


def need_from(typed: str) -> str:
    """The code of a need of talking, from its code or its label word for word. Raises NotANeed."""
    try:
        need = formats.need_of(typed) if typed.isdigit() else by_label(typed)
    except formats.WrongCode:
        raise NotANeed("this is no SNOMED CT code: its check digit is wrong. Check its digits") from None
    if need is None:
        raise NotANeed("this is not in the Accessible Information Standard: send its code, or its label word for word")
    if need.category not in OF_TALKING:
        raise NotANeed("this need is a way to be told: record it as a preference, with its method or format")
    return need.snomed


def by_label(label: str) -> Need | None:
    return next((need for need in formats.needs() if need.label == label), None)


def needs_of(contact: Contact) -> list[Need]:
    """Every need that the record says, in the Standard's order."""
    return [need for need in formats.needs() if need.snomed in contact.needs or is_said(need, contact.preferences)]


def is_said(need: Need, preferences: Sequence[Preference]) -> bool:
    if need.category in OF_TALKING:
        return False
    return any(
        need.method == p.method if need.method else need.format == p.format and need.point_size == size_in_codes(p.point_size)
        for p in preferences if need.method or need.format
    )


def size_in_codes(point_size: int | None) -> int | None:
    """The Standard has codes for at least 20, 24 and 28 point: the next that is big enough."""
    return None if point_size is None else next(size for size in formats.STANDARD_POINT_SIZES if size >= point_size)
