"""People of one council, writing to its services all the time, and again when nobody answered."""
import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import inf
from uuid import UUID, uuid4

from tests.faults.city import City


@dataclass
class Writers:
    """People of one council who never stop changing their minds. `facts`: how many changes were taken so far.

    `due`: how many there may be by now, so that they go on through all of a long trouble and do not run far ahead of who hears.
    """

    city: City
    dice: random.Random
    due: Callable[[], float] = lambda: inf
    pas: list[UUID] = field(default_factory=lambda: [uuid4() for _ in range(24)])
    people: list[UUID] = field(default_factory=lambda: [uuid4() for _ in range(10)])
    plans: dict[UUID, str] = field(default_factory=dict)
    facts: int = 0
    enough: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, at_once: int = 6) -> None:
        """Until it is enough."""
        for party in (*self.people, *self.pas):
            await self.reached(party)
        await asyncio.gather(*(self.register(pa, 0) for pa in self.pas))
        await asyncio.gather(*(self.plan(person, 1) for person in self.people))
        async with asyncio.TaskGroup() as group:
            for nth in range(at_once):
                group.create_task(self.go_on(nth, at_once))
            group.create_task(self.ask())

    async def story(self) -> None:
        """The same once and with an end: everybody is there, plans and profiles change, some ask to meet."""
        for party in (*self.people, *self.pas):
            await self.reached(party)
        for turn in (1, 2):
            for pa in self.pas:
                await self.register(pa, turn)
            for person in self.people:
                await self.plan(person, turn)
        self.pas = self.pas[:2]
        await self.ask()

    async def go_on(self, nth: int, of: int) -> None:
        turn = 1
        while not self.enough.is_set():
            if self.facts >= self.due():
                await asyncio.sleep(0.1)
                continue
            for pa in self.pas[nth::of]:
                await self.register(pa, turn)
            if nth < len(self.people):
                await self.plan(self.people[nth], turn + 1)
            turn += 1
            await asyncio.sleep(self.dice.uniform(0, 0.1))

    async def ask(self) -> None:
        """Each asks to meet each, and is answered; some come to work for somebody."""
        for pa in self.pas:
            for person in self.people:
                if self.enough.is_set():
                    return
                plan = self.plans[person]
                answer = await self.city.insist("POST", "matcher", f"/plans/{plan}/introductions", {
                    "profile_id": str(pa), "asked_by": "person"})
                if answer.status_code == 201:
                    self.facts += 1
                    path, said = f"/introductions/{answer.json()['introduction_id']}", self.dice.choice(("yes", "no"))
                    await self.city.insist("POST", "matcher", f"{path}/answer", {"answer": said, "route": "page"})
                    self.facts += 1
                    if said == "yes":
                        await self.work(path)
                await asyncio.sleep(self.dice.uniform(0.1, 0.4))

    async def work(self, path: str) -> None:
        """Offered, and answered; some of it ends before it begins."""
        starts_on = date.today() + timedelta(days=40)
        await self.city.insist("PUT", "matcher", f"{path}/offer", {
            "starts_on": starts_on.isoformat(), "trial_until": (starts_on + timedelta(days=20)).isoformat(), "quarters": 40,
            "rate": 1500,
        })  # fmt: skip
        answer = self.dice.choice(("yes", "no"))
        await self.city.insist("POST", "matcher", f"{path}/offer/answer", {"answer": answer})
        self.facts += 2
        if answer == "yes" and self.dice.random() < 1 / 3:
            await self.city.insist("POST", "matcher", f"{path}/work/end", {"by": "pa", "last_day": starts_on.isoformat()})
            self.facts += 1

    async def register(self, pa: UUID, turn: int) -> None:
        answer = await self.city.insist("POST", "registry", "/profiles", {
            "profile_id": str(pa), "chosen_name": "Sam", "postcode": "LE5 3", "travel": "car", "languages": "English (fluent)",
            "availability": "weekdays 8am-6pm" if turn % 2 else "weekends 9am-4pm", "rate": f"{13 + turn % 5}.50",
            "age_band": "21_and_over", "employment": "employed", "tasks": ["personal care", "cooking"],
        })
        assert answer.status_code in (200, 201), answer.text
        self.facts += 1

    async def plan(self, person: UUID, turn: int) -> None:
        answer = await self.city.insist("POST", "portal", "/plans", {
            "source": "casework", "source_id": f"plan-of-{person}", "source_version": turn, "person_ref": str(person),
            "postcode": "LE5 3", "times": "Mon-Fri 9am-11am" if turn % 2 else "Sat-Sun 10am-2pm", "hours_per_week": "10",
            "most_rate": f"{14 + turn % 3}.00", "wishes": [{"criterion": "language", "value": "English", "strength": "must"}],
        })
        assert answer.status_code in (200, 201), answer.text
        self.plans[person] = answer.json()["plan_id"]
        self.facts += 1

    async def reached(self, party: UUID) -> None:
        method = self.dice.choice(("text", "text", "email"))
        answer = await self.city.insist("PUT", "notifier", f"/parties/{party}/contact", {
            "kind": "person" if party in self.people else "pa", "address_as": "Alex", "quiet_from": "00:00", "quiet_to": "00:00",
            "preferences": [{"method": method, "format": "plain", "language": "en"}], "confirmed_on": "2026-11-01",
            "phone": f"+447700900{300 + party.int % 700}", "email": f"a{party.hex[:6]}@example.org",
        })
        assert answer.status_code == 200, answer.text
