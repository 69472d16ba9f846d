"""Letting somebody in beside a person, and taking them off again, at once."""
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.portal import announcements
from services.portal.domain.accounts import Account, AccountNotFound, Role, Viewer
from services.portal.domain.days import day_of
from services.portal.domain.supporting import (
    LONGEST,
    Delegation,
    NothingToDo,
    NotLetIn,
    Scope,
    SupporterNotFound,
    TooLong,
)
from services.portal.ports import Work


@dataclass(frozen=True, slots=True)
class Beside:
    """One supporter, as the person sees them; or one person, as the supporter does."""

    delegation: Delegation
    other: Account | None
    """The supporter's account (for a person) or the person's (for a supporter)."""
    holds: bool


async def let_in(
    council: str,
    person_id: UUID,
    supporter_id: UUID,
    scopes: frozenset[Scope],
    until: date,
    work: Work,
    *,
    now: datetime,
    delegation_id: UUID,
    evidence: str,
    start: date | None = None,
) -> Delegation:
    """Idempotent by `delegation_id`: the same again returns what is there, and what has ended stays ended.

    Raises TooLong, NothingToDo, AccountNotFound.
    """
    there = await work.supporters.hold(council, delegation_id)
    if there is not None:
        if (there.person_id, there.supporter_id) != (person_id, supporter_id):
            raise SupporterNotFound
        return there
    start = start or day_of(now)
    if not scopes:
        raise NothingToDo
    if not start <= until <= start + LONGEST:
        raise TooLong
    if await work.erased.among(council, (person_id, supporter_id)):
        raise AccountNotFound
    person = await work.accounts.find(council, person_id)
    supporter = await work.accounts.find(council, supporter_id)
    if person is None or supporter is None or person.role is not Role.PERSON or supporter.role is not Role.BROKER:
        raise AccountNotFound
    delegation = Delegation(
        council,
        delegation_id,
        person_id,
        supporter_id,
        worker=supporter.chosen_name,
        organisation=supporter.organisation,
        scopes=scopes,
        start=start,
        until=until,
        evidence=evidence,
        revision=1,
    )
    await work.supporters.add(delegation)
    await work.outbox.append(announcements.supporter_changed(delegation))
    for asked in await work.support_requests.between(council, supporter_id, person_id):
        if asked.is_open and now < asked.answer_by:  # they did by themselves what they are asked, so it is no longer a question
            answered = asked.answered(True, now)
            await work.support_requests.save(answered)
            await work.outbox.append(announcements.support_request_changed(answered))
    return delegation


async def end_support(council: str, delegation_id: UUID, work: Work, *, now: datetime, by: Viewer | None = None) -> Delegation:
    """Taken off from this moment. `by`: who asks on a page (the person, the supporter, or staff); None: the API's key."""
    delegation = await work.supporters.hold(council, delegation_id)
    if delegation is None:
        raise SupporterNotFound
    if by is not None and by.role is not Role.STAFF and by.account_id not in (delegation.person_id, delegation.supporter_id):
        raise NotLetIn
    ended = delegation.ended(now)
    if ended is not delegation:
        await work.supporters.save(ended)
        await work.outbox.append(announcements.supporter_changed(ended))
    return ended


async def supporters_of(person: Viewer, work: Work, *, now: datetime) -> list[Beside]:
    """Everybody beside this person, also those who no longer are."""
    delegations = await work.supporters.of_person(person.council, person.account_id)
    return await beside(person.council, delegations, work, now, of="supporter")


async def people_of(supporter: Viewer, work: Work, *, now: datetime) -> list[Beside]:
    """The people who let this supporter in, and still do."""
    standing = await work.supporters.of_supporter(supporter.council, supporter.account_id)
    holding = [one for one in standing if one.holds(day_of(now))]
    return await beside(supporter.council, holding, work, now, of="person")


async def beside(council: str, delegations: list[Delegation], work: Work, now: datetime, *, of: str) -> list[Beside]:
    ids = [one.supporter_id if of == "supporter" else one.person_id for one in delegations]
    others = await work.accounts.named(council, ids)
    return [Beside(one, others.get(other), one.holds(day_of(now))) for one, other in zip(delegations, ids, strict=True)]
