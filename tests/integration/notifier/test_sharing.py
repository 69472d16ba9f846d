"""What those who share a job are told: that somebody came or left, and what there is on its list. Whoever left, nothing more."""
from typing import Any
from uuid import UUID, uuid4

from services.notifier.domain.lists import PoolCopy, Standing
from services.notifier.usecases import hearing, sharing

EMAIL = {"method": "email", "format": "plain", "language": "en"}


async def hears(notifier: Any, pool: PoolCopy) -> None:
    async with notifier.store.begin() as work:
        await sharing.hear_pool(pool, notifier.clock(), work)


async def abouts(notifier: Any, person: UUID) -> list[str]:
    return sorted(message["about"] for message in await notifier.messages(person))


async def test_who_stays_is_told_that_somebody_left_and_who_left_hears_nothing_more(notifier: Any) -> None:
    amina, tom, kit = [await notifier.record(email=f"{name}@example.org", preferences=[EMAIL]) for name in ("a", "t", "k")]
    pool_id, plan_id = uuid4(), uuid4()
    await hears(notifier, PoolCopy(notifier.council, pool_id, plan_id, (amina, tom), 40, 2))
    await hears(notifier, PoolCopy(notifier.council, pool_id, plan_id, (amina, tom, kit), 56, 3))

    await hears(notifier, PoolCopy(notifier.council, pool_id, plan_id, (tom, kit), 32, 4))
    await hears(notifier, PoolCopy(notifier.council, pool_id, plan_id, (tom, kit), 32, 4))

    assert await abouts(notifier, tom) == ["somebody_joined_the_job_you_share", "somebody_left_the_job_you_share"]
    assert await abouts(notifier, kit) == ["somebody_left_the_job_you_share"]
    (dropped,) = await notifier.messages(amina)
    assert (dropped["about"], dropped["state"]) == ("somebody_joined_the_job_you_share", "dropped")


async def test_other_hours_alone_are_told_by_the_page(notifier: Any) -> None:
    amina, tom = [await notifier.record(email=f"{name}@example.org", preferences=[EMAIL]) for name in ("a", "t")]
    pool_id, plan_id = uuid4(), uuid4()
    await hears(notifier, PoolCopy(notifier.council, pool_id, plan_id, (amina, tom), 40, 2))

    await hears(notifier, PoolCopy(notifier.council, pool_id, plan_id, (amina, tom), 44, 3))

    assert await abouts(notifier, amina) == await abouts(notifier, tom) == []


async def test_all_who_share_a_job_are_told_of_its_list(notifier: Any) -> None:
    amina, tom = [await notifier.record(email=f"{name}@example.org", preferences=[EMAIL]) for name in ("a", "t")]
    plan_id = uuid4()
    await hears(notifier, PoolCopy(notifier.council, uuid4(), plan_id, (amina, tom), 40, 2))

    async with notifier.store.begin() as work:
        await hearing.hear_list(
            notifier.council, plan_id, amina, Standing(3, 1, 0, 1), revision=1, added=3, lost=0,
            now=notifier.clock(), work=work,
        )

    assert await abouts(notifier, amina) == await abouts(notifier, tom) == ["people_to_look_at"]
