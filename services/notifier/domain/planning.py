"""Which of the recorded ways a message takes. Nothing outside the record is ever chosen."""
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from services.notifier.domain.contact import BY_A_PERSON, IN_BRAILLE, Contact, Method, Preference


class Cannot(StrEnum):
    """Why one recorded way is not taken, in words that the team reads on the contact task."""

    NEVER = "they asked never to be reached this way"
    NO_POINT = "we have no address or number for it"
    NOT_CHECKED = "they have not said yet that the number or address is right"
    CLOSED = "messages to it did not arrive, so please check the address or number"
    NO_COPY = "the words are not ready in this language"
    NO_FORMAT = "we cannot make this form"
    NOT_MADE = "making it failed"
    REFUSED = "the address or number was refused"
    CHANNEL_DOWN = "sending it failed again and again"
    NO_CHANNEL = "nothing here can carry it in this form"
    NOT_REACHED = "it was sent, but did not arrive"
    COULD_NOT = "somebody tried, and could not reach them this way"
    UNSURE = "we cannot tell whether it arrived"


@dataclass(frozen=True, slots=True)
class Way:
    """The recorded way a message takes."""

    position: int
    """Its place in the record's order, from 0."""
    preference: Preference

    @property
    def by_a_person(self) -> bool:
        return self.preference.method in BY_A_PERSON

    @property
    def by_a_braille_house(self) -> bool:
        """Made here, and sent to be embossed and posted: a person of the team sees to that."""
        return self.preference.method is Method.LETTER and self.preference.format in IN_BRAILLE


@dataclass(frozen=True, slots=True)
class Passed:
    """A recorded way that was passed over, and why."""

    position: int
    preference: Preference
    why: Cannot


Makes = Callable[[Preference], Cannot | None]
"""What stands in the way of making a message like this; None = nothing."""


def choose(contact: Contact, makes: Makes, spent: dict[int, Cannot]) -> tuple[Way | None, tuple[Passed, ...]]:
    """The first recorded way that is open, and those passed over before it. `spent`: ways already tried in vain."""
    passed: list[Passed] = []
    for position, preference in enumerate(contact.preferences):
        why = spent.get(position) or stands_in_the_way(contact, preference, makes)
        if why is None:
            return Way(position, preference), tuple(passed)
        passed.append(Passed(position, preference, why))
    return None, tuple(passed)


def stands_in_the_way(contact: Contact, preference: Preference, makes: Makes) -> Cannot | None:
    if preference.method in contact.never:
        return Cannot.NEVER
    if contact.point(preference.method) is None:
        return Cannot.NO_POINT
    if preference.method in contact.closed:
        return Cannot.CLOSED
    if preference.method in contact.unchecked:
        return Cannot.NOT_CHECKED
    if preference.method in BY_A_PERSON:
        return None
    return makes(preference)
