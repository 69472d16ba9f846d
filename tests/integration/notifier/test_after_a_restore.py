"""Another service was restored from a backup and tells everything anew: the notifier takes it, and contacts nobody again."""
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from services.notifier.subscribers import HEARS
from shared.contracts import Event
from shared.contracts.matcher import Cause, IntroductionChanged, ShortlistChanged
from shared.contracts.portal import SupporterChanged
from shared.messaging.envelope import Arrival
from shared.messaging.hearing import Hearing
from shared.messaging.outbox import PostgresOutbox
from shared.messaging.restoring import restored
from shared.runtime.postgres import Database
from tests.conftest import BackUp, MakeDatabase

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def shortlist(council: str, plan: UUID, person: UUID, revision: int, cause: Cause, **changes: int) -> ShortlistChanged:
    return ShortlistChanged.model_validate({
        "council": council, "revision": revision, "plan_id": plan, "person_id": person, "plan_revision": 1, "rules_version": 1,
        "day": NOW.date(), "cause": cause, "fitting": (), "near": (), "fitting_count": 3, "near_count": 0, "others": 0,
        "in_scope": 3, **changes,
    })


def supporting(council: str, delegation: UUID, person: UUID, supporter: UUID, revision: int, state: str) -> SupporterChanged:
    return SupporterChanged.model_validate({
        "council": council, "revision": revision, "delegation_id": delegation, "person_id": person, "supporter_id": supporter,
        "state": state, "scopes": ["see_shortlist"], "until": "2030-01-01",
    })


def introduction(council: str, plan: UUID, person: UUID, pa: UUID) -> IntroductionChanged:
    return IntroductionChanged.model_validate({
        "council": council, "revision": 1, "introduction_id": uuid4(), "plan_id": plan, "person_id": person, "profile_id": pa,
        "state": "asked", "asked_at": datetime.now(UTC), "answer_by": datetime(2030, 1, 1, tzinfo=UTC), "quarters": 40,
    })


class Teller:
    """The database of another service, and the way from its outbox to the notifier."""

    def __init__(self, database: Database, notifier: Any) -> None:
        self.database = database
        self.hearing = Hearing(notifier.store.database, HEARS, notifier.store.on)

    async def tell(self, *events: Event) -> None:
        async with self.database.transaction() as connection:
            for event in events:
                await PostgresOutbox(connection).append(event)
            rows = await connection.fetch("SELECT log.* FROM outbox_pending JOIN outbox_log AS log USING (id) ORDER BY id")
            await connection.execute("DELETE FROM outbox_pending")
        await self.hearing.take([
            Arrival(row["topic"], 0, row["id"], (*((name, value.encode()) for name, value in row["headers"].items()),
                                                 ("ce_timeline", str(row["timeline"]).encode())), row["body"])
            for row in rows
        ])


async def about(notifier: Any) -> list[str]:
    async with notifier.store.database.transaction() as connection:
        rows = await connection.fetch("SELECT about FROM message WHERE council = $1 ORDER BY about", notifier.council)
    return [row["about"] for row in rows]


async def active(notifier: Any, delegation: UUID) -> bool:
    async with notifier.store.begin() as work:
        known = await work.lists.supporting(notifier.council, delegation)
    assert known is not None
    return bool(known.active)


async def test_a_portal_that_was_restored_is_believed_and_nobody_is_told_twice(
    notifier: Any, database_for: MakeDatabase, backup_of: BackUp
) -> None:
    ids = [uuid4() for _ in range(3)]
    teller = Teller(await database_for("portal"), notifier)
    await teller.tell(supporting(notifier.council, *ids, 1, "active"))
    old = Teller(await backup_of(teller.database), notifier)
    await teller.tell(supporting(notifier.council, *ids, 2, "ended"))
    told, was = await about(notifier), await active(notifier, ids[0])

    await restored(old.database.url, NOW)
    await old.tell()
    believed = await active(notifier, ids[0])
    await old.tell(supporting(notifier.council, *ids, 2, "ended"))

    assert (was, believed, await active(notifier, ids[0])) == (False, True, False)
    assert told == ["supporter_let_in", "supporter_let_in", "supporter_taken_off"]
    assert await about(notifier) == told


async def test_a_matcher_that_was_restored_has_nobody_told_of_the_same_list_or_asked_again(
    notifier: Any, database_for: MakeDatabase, backup_of: BackUp
) -> None:
    council, plan, person, pa = notifier.council, uuid4(), uuid4(), uuid4()
    teller = Teller(await database_for("matcher"), notifier)
    await teller.tell(
        shortlist(council, plan, person, 1, Cause.PLAN), shortlist(council, plan, person, 2, Cause.PROFILES, added=2),
        introduction(council, plan, person, pa),
    )
    old = Teller(await backup_of(teller.database), notifier)
    await teller.tell(shortlist(council, plan, person, 3, Cause.PROFILES, lost=1))
    told = await about(notifier)
    async with notifier.store.database.transaction() as connection:  # the day's digest went out
        await connection.execute("UPDATE told_list SET added = 0, lost = 0, due_at = NULL")

    await restored(old.database.url, NOW)
    await old.tell()

    assert told == ["asked_again", "people_to_look_at", "somebody_would_like_to_meet_you"]  # the first waits for its day
    assert await about(notifier) == told
    async with notifier.store.begin() as work:
        known = await work.lists.told(council, plan)
    assert known is not None and (known.added, known.lost) == (0, 0)
