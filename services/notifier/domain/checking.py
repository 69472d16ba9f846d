"""Is this you? A new number or email address is asked that first, and told nothing else until somebody there says yes."""
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from services.notifier.domain.contact import Contact, Method
from services.notifier.domain.message import Message

IS_THIS_YOU = "is_this_you"
ANOTHER_WAY = "we_need_another_way_to_reach_you"
"""Somebody there said that it is not them. Always a person's to tell."""
WHO_SAID_STOP = "was_it_you_who_said_stop"
"""STOP came from where nobody has said that it is theirs. Always a person's to ask."""
CHECKED = (Method.TEXT, Method.EMAIL)
"""The post is not asked: a name is on the envelope anyhow. Whoever rings or visits asks whom they speak to."""
ANSWER_WITHIN = timedelta(days=14)
WAITED_FOR = timedelta(hours=24)
"""What has no other way waits so long for a yes. Then a person of the team is asked to reach them."""


def with_checks(record: Contact, held: Contact | None, now: datetime) -> Contact:
    """The record, with the ways at which nobody has said yes. `held`: the one that it takes the place of.

    The first record counts as it stands where it says when the party confirmed it. A number or address put down later is asked,
    whoever put it there. What was asked stays unchecked until a yes, or until the record is confirmed anew as it is.
    """
    wanted = {one.method for one in record.preferences if record.point(one.method)}
    version = held.version + 1 if held else record.version
    new = {method: version for method in CHECKED if method in wanted and is_new(method, record, held)}
    stays = {method: at for method, at in held.unchecked.items() if still_asked(method, record, held)} if held else {}
    since = now if new else held.check_asked_at if held and stays else None
    return replace(record, unchecked={**stays, **new}, check_asked_at=since)


def is_new(method: Method, record: Contact, held: Contact | None) -> bool:
    return record.confirmed_on is None if held is None else record.point(method) != held.point(method)


def still_asked(method: Method, record: Contact, held: Contact) -> bool:
    return record.point(method) == held.point(method) and record.confirmed_on == held.confirmed_on


def ask_id(party_id: UUID, method: Method, version: int) -> UUID:
    """Each number that is put down is asked for itself. `version`: of the record that it came with."""
    return uuid5(party_id, f"{IS_THIS_YOU}/{method}/{version}")


def for_check(contact: Contact, message: Message) -> Contact:
    """By the way that is asked about, and no other, in the form and language recorded for it; else by a person."""
    if message.about == ANOTHER_WAY:
        return replace(contact, preferences=())
    method = Method(str(message.given["way"]))
    asked = contact.unchecked.get(method) == message.given["record"]
    ways = tuple(one for one in contact.preferences if one.method is method) if asked else ()
    return replace(contact, preferences=ways, unchecked={}, check_asked_at=None)


def waits_until(contact: Contact, message: Message, now: datetime) -> datetime | None:
    """Until when this message may wait for the yes; None: it has another way, or has waited long enough."""
    if not contact.awaited or contact.check_asked_at is None:
        return None
    open_ways = [
        one for one in contact.preferences
        if one.method not in contact.never | contact.closed | contact.unchecked.keys() and contact.point(one.method)
    ]
    until = contact.check_asked_at + WAITED_FOR
    if message.expires_at is not None:
        until = min(until, message.asked_at + (message.expires_at - message.asked_at) / 4)
    return until if not open_ways and now < until else None
