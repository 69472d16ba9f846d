"""Somebody to register, and how to say things of them."""
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.registry.api.said import ProfileIn, ProfilePatch, said_in
from services.registry.domain.consent import How
from services.registry.domain.profile import Profile
from services.registry.usecases.settling import Settled, settle

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = datetime(2026, 12, 1, 12, tzinfo=UTC)
ID = UUID("11111111-1111-4111-8111-111111111111")
AMRIT: dict[str, Any] = {"chosen_name": "Amrit K", "postcode": "LE5 3", "travel": "bus", "ref": "PA-1"}


def by_register(before: Profile | None = None, now: datetime = NOW, **said: Any) -> Settled:
    """As a council's list says it, whole."""
    sent = said_in(ProfileIn.model_validate({**AMRIT, **said}))
    return settle(before, sent, council="leicester", profile_id=ID, now=now, how=How.REGISTER, by_register=True)


def by_pa(before: Profile, now: datetime = LATER, **said: Any) -> Profile:
    """As the PA changes it on their page."""
    sent = said_in(ProfilePatch.model_validate(said))
    settled = settle(before, sent, council="leicester", profile_id=ID, now=now, how=How.PAGE, by_register=False)
    return settled.profile


def amrit(**said: Any) -> Profile:
    return by_register(**said).profile
