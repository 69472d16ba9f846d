"""What those who share a job are told: that somebody joined or left. Whoever left hears nothing more of it."""
from datetime import datetime
from uuid import UUID

from services.notifier.domain.contact import PartyKind
from services.notifier.domain.lists import PoolCopy
from services.notifier.domain.message import About, Dropped
from services.notifier.domain.wording import Given
from services.notifier.ports import Work
from services.notifier.usecases.asking import ask, drop


async def hear_pool(pool: PoolCopy, now: datetime, work: Work) -> None:
    """Whoever stayed is told, once for each change; what was seen before is known from our copy, so nothing is told anew."""
    before = await work.lists.pool(pool.council, pool.pool_id)
    await work.lists.save_pool(pool)
    if before is None:
        return
    stayed = [person_id for person_id in pool.people if person_id in before.people]
    left = [person_id for person_id in before.people if person_id not in pool.people]
    for person_id in left:
        await drop_what_waits(pool, person_id, now, work)
    if left:
        await tell(pool, stayed, "somebody_left_the_job_you_share", now, work)
    if set(pool.people) - set(before.people):
        await tell(pool, stayed, "somebody_joined_the_job_you_share", now, work)


async def tell(pool: PoolCopy, people: list[UUID], about: str, now: datetime, work: Work) -> None:
    given: Given = {"sharing": len(pool.people), "hours": pool.quarters}
    for person_id in people:
        await ask(
            pool.council, person_id, PartyKind.PERSON, about, subject=pool.pool_id, occurrence=str(pool.revision), given=given,
            belongs=About(plan_id=pool.plan_id), now=now, work=work,
        )


async def drop_what_waits(pool: PoolCopy, person_id: UUID, now: datetime, work: Work) -> None:
    waiting = await work.messages.not_yet_sent(pool.council, plan_id=pool.plan_id)
    await drop([message for message in waiting if message.party_id == person_id], Dropped.NO_LONGER_TRUE, now, work)
