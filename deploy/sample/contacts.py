"""How the people of a sample want to be told things: by which way, in which form, in which language.

Telephone numbers are from 07700 900000 to 900999, which Ofcom keeps for drama, so that no message ever rings anybody.
There are only 700 for PAs and 240 for people: in samples larger than that, several share one.
"""

from datetime import date, timedelta
from typing import Any

from deploy.sample.council import Community, Council
from deploy.sample.dice import Dice

Body = dict[str, Any]

_HOUSES = ("Heron", "Willow", "Larkspur", "Kingfisher", "Juniper", "Sycamore", "Bramble", "Foxglove")
_STREETS = ("Sample Street", "Pretend Road", "Madeup Lane", "Example Close", "Nowhere Avenue", "Makebelieve Way")
_FORMATS = {"plain": 68, "large_print": 15, "easy_read": 7, "audio": 8, "braille": 2}
_POINTS = {16: 30, 18: 25, 20: 20, 24: 17, 28: 8}
_SIZED = ("letter", "email")


def pa_contact(dice: Dice, council: Council, number: int, profile: Body, day: date) -> Body:
    method = dice.weighted({"text": 60, "email": 32, "phone": 5, "letter": 3})
    preferences = [_way(method, "verbal" if method == "phone" else "plain", "en")]
    if dice.chance(0.4):
        preferences.append(_way("email" if method == "text" else "text", "plain", "en"))
    return contact(
        dice,
        council,
        profile["profile_id"],
        "pa",
        profile["chosen_name"],
        preferences,
        profile["postcode"],
        day,
        phone=drama_number(300 + number % 700),
    )


def person_contact(
    dice: Dice, council: Council, number: int, person_id: str, name: str, community: Community, postcode: str, day: date
) -> Body:
    method = dice.weighted(council.contact)
    language = next(iter(community.languages)) if dice.chance(0.5) else "en"
    form = "verbal" if method in ("phone", "visit") else dice.weighted(_FORMATS)
    if (form == "large_print" and method not in _SIZED) or form == "braille":
        method = "letter"  # a size is for paper and e-mail; braille comes by post
    preferences = [_way(method, form, language, dice.weighted(_POINTS) if form == "large_print" else None)]
    if dice.chance(0.3) and method != "phone":
        preferences.append(_way("phone", "verbal", language))
    made = contact(dice, council, person_id, "person", name, preferences, postcode, day, phone=drama_number(60 + number % 240))
    if dice.chance(0.06):
        made["discreet"] = True
    if method in ("text", "email", "phone") and dice.chance(0.05):
        made["never"] = ["letter"]  # somebody else opens the post
    return made


def contact(
    dice: Dice,
    council: Council,
    party_id: str,
    kind: str,
    name: str,
    preferences: list[Body],
    postcode: str,
    day: date,
    *,
    phone: str,
) -> Body:
    """With every way to reach them that their preferences need, and no other."""
    methods = {preference["method"] for preference in preferences}
    made: Body = {"party_id": party_id, "kind": kind, "address_as": name, "shown_as": name, "preferences": preferences}
    if methods & {"text", "phone"}:
        made["phone"] = phone
    if "email" in methods:
        made["email"] = email(name, party_id)
    if methods & {"letter", "visit"}:
        made["postal_address"] = invented_address(dice, council, name, postcode)
    made |= {"never": [], "discreet": False, "stopped": False}
    made["confirmed_on"] = (day - timedelta(days=dice.between(0, 300))).isoformat()
    return made


def drama_number(last_three: int) -> str:
    return f"07700 900{last_three:03d}"


def email(name: str, party_id: str) -> str:
    """ASCII only, and different for two people of one name."""
    first = "".join(letter for letter in name.split()[0].lower() if letter.isascii() and letter.isalpha()) or "someone"
    return f"{first}.{party_id[:8]}@example.org"


def invented_address(dice: Dice, council: Council, name: str, postcode: str) -> list[str]:
    """A letter's lines. The last is a sector with the letters ZZ: no such postcode is given out."""
    house = f"{dice.between(1, 9)} {dice.pick(_HOUSES)} House"
    return [name, house, f"{dice.between(1, 99)} {dice.pick(_STREETS)}", dice.pick(council.towns), f"{postcode}ZZ"]


def _way(method: str, form: str, language: str, point_size: int | None = None) -> Body:
    way: Body = {"method": method, "format": form, "language": language}
    return way | {"point_size": point_size} if point_size else way
