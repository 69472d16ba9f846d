"""Leaflets: what people may want to know before they choose, sent when somebody asks for one."""
from collections.abc import Mapping

from services.notifier.domain.contact import PartyKind

FOR_PEOPLE = frozenset({PartyKind.PERSON, PartyKind.SUPPORTER})

LEAFLETS: Mapping[str, frozenset[PartyKind]] = {
    "your_rights_and_options": FOR_PEOPLE,
    "what_a_direct_payment_is": FOR_PEOPLE,
    "being_an_employer": FOR_PEOPLE,
    "being_a_pa": frozenset({PartyKind.PA}),
}
"""To whom each is written."""


class NoSuchLeaflet(Exception):
    """There is no such leaflet for them. The list of leaflets has all there are for this kind of party."""


class StoppedAll(Exception):
    """They asked us to stop, so nothing is sent to them. They can start again on the page that says how they are told."""
