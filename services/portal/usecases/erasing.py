"""Erasing somebody who asked to be forgotten: told first, then erased here in one piece of work, and everywhere else."""
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.portal.domain.copies import MessageCopy
from services.portal.domain.own_data import DataRequest, State
from services.portal.domain.plan import PlanState
from services.portal.domain.pool import SOURCE
from services.portal.ports import Work
from services.portal.usecases import support_requests, supporters
from services.portal.usecases.keeping import tell_if_new
from services.portal.usecases.own_data import tell

LAST_MESSAGE = "your_data_is_erased"
TOLD = ("handed_over", "done_by_task", "dropped")
OTHERS = ("registry", "matcher", "notifier")


async def hear_last_message(message: MessageCopy, work: Work, *, now: datetime) -> None:
    """It went, or never will: the erasing need not wait. A letter may still lie where it is printed, so that waits its days."""
    if message.about != LAST_MESSAGE or message.state not in TOLD:
        return
    if message.state == "handed_over" and message.method == "letter":
        return
    request = await work.data_requests.to_be_erased(message.council, message.party_id)
    if request is not None:
        await work.data_requests.save(request.due(now))


async def begin(request: DataRequest, work: Work, *, now: datetime) -> None:
    """Here all of it, and for the others the word to do the same. What others do for them ends as if they had ended it."""
    held = await work.data_requests.hold(request.council, request.request_id)
    if held is None or held.state is not State.AGREED:
        return
    council, party_id = held.council, held.party_id
    refs = await work.accounts.refs_of(council, party_id)
    await work.erased.begin(council, party_id, [{"person_ref": ref, "source": source} for source, ref in refs])
    for delegation in await work.supporters.of_person(council, party_id):
        await supporters.end_support(council, delegation.delegation_id, work, now=now)
    for delegation in await work.supporters.of_supporter(council, party_id):
        await supporters.end_support(council, delegation.delegation_id, work, now=now)
    await support_requests.end_of_party(council, party_id, work, now=now)
    await erase_plans(council, party_id, work, now=now)
    await work.data_requests.erase_words(council, party_id)
    for other in await work.data_requests.of_party(council, party_id):
        if other.request_id != held.request_id:
            await forget(other, work)
    await tell(held.erasing(now), work)
    await work.erased.done(council, party_id)


async def erase_plans(council: str, person_id: UUID, work: Work, *, now: datetime) -> None:
    """A job that others share goes on with them: a closed plan leaves it. One that nobody works from just now is emptied; when
    somebody joins it, it is made anew of what is theirs."""
    shared = await work.pools.of_person(council, person_id)
    for plan in await work.plans.of_person(council, person_id):
        if plan.source.source != SOURCE:
            held = await work.plans.hold(council, plan.plan_id)
            if not held.is_erased:
                await tell_if_new(held, held.erased(), work, now=now)
    for pool in shared:
        if await work.plans.find(council, pool.plan_id) is not None:
            job = await work.plans.hold(council, pool.plan_id)
            if job.wants.state is not PlanState.OPEN:
                empty = job.erased()
                wants = replace(empty.wants, state=job.wants.state)
                await tell_if_new(job, replace(empty, source=job.source, wants=wants), work, now=now)


async def forget(request: DataRequest, work: Work) -> None:
    """What else they asked is over, and its words go."""
    after = request.forgotten()
    if after.state is request.state:
        await work.data_requests.save(request.without_words())
        return
    await tell(after, work)


async def finish(request: DataRequest, work: Work) -> None:
    """All have said that nothing is left."""
    held = await work.data_requests.hold(request.council, request.request_id)
    if held is not None and held.state is State.ERASING:
        await tell(held.done(), work)
