"""Asking about one's own data, and the copy of it: gathered from every service, kept for a short time, and taken."""
from datetime import datetime, timedelta
from uuid import UUID

from services.portal import announcements
from services.portal.domain.accounts import Account, AccountNotFound, Role, Viewer
from services.portal.domain.copies import Look, Looked, NamedLook
from services.portal.domain.own_data import MAY_ASK, DataRequest, DataRequestNotFound, Kind, NoCopyNow, State, Why, asked
from services.portal.ports import Work
from services.portal.ports.own_data import Document

SERVICES = ("portal", "registry", "matcher", "notifier")
"""Each holds something, and all must have answered before a copy is whole."""
SHOWN_FOR = timedelta(days=30)
"""So long a council worker sees what was taken back."""


async def ask(
    viewer: Viewer, kind: Kind, work: Work, *, now: datetime, request_id: UUID, party_id: UUID | None = None,
    words: str | None = None,
) -> bool:
    """`party_id`: whom a council worker asks for. False: it was asked before and is not done yet. Raises AccountNotFound."""
    account = await asked_for(viewer, party_id, work)
    request = asked(account.council, request_id, account.account_id, account.role, kind, viewer.account_id, words, now)
    if not await work.data_requests.add(request):
        return False
    await work.outbox.append(announcements.data_request_changed(request))
    return True


async def asked_for(viewer: Viewer, party_id: UUID | None, work: Work) -> Account:
    """Themself; or, for a council worker, somebody who told them."""
    if viewer.role is not Role.STAFF:
        return viewer.account
    account = await work.accounts.find(viewer.council, party_id) if party_id else None
    if account is None or account.role not in MAY_ASK:
        raise AccountNotFound
    return account


async def asked_by(viewer: Viewer, work: Work) -> list[DataRequest]:
    """Newest first."""
    return await work.data_requests.of_party(viewer.council, viewer.account_id)


async def who_took(viewer: Viewer, work: Work) -> list[NamedLook]:
    """Whoever took a copy of what is held about the viewer, themself too. Newest first."""
    looks = await work.looks.of_person(viewer.council, viewer.account_id)
    return [one for one in looks if one.look.what is Looked.DATA]


async def waiting(council: str, work: Work) -> list[DataRequest]:
    """What is not done, oldest first."""
    return await work.data_requests.open(council)


async def taken_back_lately(council: str, work: Work, *, now: datetime) -> list[DataRequest]:
    """What nobody need work on any more, newest first."""
    return await work.data_requests.taken_back_since(council, now - SHOWN_FOR)


async def to_take(council: str, work: Work) -> list[DataRequest]:
    """Copies that are ready: a council worker prints one for somebody who has no other way to it."""
    return await work.data_requests.ready(council)


async def take_copy(viewer: Viewer, request_id: UUID, work: Work, *, now: datetime) -> bytes:
    """Their own, or, for a council worker, anybody's of the council: written down where they read it.

    Raises DataRequestNotFound, NoCopyNow.
    """
    request = await theirs(viewer, request_id, work)
    body = await work.data_requests.copy(request) if request.can_be_taken else None
    if body is None:
        raise NoCopyNow
    await work.looks.add(Look(request.council, request.party_id, viewer.account_id, viewer.role, Looked.DATA, now))
    return body


async def theirs(viewer: Viewer, request_id: UUID, work: Work) -> DataRequest:
    """Somebody else's is as if it were not there. Raises DataRequestNotFound."""
    request = await work.data_requests.find(viewer.council, request_id)
    if request is None or (viewer.role is not Role.STAFF and request.party_id != viewer.account_id):
        raise DataRequestNotFound
    return request


async def take_back(viewer: Viewer, request_id: UUID, work: Work, *, now: datetime) -> DataRequest:
    """They no longer want it: by themself, or told to a council worker. Raises DataRequestNotFound, DoneAlready."""
    await theirs(viewer, request_id, work)
    held = await work.data_requests.hold(viewer.council, request_id)
    if held is None:
        raise DataRequestNotFound
    back = held.taken_back(viewer.account_id, now)
    if back is not held:
        await work.data_requests.forget_copy(back)
        await tell(back, work)
    return back


async def decide(
    staff: Viewer, request_id: UUID, state: State, why: Why | None, work: Work, *, now: datetime
) -> DataRequest:
    """A council worker's answer, with its reason where it is no. Raises DataRequestNotFound, DecidedAlready, NeedsAReason."""
    held = await work.data_requests.hold(staff.council, request_id)
    if held is None:
        raise DataRequestNotFound
    decided = held.decided(state, staff.account_id, now, why)
    await tell(decided, work)
    return decided


async def take_up(now: datetime, work: Work) -> DataRequest | None:
    """The next that something is to be done for. Whoever took it up and came to nothing is not the last who does."""
    request = await work.data_requests.next_to_look_at(now)
    if request is not None:
        await work.data_requests.save(request.later(now))
    return request


async def keep_part(request: DataRequest, service: str, document: Document, work: Work) -> None:
    """Nothing is kept for what was taken back meanwhile."""
    held = await work.data_requests.hold(request.council, request.request_id)
    if held is not None and held.state is request.state:
        await work.data_requests.keep_part(request, service, document)


async def still_to_answer(request: DataRequest, work: Work) -> list[str]:
    """Which services have not been heard."""
    heard = await work.data_requests.parts(request)
    return [service for service in SERVICES if service not in heard]


async def make_ready(request: DataRequest, body: bytes, work: Work, *, now: datetime) -> None:
    """Once, whoever else made the same."""
    held = await work.data_requests.hold(request.council, request.request_id)
    if held is None or held.state is not request.state:
        return
    ready = held.ready(now)
    await work.data_requests.keep_copy(ready, body)
    await tell(ready, work)


async def forget_copy(request: DataRequest, work: Work) -> None:
    """Its time is over."""
    held = await work.data_requests.hold(request.council, request.request_id)
    if held is None or held.state is not request.state:
        return
    await work.data_requests.forget_copy(held)
    await tell(held.over(), work)


async def tell(request: DataRequest, work: Work) -> None:
    await work.data_requests.save(request)
    await work.outbox.append(announcements.data_request_changed(request))
