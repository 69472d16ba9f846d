"""A supporter asks to be let in: counted, kept, answered by the person, and over after two weeks."""
from datetime import date, datetime
from uuid import UUID, uuid5

from services.portal import announcements
from services.portal.domain.accounts import Account, Role, Viewer
from services.portal.domain.days import day_of
from services.portal.domain.support_request import (
    A_DAY,
    ANSWER_WITHIN,
    HEARD_WITHIN,
    KEPT_FOR,
    MOST_A_DAY,
    AskedAlready,
    AskedTooOften,
    Relation,
    RequestNotFound,
    SupportRequest,
    may_be_asked,
    part_of,
)
from services.portal.domain.supporting import LONGEST, NothingToDo, Scope, TooLong
from services.portal.ports import Work
from services.portal.usecases import supporters


async def may_ask(supporter: Viewer, named_hash: bytes, work: Work, *, now: datetime) -> None:
    """Looks at nothing but what this supporter asked. Raises AskedTooOften, AskedAlready."""
    await work.support_requests.alone(supporter.council, supporter.account_id)
    mine = await work.support_requests.of_supporter(supporter.council, supporter.account_id)
    if sum(one.asked_at > now - A_DAY for one in mine) >= MOST_A_DAY:
        raise AskedTooOften
    if any(one.runs and one.named_hash == named_hash for one in mine):
        raise AskedAlready


def check(scopes: frozenset[Scope], until: date, *, now: datetime) -> None:
    """Raises NothingToDo, TooLong (also where it would end before the person need have answered)."""
    if not scopes:
        raise NothingToDo
    if not day_of(now + ANSWER_WITHIN) < until <= day_of(now) + LONGEST:
        raise TooLong


async def ask(
    supporter: Viewer, request_id: UUID, named: str, named_hash: bytes, found: UUID | None, relation: Relation,
    scopes: frozenset[Scope], until: date, work: Work, *, now: datetime,
) -> SupportRequest:
    """Kept whether anybody is asked or not: what the supporter sees of it is the same. `found`: whom they named, if we know."""
    check(scopes, until, now=now)
    await may_ask(supporter, named_hash, work, now=now)
    asked = found if found and await is_asked(supporter, found, work) else None
    request = SupportRequest(
        supporter.council, request_id, supporter.account_id, asked, named_hash, part_of(named), relation, scopes, until, now,
        now + ANSWER_WITHIN, revision=1 if asked else 0,
    )
    await work.support_requests.save(request)
    if asked:
        await work.outbox.append(announcements.support_request_changed(request))
    return request


async def is_asked(supporter: Viewer, person_id: UUID, work: Work) -> bool:
    person = await work.accounts.find(supporter.council, person_id)
    if person is None or person.role is not Role.PERSON:
        return False
    return may_be_asked(await work.support_requests.between(supporter.council, supporter.account_id, person_id))


async def answer(
    council: str, request_id: UUID, person_id: UUID, yes: bool, how: str, work: Work, *, now: datetime
) -> SupportRequest:
    """The person's answer, by whatever way. Yes lets them in for what they asked, until the day they named.

    Raises RequestNotFound where it is somebody else's, or no longer a question."""
    request = await work.support_requests.hold(council, request_id)
    if request is None or request.person_id != person_id:
        raise RequestNotFound
    answered = request.answered(yes, now)
    if answered is request:
        raise RequestNotFound
    await keep(answered, work)
    if yes:
        await supporters.let_in(
            council, person_id, request.supporter_id, request.scopes, request.until, work, now=now,
            delegation_id=uuid5(request_id, "let in"), evidence=f"they asked, and the person said yes {how}",
        )
    return answered


async def open_to(person: Viewer, work: Work) -> list[tuple[SupportRequest, Account | None]]:
    """Who asks this person, and for what."""
    asks = await work.support_requests.open_to(person.council, person.account_id)
    who = await work.accounts.named(person.council, [one.supporter_id for one in asks])
    return [(one, who.get(one.supporter_id)) for one in asks]


async def end_of_party(council: str, party_id: UUID, work: Work, *, now: datetime) -> None:
    """Somebody is erased: they ask nobody any more. Who asks them hears when its time is over, as of any other."""
    for request in await work.support_requests.of_supporter(council, party_id):
        if request.runs:
            await keep(request.over(), work)
    for request in await work.support_requests.open_to(council, party_id):
        closed = request.answered(False, now)
        if closed is not request:
            await keep(closed, work)


async def end_one(now: datetime, work: Work) -> bool:
    """One whose time is over: the supporter is told, in the same words whatever came of it. False = there is none."""
    request = await work.support_requests.next_over(now - HEARD_WITHIN)
    if request is not None:
        await keep(request.over(), work)
    return request is not None


async def forget_old(now: datetime, work: Work) -> int:
    return await work.support_requests.forget(now - KEPT_FOR)


async def keep(request: SupportRequest, work: Work) -> None:
    await work.support_requests.save(request)
    await work.outbox.append(announcements.support_request_changed(request))
