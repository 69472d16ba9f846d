"""The same state heard again, because something was damaged: nobody is sent anything more, and nothing that waits is dropped."""
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from services.notifier.domain.lists import Standing, Supporting
from services.notifier.usecases import hearing
from services.notifier.usecases.introducing import Turn

EMAIL = [{"method": "email", "format": "plain", "language": "en"}]


@pytest.mark.parametrize("turn", [Turn.ACCEPTED, Turn.DECLINED, Turn.EXPIRED, Turn.WITHDRAWN])
async def test_an_introduction_that_ended(notifier: Any, turn: Turn) -> None:
    person = await notifier.record(email="a@example.org", preferences=EMAIL)
    pa = await notifier.record(kind="pa", email="pa@example.org", preferences=EMAIL)
    introduction = await notifier.introduce(person, pa)
    await notifier.work_through()
    await notifier.hear(introduction, turn)
    before = await notifier.messages()

    await notifier.hear(introduction, turn)

    assert await notifier.messages() == before
    assert "waiting" in {message["state"] for message in before}


async def test_a_supporter_taken_off(notifier: Any) -> None:
    person = await notifier.record(email="a@example.org")
    supporter = await notifier.record(kind="supporter", email="s@example.org")
    let_in = Supporting(notifier.council, uuid4(), person, supporter, True, ("see_shortlist",), date(2027, 5, 31), 1)
    ended = replace(let_in, active=False, revision=2)
    for one in (let_in, let_in, ended):
        async with notifier.store.begin() as work:
            await hearing.hear_supporter(one, notifier.clock(), work)
    before = await notifier.messages()

    async with notifier.store.begin() as work:
        await hearing.hear_supporter(ended, notifier.clock(), work)

    assert await notifier.messages() == before
    assert [message["state"] for message in before if message["about"] == "supporter_taken_off"] == ["waiting"]


@pytest.mark.parametrize("row_lost", [False, True])
async def test_a_list_with_changes_in_it(notifier: Any, row_lost: bool) -> None:
    person, plan = await notifier.record(email="a@example.org", preferences=EMAIL), uuid4()

    async def heard(revision: int, added: int) -> None:
        async with notifier.store.begin() as work:
            await hearing.hear_list(
                notifier.council, plan, person, Standing(3, 1, 10, 1), revision=revision, added=added,
                lost=0, now=notifier.clock(), work=work,
            )

    await heard(1, 0)
    if row_lost:
        async with notifier.store.database.transaction() as connection:
            await connection.execute("DELETE FROM told_list")
    else:
        await heard(2, 1)
    before = await notifier.messages()

    await heard(1 if row_lost else 2, 1)

    assert await notifier.messages() == before
    assert {message["state"] for message in before} == {"waiting"}
    async with notifier.store.begin() as work:
        told = await work.lists.told(notifier.council, plan)
    assert (told.added, told.lost) == (0 if row_lost else 1, 0)  # gathered once
