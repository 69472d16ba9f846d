"""A sample's PAs and plans as the matcher hears them, with no service running."""
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from deploy.cli.offline import COUNCIL, as_plan
from deploy.sample.sample import Sample
from services.matcher.domain.plan import Plan
from services.matcher.domain.profile import Profile
from services.matcher.subscribers import plan_from, profile_from
from services.portal.announcements import plan_changed
from services.registry.announcements import profile_changed
from services.registry.api.said import ProfileIn, said_in
from services.registry.domain.consent import How
from services.registry.usecases.settling import settle


def profiles_heard(sample: Sample) -> Iterator[Profile]:
    """Read from words by the registry's own code, told and heard. Of the sample's council."""
    now = datetime.combine(sample.day, datetime.min.time(), UTC)
    for said in sample.profiles():
        settled = settle(
            None, said_in(ProfileIn.model_validate(said)), council=COUNCIL, profile_id=UUID(said["profile_id"]), now=now,
            how=How.REGISTER, by_register=True,
        )
        yield replace(profile_from(profile_changed(settled.profile)), council=sample.council)


def plans_heard(sample: Sample) -> Iterator[Plan]:
    for said in sample.support_plans():
        yield replace(plan_from(plan_changed(as_plan(said, sample.day))), council=sample.council)
