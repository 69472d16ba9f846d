"""A busy month, the same each time: plans edited in bursts, PAs coming and going each hour, asks to meet and how they end."""
import sys
from collections import Counter
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from services.notifier.domain.hours import london_day
from services.notifier.domain.lists import ABOUT_LISTS, LISTS_A_DAY, Standing
from services.notifier.usecases import hearing
from services.notifier.usecases.introducing import Introduction, Turn

DAYS = 30
ADDRESS = ["A Sample", "1 Example Street", "Leicester", "LE5 3AA"]
WAYS = {
    "email": {"method": "email", "format": "plain", "language": "en"},
    "text": {"method": "text", "format": "plain", "language": "en"},
    "letter": {"method": "letter", "format": "plain", "language": "en"},
    "large print": {"method": "letter", "format": "large_print", "language": "en", "point_size": 24},
    "phone call": {"method": "phone", "format": "verbal", "language": "en"},
}


async def hear(notifier: Any, plan: UUID, person: UUID, plan_revision: int, revision: int, added: int, fitting: int) -> None:
    async with notifier.store.begin() as work:
        await hearing.hear_list(
            notifier.council, plan, person, Standing(fitting, 2, 20, plan_revision), revision=revision, added=added, lost=0,
            now=notifier.clock(), work=work,
        )


async def test_a_busy_month_stays_within_what_a_person_can_take_in(notifier: Any) -> None:
    dice = Random(7)
    contact = {"phone": "07700 900123", "email": "a@example.org", "postal_address": ADDRESS}
    people = {name: await notifier.record(preferences=[way], **contact) for name, way in WAYS.items()}
    plans = {name: uuid4() for name in people}
    edits, heard = dict.fromkeys(people, 1), dict.fromkeys(people, 0)
    pa = await notifier.record(kind="pa", preferences=[WAYS["email"]], **contact)
    asked: list[tuple[Introduction, datetime]] = []

    for hour in range(DAYS * 24):
        for name, person in people.items():
            burst = dice.random() < 0.01
            changes = 10 if burst else 1 if dice.random() < 0.3 else 0
            for _ in range(changes if hour else 1):
                edits[name] += burst
                heard[name] += 1
                await hear(notifier, plans[name], person, edits[name], heard[name], 0 if burst else 1, dice.randint(1, 30))
            if dice.random() < 0.003:
                asked.append((await notifier.introduce(person, pa), notifier.clock() + timedelta(hours=dice.randint(1, 60))))
        for introduction, ends in [one for one in asked if one[1] <= notifier.clock()]:
            late = introduction.answer_by <= notifier.clock()
            await notifier.hear(introduction, Turn.EXPIRED if late else dice.choice([Turn.ACCEPTED, Turn.DECLINED]))
            asked.remove((introduction, ends))
        await notifier.work_through()
        notifier.clock.forward(hours=1)

    for name, person in people.items():
        messages = [one for page in range(1, 4) for one in (await notifier.http.get(
            f"/councils/{notifier.council}/messages", params={"party_id": str(person), "size": 200, "page": page}
        )).json()["items"]]  # fmt: skip
        lists = [one for one in messages if one["about"] in ABOUT_LISTS]
        told = [one for one in lists if one["state"] != "dropped"]
        a_day = Counter(london_day(datetime.fromisoformat(one["asked_at"])) for one in told)
        sent_on = [one["handed_over_at"] for one in told if one["handed_over_at"]]
        sent_a_day = Counter(london_day(datetime.fromisoformat(one)) for one in sent_on)
        sys.stdout.write(
            f"{name:12} heard {heard[name]:4}, lists told {len(told):3}, replaced {len(lists) - len(told):3}, "
            f"other messages {len(messages) - len(lists):3}, most on one day {max(sent_a_day.values(), default=0)}\n"
        )
        assert heard[name] > 200 and len(messages) < 600
        first_day = min(a_day)  # it has the first list too
        assert a_day[first_day] <= 2 and all(many == 1 for day, many in a_day.items() if day != first_day)
        assert max(sent_a_day.values(), default=0) <= LISTS_A_DAY
        assert len(told) <= DAYS + 2
    assert len([task for task in await notifier.tasks() if task["party_id"] == str(people["phone call"])]) < 10
