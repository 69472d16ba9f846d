"""Old versions of wishes are forgotten in time, and all of how somebody was reached when they ask."""
from datetime import timedelta
from typing import Any
from uuid import uuid4

from services.notifier.courier.old_wishes import OldWishes
from services.notifier.usecases.erasing import KEPT_FOR

EMAIL = [{"method": "email", "format": "plain", "language": "en"}]


async def versions(notifier: Any, party: Any) -> list[int]:
    answer = await notifier.http.get(f"/councils/{notifier.council}/parties/{party}/contact/versions")
    return [one["version"] for one in answer.json()] if answer.status_code == 200 else []


async def test_a_version_is_forgotten_three_years_after_another_took_its_place_and_the_newest_never(notifier: Any) -> None:
    wishes = OldWishes(notifier.store.begin, notifier.clock)
    party = await notifier.record(email="a@example.org", preferences=EMAIL)
    await notifier.record(party_id=party, email="a@example.org", preferences=EMAIL, discreet=True)
    notifier.clock.forward(days=365)
    await notifier.record(party_id=party, email="a@example.org", preferences=EMAIL)
    kept = []
    for days in (2 * 365, 1, 365, 9 * 365):
        notifier.clock.forward(days=days)
        while await wishes.forget_some():
            pass
        kept.append(await versions(notifier, party))

    assert timedelta(days=3 * 365) == KEPT_FOR
    assert kept == [[3, 2, 1], [3, 2], [3], [3]]


async def test_who_asks_to_be_forgotten_leaves_no_words_behind(notifier: Any) -> None:
    pa = await notifier.record(kind="pa", address_as="Quillfeather", email="quill@example.org", preferences=EMAIL)
    other = await notifier.record(kind="pa", address_as="Amina", email="a@example.org", preferences=EMAIL)
    for one in (pa, other):
        await notifier.introduce(uuid4(), one)
    await notifier.work_through()
    await notifier.record(party_id=pa, kind="pa", address_as="Quillfeather", preferences=[{**EMAIL[0], "method": "visit"}],
                          postal_address=["12 Quill Street"])
    await notifier.introduce(uuid4(), pa)
    await notifier.work_through()

    answer = await notifier.http.delete(f"/councils/{notifier.council}/parties/{pa}/contact")

    gone = await notifier.http.get(f"/councils/{notifier.council}/parties/{pa}/contact")
    assert (answer.status_code, gone.status_code, await versions(notifier, pa)) == (204, 404, [])
    assert sorted(one["state"] for one in await notifier.messages(pa)) == ["dropped", "handed_over"]
    async with notifier.store.database.transaction() as connection:
        tables = await connection.fetch("""
            SELECT table_name FROM information_schema.tables
             WHERE table_schema = 'public' AND has_table_privilege(format('%I.%I', table_schema, table_name), 'SELECT')""")
        for table in (row["table_name"] for row in tables):
            found = await connection.fetchval(f'SELECT count(*) FROM "{table}" AS t WHERE t::text ILIKE $1', "%quill%")
            assert found == 0, table
    assert len(await versions(notifier, other)) == 1
    assert (await notifier.whole((await notifier.messages(other))[0]["message_id"]))["artefacts"]


async def test_to_erase_somebody_we_do_not_know_says_so(notifier: Any) -> None:
    answer = await notifier.http.delete(f"/councils/{notifier.council}/parties/{uuid4()}/contact")

    assert answer.status_code == 404
