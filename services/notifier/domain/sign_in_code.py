"""A code to sign in with: asked for by its reader at this moment, so it goes at once to the point they typed, or not at all."""
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from services.notifier.domain.checking import ANOTHER_WAY, IS_THIS_YOU, for_check
from services.notifier.domain.contact import Contact, Format, Method, Preference
from services.notifier.domain.message import Message

SIGN_IN_CODE = "sign_in_code"
LASTS = timedelta(minutes=10)
AHEAD = timedelta(days=1)
"""Its place in the line: before everything that became due in the last day."""
NOT_SHOWN = "A code, not shown."
FALL_BACK = "en"
"""The pages are in English, so whoever asked on one reads it."""


def is_code(message: Message) -> bool:
    return message.about == SIGN_IN_CODE


def whose(found: Sequence[Contact], method: Method) -> Contact | None:
    """The one party this point belongs to, if a code may go there. A point that several share says nothing about who typed it.

    Unconfirmed points, those that turned out not to work (the number may be somebody else's by now) and methods they asked never
    to be reached by take no code. `stopped_at` does not count: they ask us,
    and without a code nobody could sign in to start again.
    """
    if len(found) != 1:
        return None
    [contact] = found
    return contact if contact.confirmed_on and method not in contact.never | contact.closed | contact.unchecked.keys() else None


def as_asked(contact: Contact | None, message: Message) -> Contact | None:
    """The record as it counts for this message; None = it may not go there any more.

    For a code: only the method that was typed, in ordinary writing, at any hour. A stop from before it was asked for does not
    hold it back; one that came after does, as any other change of the record.
    """
    if contact is not None and message.about in (IS_THIS_YOU, ANOTHER_WAY):
        return for_check(contact, message)
    if not is_code(message) or contact is None:
        return contact
    method = Method(str(message.given["by"]))
    if contact.version != message.given["record"] or method in contact.never:
        return None
    recorded = [one.language for one in contact.preferences if one.method is method]
    languages = dict.fromkeys([*recorded, FALL_BACK])
    return replace(
        contact, preferences=tuple(Preference(method, Format.PLAIN, language) for language in languages),
        quiet_from=contact.quiet_to, safe_times=(), stopped_at=None, unchecked={},
    )


def due(message: Message, otherwise: datetime) -> datetime:
    return message.asked_at - AHEAD if is_code(message) else otherwise
