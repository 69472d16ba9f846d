"""Signing in, staying in, being signed out."""

from datetime import timedelta
from uuid import uuid4

import pytest

from services.portal.domain.accounts import Account, AccountNotFound, NotSignedIn, Role
from services.portal.usecases import signing_in
from tests.unit.portal.memory import Memory
from tests.unit.portal.some import COUNCIL, NOW


async def signed_in(role=Role.PERSON, **more):
    memory, account_id = Memory(), uuid4()
    await memory.accounts.put(Account(COUNCIL, account_id, role, "Amina"))
    token = await signing_in.sign_in(COUNCIL, account_id, memory.work, now=NOW, secret="s" * 43, form_token="f", **more)
    return memory, account_id, token


async def test_the_token_says_who_it_is_and_is_kept_only_as_a_hash():
    memory, account_id, token = await signed_in()

    viewer = await signing_in.who_is(token, memory.work, now=NOW)

    assert (viewer.account_id, viewer.role, viewer.council) == (account_id, Role.PERSON, COUNCIL)
    assert token.encode() not in repr(memory.sessions.kept).encode()


async def test_signing_out_ends_it():
    memory, _, token = await signed_in()

    await signing_in.sign_out(token, memory.work)

    with pytest.raises(NotSignedIn):
        await signing_in.who_is(token, memory.work, now=NOW)


async def test_signing_in_again_ends_the_sign_in_before():
    memory, account_id, old = await signed_in()

    new = await signing_in.sign_in(COUNCIL, account_id, memory.work, now=NOW, secret="t" * 43, form_token="g", old_token=old)

    assert await signing_in.who_is(new, memory.work, now=NOW)
    with pytest.raises(NotSignedIn):
        await signing_in.who_is(old, memory.work, now=NOW)


@pytest.mark.parametrize("token", [None, "", "leicester.guess", "guess", "bristol." + "s" * 43])
async def test_a_guess_is_nobody(token):
    memory, _, _ = await signed_in()

    with pytest.raises(NotSignedIn):
        await signing_in.who_is(token, memory.work, now=NOW)


@pytest.mark.parametrize(("role", "unused"), [(Role.BROKER, timedelta(hours=1)), (Role.PERSON, timedelta(days=3))])
async def test_a_sign_in_that_lies_unused_ends(role, unused):
    memory, _, token = await signed_in(role)

    assert await signing_in.who_is(token, memory.work, now=NOW + unused - timedelta(minutes=1))
    with pytest.raises(NotSignedIn):
        await signing_in.who_is(token, memory.work, now=NOW + 2 * unused)


async def test_a_sign_in_ends_for_good_however_much_it_is_used():
    memory, _, token = await signed_in(Role.BROKER)
    for half_hours in range(20):
        await signing_in.who_is(token, memory.work, now=NOW + half_hours * timedelta(minutes=30))

    with pytest.raises(NotSignedIn):
        await signing_in.who_is(token, memory.work, now=NOW + timedelta(hours=10))


async def test_nobody_signs_in_as_a_number_that_is_not_there():
    with pytest.raises(AccountNotFound):
        await signing_in.sign_in(COUNCIL, uuid4(), Memory().work, now=NOW, secret="s", form_token="f")
