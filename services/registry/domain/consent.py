"""Consent to tell a PA's own faith, culture or sex for matching: explicit, one for each, and withdrawable at any time.

UK GDPR Article 9(2)(a): a clear statement that names the nature of the data, separate from other consents.
Every consent that was ever given is kept with when and how, and when it was taken back.
"""
from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class Facet(StrEnum):
    """Ethnicity is not here, and never will be."""

    FAITH = "faith"
    CULTURE = "culture"
    SEX = "sex"


class How(StrEnum):
    """How the consent was given."""

    PAGE = "page"
    PAPER = "paper"
    PHONE = "phone"
    IN_PERSON = "in_person"
    REGISTER = "register"
    """The council's own register says that the PA gave it."""


@dataclass(frozen=True, slots=True)
class Consent:
    facet: Facet
    given_at: datetime
    how: How
    withdrawn_at: datetime | None = None


def consented(consents: tuple[Consent, ...]) -> frozenset[Facet]:
    """What may be told now."""
    return frozenset(consent.facet for consent in consents if consent.withdrawn_at is None)


def agree_to(consents: tuple[Consent, ...], wanted: Set[Facet], *, how: How, now: datetime) -> tuple[Consent, ...]:
    """These facets and no others: what is new is given now, what is missing is withdrawn now, the rest stays as it was."""
    standing = consented(consents)
    kept = tuple(
        replace(consent, withdrawn_at=now) if consent.withdrawn_at is None and consent.facet not in wanted else consent
        for consent in consents
    )
    return kept + tuple(Consent(facet, now, how) for facet in sorted(wanted - standing))
