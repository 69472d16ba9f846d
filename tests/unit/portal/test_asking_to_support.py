"""A supporter asks to be let in: the person decides, and the supporter cannot tell whether that person is known."""
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from services.portal.domain.accounts import Account, Role
from services.portal.domain.support_request import (
    ANSWER_WITHIN,
    ENOUGH,
    HEARD_WITHIN,
    KEPT_FOR,
    MOST_A_DAY,
    AskedAlready,
    AskedTooOften,
    Relation,
    RequestNotFound,
    SupportRequest,
    part_of,
)
from services.portal.domain.supporting import NothingToDo, Scope, TooLong
from services.portal.usecases import support_requests, supporters
from shared.contracts.portal import SupporterChanged
from shared.contracts.support_requests import SupportRequestChanged
from tests.unit.portal.memory import Memory
from tests.unit.portal.some import COUNCIL, NOW, viewer

SEE = frozenset({Scope.SEE_SHORTLIST})
UNTIL = date(2027, 2, 1)
OVER = NOW + ANSWER_WITHIN + HEARD_WITHIN


class Scene:
    def __init__(self) -> None:
        self.memory = Memory()
        self.work = self.memory.work
        self.person, self.broker = viewer(Role.PERSON), viewer(Role.BROKER)

    async def begin(self) -> "Scene":
        for one in (self.person, self.broker):
            await self.work.accounts.put(one.account)
        return self

    async def ask(
        self, named: str = "a@example.org", *, known: bool = True, now: datetime = NOW, scopes: frozenset[Scope] = SEE,
        until: date = UNTIL, found: UUID | None = None,
    ) -> SupportRequest:
        whom = found or (self.person.account_id if known else None)
        return await support_requests.ask(
            self.broker, uuid4(), named, named.encode(), whom, Relation.FRIEND, scopes, until, self.work, now=now
        )

    async def answer(self, asked: SupportRequest, yes: bool, now: datetime = NOW, by: UUID | None = None) -> SupportRequest:
        return await support_requests.answer(
            COUNCIL, asked.request_id, by or self.person.account_id, yes, "by link", self.work, now=now
        )

    async def end_all(self, now: datetime = OVER) -> None:
        while await support_requests.end_one(now, self.work):
            pass

    async def seen(self) -> list[tuple[str, bool, bool]]:
        """What the supporter's page is made of."""
        asks = await self.work.support_requests.of_supporter(COUNCIL, self.broker.account_id)
        return sorted((one.named_as, one.state == "let_in", one.runs) for one in asks)

    def told(self) -> list[str]:
        return [event.state.value for event in self.memory.outbox.of(SupportRequestChanged)]


async def test_the_person_is_asked_and_sees_who_asks_for_what() -> None:
    scene = await Scene().begin()

    asked = await scene.ask()

    [event] = scene.memory.outbox.of(SupportRequestChanged)
    assert (event.person_id, event.supporter_id, event.scopes) == (
        scene.person.account_id, scene.broker.account_id, ("see_shortlist",)
    )
    assert await support_requests.open_to(scene.person, scene.work) == [(asked, scene.broker.account)]


async def test_a_yes_lets_them_in_for_just_what_they_asked_and_until_then() -> None:
    scene = await Scene().begin()

    await scene.answer(await scene.ask(), yes=True)

    [let_in] = scene.memory.outbox.of(SupporterChanged)
    assert (let_in.scopes, let_in.until, let_in.state) == (("see_shortlist",), UNTIL, "active")
    assert await scene.seen() == [("a…@example.org", True, False)]
    await scene.end_all()
    assert scene.told() == ["open", "closed"]


async def test_no_and_no_answer_and_nobody_known_look_the_same_to_the_supporter_at_every_moment() -> None:
    scenes = {how: await Scene().begin() for how in ("no", "nothing", "nobody")}
    asks = {how: await scene.ask(known=how != "nobody") for how, scene in scenes.items()}
    await scenes["no"].answer(asks["no"], yes=False)

    meanwhile = [await scene.seen() for scene in scenes.values()]
    for scene in scenes.values():
        await scene.end_all()

    assert meanwhile == [[("a…@example.org", False, True)]] * 3
    assert [await scene.seen() for scene in scenes.values()] == [[("a…@example.org", False, False)]] * 3
    assert [scene.told() for scene in scenes.values()] == [["open", "closed", "over"], ["open", "over"], ["over"]]
    assert not any(scene.memory.outbox.of(SupporterChanged) for scene in scenes.values())


async def test_a_no_is_not_told_before_the_time_is_over() -> None:
    scene = await Scene().begin()
    await scene.answer(await scene.ask(), yes=False)

    await scene.end_all(NOW + ANSWER_WITHIN - timedelta(minutes=1))

    assert scene.told() == ["open", "closed"]


async def test_one_ask_at_a_time_however_they_name_them() -> None:
    scene = await Scene().begin()
    await scene.ask("a@example.org")

    await scene.ask("+447700900123")
    with pytest.raises(AskedAlready):
        await scene.ask("a@example.org")

    assert scene.told() == ["open"] and len(await scene.seen()) == 2


async def test_after_a_second_no_they_are_asked_no_more_and_can_still_let_them_in() -> None:
    scene = await Scene().begin()
    for turn in range(ENOUGH + 1):
        now = NOW + turn * timedelta(days=20)
        asked = await scene.ask(now=now, until=UNTIL + turn * timedelta(days=20))
        if turn < ENOUGH:
            await scene.answer(asked, yes=False, now=now)
            await scene.end_all(now + ANSWER_WITHIN + HEARD_WITHIN)

    assert asked.person_id is None and scene.told().count("open") == ENOUGH
    await supporters.let_in(
        COUNCIL, scene.person.account_id, scene.broker.account_id, SEE, UNTIL, scene.work, now=NOW, delegation_id=uuid4(),
        evidence="said so",
    )
    assert len(scene.memory.outbox.of(SupporterChanged)) == 1


async def test_no_answer_does_not_block() -> None:
    scene = await Scene().begin()
    for turn in range(ENOUGH + 1):
        now = NOW + turn * timedelta(days=20)
        await scene.ask(now=now, until=UNTIL + turn * timedelta(days=20))
        await scene.end_all(now + ANSWER_WITHIN + HEARD_WITHIN)

    assert scene.told().count("open") == ENOUGH + 1


@pytest.mark.parametrize("known", [True, False])
async def test_asks_in_a_day_are_counted_for_known_and_unknown_alike(known: bool) -> None:
    scene = await Scene().begin()
    for number in range(MOST_A_DAY):
        await scene.ask(f"{number}@example.org", known=known)

    with pytest.raises(AskedTooOften):
        await scene.ask("one-more@example.org", known=known)
    await scene.ask("tomorrow@example.org", known=known, now=NOW + timedelta(days=1, seconds=1))


async def test_who_lets_them_in_by_themselves_is_no_longer_asked() -> None:
    scene = await Scene().begin()
    asked = await scene.ask()

    await supporters.let_in(
        COUNCIL, scene.person.account_id, scene.broker.account_id, SEE, UNTIL, scene.work, now=NOW, delegation_id=uuid4(),
        evidence="said so",
    )

    assert scene.told() == ["open", "closed"] and await support_requests.open_to(scene.person, scene.work) == []
    with pytest.raises(RequestNotFound):
        await scene.answer(asked, yes=False)


async def test_the_first_answer_counts_and_only_the_persons() -> None:
    scene = await Scene().begin()
    asked = await scene.ask()
    with pytest.raises(RequestNotFound):
        await scene.answer(asked, yes=True, by=uuid4())
    await scene.answer(asked, yes=False)

    with pytest.raises(RequestNotFound):
        await scene.answer(asked, yes=True)

    assert not scene.memory.outbox.of(SupporterChanged)


async def test_an_answer_in_time_counts_though_it_is_heard_late_and_a_late_one_does_not() -> None:
    in_time, late = await Scene().begin(), await Scene().begin()
    for scene in (in_time, late):
        asked = await scene.ask()
        await scene.end_all()
        at = asked.answer_by - timedelta(minutes=1) if scene is in_time else asked.answer_by
        if scene is in_time:
            await scene.answer(asked, yes=True, now=at)
        else:
            with pytest.raises(RequestNotFound):
                await scene.answer(asked, yes=True, now=at)

    assert len(in_time.memory.outbox.of(SupporterChanged)) == 1 and not late.memory.outbox.of(SupporterChanged)


@pytest.mark.parametrize(("scopes", "until", "problem"), [
    (frozenset(), UNTIL, NothingToDo), (SEE, NOW.date() + ANSWER_WITHIN, TooLong),
    (SEE, NOW.date() + timedelta(days=367), TooLong),
])
async def test_they_ask_for_something_and_for_a_time_that_can_be(scopes: frozenset[Scope], until: date, problem: type) -> None:
    scene = await Scene().begin()

    with pytest.raises(problem):
        await scene.ask(scopes=scopes, until=until)


@pytest.mark.parametrize("role", [Role.PA, Role.STAFF, Role.BROKER, None])
async def test_nobody_but_a_person_is_asked(role: Role | None) -> None:
    scene, other = await Scene().begin(), uuid4()
    if role:
        await scene.work.accounts.put(Account(COUNCIL, other, role))

    await scene.ask(found=other)

    assert scene.told() == []


async def test_what_reached_nobody_is_forgotten_after_a_time() -> None:
    scene = await Scene().begin()
    await scene.ask("a@example.org")
    await scene.ask("b@example.org", known=False)
    await scene.end_all()

    assert await support_requests.forget_old(OVER + KEPT_FOR, scene.work) == 1
    assert [name for name, _, _ in await scene.seen()] == ["a…@example.org"]


@pytest.mark.parametrize(("named", "part"), [
    ("amina@example.org", "a…@example.org"), ("+447700900123", "what ends in 23"), ("P-1042", "what ends in 42"),
    ("7", "what ends in 7"),
])
def test_only_a_part_of_what_was_typed_is_kept(named: str, part: str) -> None:
    assert part_of(named) == part
