"""One sample council, as streams of the JSON bodies that the services take: as long as asked for, never held whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from deploy.sample import staff
from deploy.sample.council import Council
from deploy.sample.council import council as read_council
from deploy.sample.dice import sample_id
from deploy.sample.named_pas import NAMED_PAS, named_pa
from deploy.sample.named_people import NAMED_PEOPLE, named_person
from deploy.sample.pas import Pa, pa
from deploy.sample.people import Person, person

Body = dict[str, Any]

SAMPLE_DAY = date(2026, 11, 2)
"""The day a sample is made for when none is said, so that the same seed gives the same bytes on every day."""

SEE_AND_ASK = ["see_shortlist", "ask_to_meet"]


def fresh_day() -> date:
    """The day to make a sample for that is used now: yesterday, which has been everywhere and is never in the future."""
    return (datetime.now(UTC) - timedelta(days=1)).date()


@dataclass(frozen=True)
class Sample:
    """The same council, numbers, seed and day: the same bytes. The first PAs and people are those of the journeys."""

    council: str
    pas: int = 200
    plans: int = 40
    seed: int = 7
    day: date = SAMPLE_DAY

    @cached_property
    def facts(self) -> Council:
        return read_council(self.council)

    def each_pa(self) -> Iterator[Pa]:
        for number in range(self.pas):
            invent = named_pa if number < NAMED_PAS else pa
            yield invent(self.facts, self.seed, self.day, number)

    def each_person(self) -> Iterator[Person]:
        """One plan each, so there are as many people as plans."""
        for number in range(self.plans):
            invent = named_person if number < NAMED_PEOPLE else person
            yield invent(self.facts, self.seed, self.day, number)

    def profiles(self) -> Iterator[Body]:
        return (one.profile for one in self.each_pa())

    def support_plans(self) -> Iterator[Body]:
        return (one.plan for one in self.each_person())

    def contacts(self) -> Iterator[Body]:
        yield from (one.contact for one in self.each_pa())
        yield from (one.contact for one in self.each_person())
        yield from (one.contact for one in self.helpers())

    def accounts(self) -> Iterator[Body]:
        yield from (one.account for one in self.each_pa())
        yield from (one.account for one in self.each_person())
        yield from (one.account for one in self.helpers())

    def supporters(self) -> Iterator[Body]:
        """Who was let in by whom: brokers for the people who want one, and family."""
        with_broker = relatives = 0
        for number, one in enumerate(self.each_person()):
            if one.wants_broker:
                broker = sample_id(self.council, self.seed, "broker", with_broker // staff.CASELOAD)
                scopes = [*SEE_AND_ASK, "edit_plan"] if with_broker % 4 == 0 else SEE_AND_ASK
                yield self._let_in(f"{number}/broker", one, str(broker), scopes)
                with_broker += 1
            for _ in one.family:
                relative = sample_id(self.council, self.seed, "relative", relatives)
                yield self._let_in(f"{number}/relative", one, str(relative), SEE_AND_ASK)
                relatives += 1

    def counts(self) -> dict[str, int]:
        """How many of each there are, without keeping any."""
        people = list((one.wants_broker, len(one.family)) for one in self.each_person())
        with_broker = sum(wants for wants, _ in people)
        relatives = sum(family for _, family in people)
        helpers = staff.brokers_for(with_broker) + relatives + staff.STAFF
        parties = self.pas + self.plans + helpers
        return {
            "profiles": self.pas,
            "contacts": parties,
            "accounts": parties,
            "supporters": with_broker + relatives,
            "plans": self.plans,
        }

    def helpers(self) -> Iterator[staff.Supporter]:
        """Family, brokers and council staff."""
        with_broker = relatives = 0
        for one in self.each_person():
            with_broker += one.wants_broker
            for name in one.family:
                yield staff.relative(self.facts, self.seed, self.day, relatives, name)
                relatives += 1
        for number in range(staff.brokers_for(with_broker)):
            yield staff.broker(self.facts, self.seed, self.day, number)
        for number in range(staff.STAFF):
            yield staff.council_staff(self.facts, self.seed, self.day, number)

    def _let_in(self, which: str, one: Person, supporter_id: str, scopes: list[str]) -> Body:
        return {
            "delegation_id": str(sample_id(self.council, self.seed, f"delegation/{supporter_id}/{which}", 0)),
            "person_id": str(one.person_id),
            "supporter_id": supporter_id,
            "scopes": scopes,
            "until": (self.day + timedelta(days=180)).isoformat(),
        }
