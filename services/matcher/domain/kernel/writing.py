"""One profile into one row of the columns."""
from collections.abc import Iterable

import numpy as np

from services.matcher.domain.kernel.codes import CLAIMED, Codes
from services.matcher.domain.kernel.columns import NEVER, Columns
from services.matcher.domain.kernel.views import split
from services.matcher.domain.kernel.weeks import words
from services.matcher.domain.place import reach
from services.matcher.domain.plan import Criterion
from services.matcher.domain.profile import AgeBand, Claim, Employment, LanguageSkill, Level, Looking, Mode, Profile, Travel
from services.matcher.domain.rules import Rules

FURTHEST_POINT = 16_000_000
"""Metres from the grid's nought, either way: nothing on earth that we are asked about is further."""
FAR = 32_767
"""Metres: the squares of two such distances together just fit 32 bits."""
TRAVELS = tuple(Travel)
AGES = (None, *AgeBand)
OWN_BOSS = len(AGES)
"""Added to the number of the age of somebody who only works for themselves."""
LEVEL_BITS = {None: 0, Level.SOME: 1, Level.GETS_BY: 2, Level.FLUENT: 4, Level.MOTHER_TONGUE: 5}
"""Three planes a mode. The third alone answers the usual question: fluent or better."""
YES_NO = {None: 0, False: 1, True: 2}


def write(columns: Columns, row: int, profile: Profile, codes: Codes, rules: Rules) -> None:
    plain = columns.plain
    plain["profile_id"][row] = np.void(profile.profile_id.bytes)
    plain["revision"][row] = profile.revision
    plain["east_m"][row], plain["north_m"][row] = on_the_map(profile.place.east_m), on_the_map(profile.place.north_m)
    furthest = min(reach(profile, rules).furthest_m, NEVER - 1)
    plain["furthest_m"][row], plain["beyond"][row] = furthest, beyond(furthest)
    plain["no_week"][row] = not profile.week
    plain["travel"][row] = TRAVELS.index(profile.travel)
    plain["free_from"][row] = _free_from(profile)
    for kind, said in ((Criterion.FAITH, profile.faith), (Criterion.CULTURE, profile.culture), (Criterion.SEX, profile.sex)):
        plain[kind.value][row] = codes.told(kind, said)
    plain["sleep_ins"][row] = YES_NO[profile.sleep_ins]
    plain["few_people"][row] = YES_NO[profile.few_people]
    own_boss = profile.employment is Employment.SELF_EMPLOYED
    plain["age_and_work"][row] = AGES.index(profile.age_band) + OWN_BOSS * own_boss
    unsaid = profile.least is None and profile.most is None
    plain["least"][row] = NEVER if unsaid else _amount(profile.least, -1)
    plain["most"][row] = _amount(profile.most, NEVER)
    plain["least_rate"][row] = _amount(profile.least_rate, NEVER)
    columns.week[:, row] = words(profile.week)
    _planes(columns, row, _claims(columns, row, profile, codes) | _languages(profile.languages, codes))
    plain["shown"][row] = True


def beyond(metres: int) -> int:
    """The square of the first distance that is too far; NEVER where it is too large for a column of 32 bits."""
    return (metres + 1) ** 2 if metres < FAR else NEVER


def on_the_map(metres: int) -> int:
    return max(-FURTHEST_POINT, min(FURTHEST_POINT, metres))


def _free_from(profile: Profile) -> int:
    """0: now. NEVER: soon, and they did not say when."""
    if profile.free_from is not None:
        return profile.free_from.toordinal()
    return NEVER if profile.state is Looking.SOON else 0


def _amount(said: int | None, unsaid: int) -> int:
    return unsaid if said is None else min(said, NEVER - 1)


def _claims(columns: Columns, row: int, profile: Profile, codes: Codes) -> dict[str, int]:
    has = no = unsure = dated = 0
    for kind, claims in zip(CLAIMED, _all_claims(profile), strict=True):
        known = codes.claims[kind]
        for claim in claims:
            number = known.get(claim.code)
            if number is None:
                number = codes.claim(kind, claim.code)
            bit = 1 << number
            if (has | no) & bit:  # said twice: the last word stands
                has, no, unsure, dated = has & ~bit, no & ~bit, unsure & ~bit, dated & ~bit
            if claim.has:
                has |= bit
            else:
                no |= bit
            if not claim.confirmed:
                unsure |= bit
            if claim.until is not None:
                dated |= bit
                columns.last_days(number)[row] = claim.until.toordinal()
    for number, last_days in columns.until.items():
        if not dated >> number & 1:
            last_days[row] = NEVER
    return {"has": has, "no": no, "unsure": unsure}


def _all_claims(profile: Profile) -> Iterable[tuple[Claim, ...]]:
    return profile.practices, profile.skills, profile.tasks, profile.interests, profile.limits


def _languages(skills: tuple[LanguageSkill, ...], codes: Codes) -> dict[str, int]:
    """"listed", and for each mode three families of the level's bits."""
    bits = {"listed": 0}
    lasting = {skill.tag.lower(): skill for skill in skills}
    for skill in skills:
        bit = 1 << codes.tag(skill.tag)
        bits["listed"] |= bit
        if lasting[skill.tag.lower()] is not skill:  # listed twice: the last word stands
            continue
        for mode in Mode:
            level = LEVEL_BITS[skill.level(mode)]
            for nth in range(3):
                if level >> nth & 1:
                    bits[family(mode, nth)] = bits.get(family(mode, nth), 0) | bit
    return bits


def family(mode: Mode, nth: int) -> str:
    return f"{mode.value}{nth}"


def _planes(columns: Columns, row: int, families: dict[str, int]) -> None:
    wanted = {(name, word): bits for name, all_bits in families.items() for word, bits in split(all_bits)}
    for name, plane in columns.planes.items():
        plane[row] = wanted.pop(name, 0)
    for name, bits in wanted.items():
        columns.plane(name)[row] = bits
