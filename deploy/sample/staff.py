"""Those beside the people of a sample: support brokers with their caseload, family who were let in, council staff."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from deploy.sample.contacts import contact, drama_number
from deploy.sample.council import Council, names
from deploy.sample.dice import Dice, sample_id

Body = dict[str, Any]

CASELOAD = 23
"""People beside whom one broker works: what a full-time broker carries."""

_BROKERS = ("Priya Nair", "Dean Foster", "Marcia Campbell")
_ORGANISATIONS = ("Side by Side Brokerage", "Own Front Door", "Choices Together")
_STAFF = (("Jo Fielding", "Direct payments team"), ("Anita Rao", "PA register"), ("Huw Bowen", "Contact team"))
STAFF = len(_STAFF)


@dataclass(frozen=True)
class Supporter:
    account: Body
    contact: Body


def brokers_for(people: int) -> int:
    return -(-people // CASELOAD)


def broker(council: Council, seed: int, day: date, number: int) -> Supporter:
    dice = Dice(council.name, seed, "broker", number)
    lists = names("english")
    name = _BROKERS[number] if number < len(_BROKERS) else f"{dice.pick(lists.women + lists.men)} {dice.pick(lists.family)}"
    organisation = _ORGANISATIONS[number % len(_ORGANISATIONS)]
    return _supporter(
        council, sample_id(council.name, seed, "broker", number), "broker", name, organisation, dice, day, number % 10
    )


def relative(council: Council, seed: int, day: date, number: int, name: str) -> Supporter:
    """To the portal a relative is let in as a broker is: for a person, with a scope, until a day."""
    dice = Dice(council.name, seed, "relative", number)
    return _supporter(
        council, sample_id(council.name, seed, "relative", number), "broker", name, "Family", dice, day, 10 + number % 10
    )


def council_staff(council: Council, seed: int, day: date, number: int) -> Supporter:
    dice = Dice(council.name, seed, "staff", number)
    name, team = _STAFF[number]
    return _supporter(
        council, sample_id(council.name, seed, "staff", number), "staff", name, f"{council.title} {team}", dice, day, number
    )


def _supporter(
    council: Council, party_id: UUID, role: str, name: str, organisation: str, dice: Dice, day: date, last_digits: int
) -> Supporter:
    way = {"method": "email", "format": "plain", "language": "en"}
    account = {"account_id": str(party_id), "role": role, "chosen_name": name, "organisation": organisation}
    kind = "staff" if role == "staff" else "supporter"
    reach = contact(dice, council, str(party_id), kind, name, [way], council.named[0], day, phone=drama_number(last_digits))
    return Supporter(account, reach)
