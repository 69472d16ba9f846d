"""Teams and stand-ins as the matcher tells of them."""
from datetime import date
from uuid import UUID

from services.portal.clients.asking import Heard


class Shift(Heard):
    day: str
    start: str
    until: str
    quarters: int
    flexible: bool = False
    text: str


class ShortRest(Heard):
    text: str


class Member(Heard):
    profile_id: UUID
    quarters: int
    rate: int
    rate_known: bool
    pay_a_week: int
    distance_m: int
    shifts: tuple[Shift, ...] = ()
    sleep_ins: tuple[str, ...] = ()
    not_for_text: str | None = None
    short_rests: tuple[ShortRest, ...] = ()


class Uncovered(Heard):
    quarters: int
    texts: tuple[str, ...] = ()


class Team(Heard):
    members: tuple[Member, ...]
    covered: int
    wanted: int
    enough: bool
    overlap: int
    pay_a_week: int
    all_in_a_week: int | None = None
    over_budget: int | None = None
    uncovered: Uncovered


class Teams(Heard):
    considered: int
    eligible: int
    teams: tuple[Team, ...] = ()


class Day(Heard):
    on: date
    shifts: tuple[Shift, ...] = ()
    sleep_in: bool


class StandIn(Heard):
    profile_id: UUID
    quarters: int
    notice: str
    days: tuple[Day, ...] = ()


class Away(Heard):
    profile_id: UUID
    quarters: int
    short_notice: bool
    days: tuple[Day, ...] = ()
    stand_ins: tuple[StandIn, ...] = ()
    nobody: tuple[Day, ...] = ()
    flexible: int = 0
    nobody_flexible: int = 0


class StandIns(Heard):
    first: date
    last: date
    away: tuple[Away, ...] = ()
