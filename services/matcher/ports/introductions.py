"""What is needed of introductions, and of what follows them."""
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from services.matcher.domain.introduction import Introduction, IntroductionId
from services.matcher.domain.journey import Journey
from services.matcher.domain.plan import PersonId, PlanId
from services.matcher.domain.profile import ProfileId


class Introductions(Protocol):
    async def add(self, introduction: Introduction) -> bool:
        """False: an open one of this plan with this PA is there already."""

    async def hold(self, council: str, introduction_id: IntroductionId) -> Introduction | None: ...

    async def save(self, introduction: Introduction) -> None: ...

    async def listed(
        self, council: str, *, plan_id: PlanId | None, profile_id: ProfileId | None, person_id: PersonId | None
    ) -> Sequence[Introduction]:
        """Newest first, at most 500."""

    async def hold_open(
        self, council: str, *, plan_id: PlanId | None = None, profile_id: ProfileId | None = None,
        person_id: PersonId | None = None,
    ) -> Sequence[Introduction]: ...

    async def hold_late(self, now: datetime) -> Sequence[Introduction]:
        """Some whose time to answer is over."""


class Journeys(Protocol):
    """What follows an introduction that was answered with yes, by its number."""

    async def hold(self, council: str, introduction_id: IntroductionId) -> Journey | None: ...

    async def save(self, journey: Journey) -> None: ...

    async def listed(
        self, council: str, *, plan_id: PlanId | None, profile_id: ProfileId | None, person_id: PersonId | None
    ) -> Sequence[Journey]:
        """At most 500."""

    async def hold_of(
        self, council: str, *, plan_id: PlanId | None = None, profile_id: ProfileId | None = None,
        person_id: PersonId | None = None,
    ) -> Sequence[Journey]: ...

    async def hold_due(self, now: datetime, at_most: int) -> Sequence[Journey]:
        """Some that time alone changes: an offer that nobody answered, or a trial that is over."""
