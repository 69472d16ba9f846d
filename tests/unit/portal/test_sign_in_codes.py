"""A code is good once, for ten minutes, in the browser that asked, for five tries, until a newer one is asked for."""
import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.portal.domain.accounts import Account, NotSignedIn, Role
from services.portal.domain.sign_in_code import (
    LASTS,
    MOST_FOR_CONTACT,
    MOST_FOR_CONTACT_IN_A_DAY,
    MOST_FROM_ADDRESS,
    TRIES,
    Tried,
)
from services.portal.usecases import sign_in_codes, signing_in
from services.portal.usecases.sign_in_codes import Asking, NobodyHereYet, TooManyCodes
from tests.unit.portal.memory import Memory
from tests.unit.portal.some import COUNCIL, NOW

CODE = "402913"
ANOTHER = "402914"


async def somebody(role: Role = Role.PERSON) -> tuple[Memory, UUID]:
    memory, account_id = Memory(), uuid4()
    await memory.accounts.put(Account(COUNCIL, account_id, role, "Amina"))
    return memory, account_id


async def asked(memory: Memory, account_id: UUID | None, code: str = CODE, **more: Any) -> str:
    secret = more.pop("secret", None) or uuid4().hex
    return await sign_in_codes.keep_code(COUNCIL, account_id, code, memory.work, now=NOW, secret=secret, **more)


async def tried(memory: Memory, code: str, token: str | None, now: datetime = NOW, **more: Any) -> tuple[Tried, str]:
    return await sign_in_codes.sign_in_with(code, token, memory.work, now=now, secret=uuid4().hex, form_token="f", **more)


@pytest.mark.parametrize("role", Role)
async def test_the_right_code_signs_them_in_once(role: Role) -> None:
    memory, account_id = await somebody(role)
    browser = await asked(memory, account_id)

    how, token = await tried(memory, CODE, browser)
    again, _ = await tried(memory, CODE, browser)

    viewer = await signing_in.who_is(token, memory.work, now=NOW)
    assert (how, viewer.account_id, viewer.role) == (Tried.RIGHT, account_id, role)
    assert again is Tried.OVER


@given(seconds=st.integers(-700, 700), micro=st.integers(0, 999_999))
def test_it_lasts_ten_minutes_to_the_moment(seconds: int, micro: int) -> None:
    after = LASTS + timedelta(seconds=seconds, microseconds=micro)

    async def play() -> Tried:
        memory, account_id = await somebody()
        return (await tried(memory, CODE, await asked(memory, account_id), NOW + after))[0]

    assert asyncio.run(play()) is (Tried.RIGHT if after < LASTS else Tried.OVER)


@pytest.mark.parametrize(("seconds", "how"), [(599, Tried.RIGHT), (600, Tried.OVER), (601, Tried.OVER)])
async def test_a_second_before_and_a_second_after(seconds: int, how: Tried) -> None:
    memory, account_id = await somebody()
    browser = await asked(memory, account_id)

    assert (await tried(memory, CODE, browser, NOW + timedelta(seconds=seconds)))[0] is how


async def test_another_browser_cannot_use_it() -> None:
    memory, account_id = await somebody()
    await asked(memory, account_id)
    other = await asked(memory, None, ANOTHER)

    for token in (other, None, "", COUNCIL, f"{COUNCIL}.", f"elsewhere.{uuid4().hex}"):
        assert (await tried(memory, CODE, token))[0] is not Tried.RIGHT


async def test_five_wrong_tries_end_it() -> None:
    memory, account_id = await somebody()
    browser = await asked(memory, account_id)

    outcomes = [(await tried(memory, ANOTHER, browser))[0] for _ in range(TRIES)]

    assert outcomes == [Tried.WRONG] * (TRIES - 1) + [Tried.OVER]
    assert (await tried(memory, CODE, browser))[0] is Tried.OVER


async def test_nobody_we_know_looks_like_somebody_who_mistypes() -> None:
    memory, account_id = await somebody()
    known, unknown = await asked(memory, account_id), await asked(memory, None)

    for _ in range(TRIES + 1):
        assert (await tried(memory, ANOTHER, known))[0] is (await tried(memory, ANOTHER, unknown))[0]
    fresh = await asked(memory, None)
    assert (await tried(memory, CODE, fresh))[0] is Tried.WRONG


async def test_signing_in_by_code_ends_the_sign_in_before() -> None:
    memory, account_id = await somebody()
    old = await signing_in.sign_in(COUNCIL, account_id, memory.work, now=NOW, secret="s" * 43, form_token="f")

    _, new = await tried(memory, CODE, await asked(memory, account_id), old_token=old)

    assert await signing_in.who_is(new, memory.work, now=NOW)
    with pytest.raises(NotSignedIn):
        await signing_in.who_is(old, memory.work, now=NOW)


async def test_who_has_no_account_yet_is_told_so_and_is_not_signed_in() -> None:
    memory = Memory()
    browser = await asked(memory, uuid4())

    with pytest.raises(NobodyHereYet):
        await tried(memory, CODE, browser)
    assert memory.sessions.kept == {}


async def test_neither_the_code_nor_the_browsers_token_nor_the_contact_point_is_kept() -> None:
    memory, account_id = await somebody()
    browser = await asked(memory, account_id)
    await ask(memory)

    kept = repr((memory.sign_in_codes.kept, memory.sign_in_codes.asks)).encode()
    for secret in (CODE, browser, browser.partition(".")[2], "amina@example.org", "192.0.2.1"):
        assert secret.encode() not in kept


async def ask(memory: Memory, contact: str = "amina@example.org", came_from: str = "192.0.2.1", now: datetime = NOW) -> None:
    await sign_in_codes.note_ask(Asking.of(COUNCIL, contact, came_from, b"k" * 32), memory.work, now=now)


async def test_a_contact_point_is_asked_for_a_few_times_and_others_are_not_held_up() -> None:
    memory = Memory()
    for number in range(MOST_FOR_CONTACT):
        await ask(memory, came_from=f"192.0.2.{number}")

    with pytest.raises(TooManyCodes):
        await ask(memory, came_from="192.0.2.99")
    await ask(memory, "robin@example.org")
    await ask(memory, now=NOW + timedelta(minutes=15))


async def test_a_contact_point_is_asked_for_a_dozen_times_a_day() -> None:
    memory = Memory()
    for number in range(MOST_FOR_CONTACT_IN_A_DAY):
        await ask(memory, now=NOW + number * timedelta(minutes=20))

    with pytest.raises(TooManyCodes):
        await ask(memory, now=NOW + timedelta(hours=12))
    await ask(memory, now=NOW + timedelta(days=1))


async def test_one_address_cannot_ask_for_everybody() -> None:
    memory = Memory()
    for number in range(MOST_FROM_ADDRESS):
        await ask(memory, f"person{number}@example.org")

    with pytest.raises(TooManyCodes):
        await ask(memory, "one-more@example.org")
    await ask(memory, "one-more@example.org", came_from="192.0.2.2")


@dataclass
class Live:
    """What the rules say of a code, told in the simplest way."""

    browser: int
    account: int
    code: str
    at: datetime
    wrong: int = 0
    ended: bool = False


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("ask"), st.integers(0, 2), st.integers(0, 1)),  # browser, account
        st.tuples(st.just("try"), st.integers(0, 2), st.integers(0, 9)),  # browser, which of the codes sent so far
        st.tuples(st.just("guess"), st.integers(0, 2), st.just(0)),
        st.tuples(st.just("wait"), st.sampled_from([1, 60, 299, 300, 301, 599, 600]), st.just(0)),
    ),
    max_size=40,
)


@given(STEPS)
def test_whatever_is_asked_and_tried_in_whatever_order_only_the_newest_unused_code_signs_in(steps: list[Any]) -> None:
    asyncio.run(play(steps))


async def play(steps: list[Any]) -> None:
    memory, now = Memory(), NOW
    accounts = [uuid4(), uuid4()]
    for account_id in accounts:
        await memory.accounts.put(Account(COUNCIL, account_id, Role.PERSON, "Amina"))
    browsers: dict[int, str] = {}
    sent: list[Live] = []
    for what, first, second in steps:
        if what == "wait":
            now += timedelta(seconds=first)
        elif what == "ask":
            for live in sent:
                live.ended |= live.browser == first or live.account == second
            sent.append(Live(first, second, f"{len(sent):06}", now))
            browsers[first] = await sign_in_codes.keep_code(
                COUNCIL, accounts[second], sent[-1].code, memory.work, now=now, secret=uuid4().hex, old_token=browsers.get(first)
            )
        elif what == "guess" or sent:
            live = next((one for one in reversed(sent) if one.browser == first), None)
            typed = "999999" if what == "guess" else sent[second % len(sent)].code
            how, token = await tried(memory, typed, browsers.get(first), now)
            good = live is not None and not live.ended and now < live.at + LASTS and live.wrong < TRIES
            assert (how is Tried.RIGHT) == (good and live is not None and typed == live.code)
            if good and live is not None:
                live.ended = typed == live.code
                live.wrong += typed != live.code
            if token:
                assert live is not None
                viewer = await signing_in.who_is(token, memory.work, now=now)
                assert viewer.account_id == accounts[live.account]
