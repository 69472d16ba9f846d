"""One profile into one row of the columns."""
import numpy as np
from numpy import frombuffer

from services.matcher.domain.kernel.codes import CLAIMED, DECLARED, Codes
from services.matcher.domain.kernel.columns import NEVER, WORD, Columns
from services.matcher.domain.kernel.weeks import PAD
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

AGE_NUMBERS = {age: number for number, age in enumerate(AGES)}
SOON = Looking.SOON  # members of an Enum are slow to reach by its name
Said = tuple[str, Level | None, Level | None, Level | None]
"""What somebody said of a language: its tag; spoken, read, signed."""
SELF_EMPLOYED = Employment.SELF_EMPLOYED
LITTLE = np.dtype("<u8")
Claims = tuple[int, int, int, list[tuple[int, int]]]
"""Bits of what they have, have not and are not sure of; and by number the last days of what is dated."""


class Writer:
    """All bits of a row, its week's too, are one whole number. What a word adds to it is kept, for it comes again and again."""

    def __init__(self, columns: Columns, codes: Codes, rules: Rules) -> None:
        self.columns, self.codes = columns, codes
        self.bits: tuple[dict[str, int], ...] = tuple({} for _ in CLAIMED)
        """By kind and code: its bit among all claims."""
        self.travels = {how: (number, rules.reaches[how].furthest_m) for number, how in enumerate(TRAVELS)}
        self.faiths, self.cultures, self.sexes = (codes.declared[kind] for kind in DECLARED)
        self._laid_out()

    def _laid_out(self) -> None:
        self.names = self.columns.names
        self.languages: dict[Said, int] = {}
        self.begins = tuple(self.columns.first_bit(family) for family in ("has", "no", "unsure"))
        self.ends = tuple(
            1 << WORD * sum(name == family for name, _ in self.names) for family in ("has", "no", "unsure")
        )
        self.bytes = WORD // 8 * len(self.columns.words)

    def write(self, row: int, profile: Profile) -> None:
        """All but whose row it is, and that it is shown."""
        self._facets(row, profile)
        yes, no, unsure, dated = self._claims(profile)
        while True:
            ends = self.ends
            if yes >= ends[0] or no >= ends[1] or unsure >= ends[2]:
                self._make_room(yes, no, unsure)
            known = self._languages(profile.languages)
            if self.columns.names is self.names:
                break
            self._laid_out()  # a language brought a plane, and others moved
        in_has, in_no, in_unsure = self.begins
        whole = profile.week << PAD | yes << in_has | no << in_no | unsure << in_unsure | known
        columns = self.columns
        columns.words[:, row] = frombuffer(whole.to_bytes(self.bytes, "little"), LITTLE)
        for cell in columns.until_cells.values():
            cell[row] = NEVER
        for number, day in dated:
            columns.last_days(number)[row] = day

    def _facets(self, row: int, profile: Profile) -> None:
        (
            revision, east_m, north_m, furthest_m, beyond_m, no_week, travel, free_from, faith, culture, sex, sleep_ins,
            few_people, age_and_work, least, most, least_rate,
        ) = self.columns.facets  # fmt: skip
        revision[row] = profile.revision
        east, north = profile.place.east_m, profile.place.north_m
        east_m[row] = east if -FURTHEST_POINT < east < FURTHEST_POINT else on_the_map(east)
        north_m[row] = north if -FURTHEST_POINT < north < FURTHEST_POINT else on_the_map(north)
        travel[row], furthest = self.travels[profile.travel]
        if profile.furthest_m is not None:  # their own word stands over the table
            furthest = profile.furthest_m
        furthest_m[row] = furthest if furthest < NEVER else NEVER - 1
        beyond_m[row] = (furthest + 1) ** 2 if furthest < FAR else NEVER
        no_week[row] = not profile.week
        free = profile.free_from  # 0: now. NEVER: soon, and they did not say when
        free_from[row] = free.toordinal() if free is not None else NEVER if profile.state is SOON else 0
        said = profile.faith
        faith[row] = 0 if said is None else self.faiths.get(said) or self.codes.told(Criterion.FAITH, said)
        said = profile.culture
        culture[row] = 0 if said is None else self.cultures.get(said) or self.codes.told(Criterion.CULTURE, said)
        said = profile.sex
        sex[row] = 0 if said is None else self.sexes.get(said) or self.codes.told(Criterion.SEX, said)
        sleep_ins[row], few_people[row] = YES_NO[profile.sleep_ins], YES_NO[profile.few_people]
        age_and_work[row] = AGE_NUMBERS[profile.age_band] + (OWN_BOSS if profile.employment is SELF_EMPLOYED else 0)
        fewest, many, rate = profile.least, profile.most, profile.least_rate
        if fewest is None:
            least[row] = NEVER if many is None else -1
        else:
            least[row] = fewest if fewest < NEVER else NEVER - 1
        most[row] = NEVER if many is None else many if many < NEVER else NEVER - 1
        least_rate[row] = NEVER if rate is None else rate if rate < NEVER else NEVER - 1

    def _claims(self, profile: Profile) -> Claims:
        try:
            yes = no = unsure = count = 0
            dated = []
            for bits, claims in zip(self.bits, all_claims(profile)):  # noqa: B905 - five of each, and it is asked often
                count += len(claims)
                for claim in claims:
                    if claim.has:
                        yes |= bits[claim.code]
                    else:
                        no |= bits[claim.code]
                    if claim.until is not None:
                        dated.append((bits[claim.code].bit_length() - 1, claim.until.toordinal()))
                    if not claim.confirmed:
                        unsure |= bits[claim.code]
            if (yes | no).bit_count() == count:
                return yes, no, unsure, dated
        except KeyError:  # a word nobody said before
            pass
        return self._last_words(profile)

    def _last_words(self, profile: Profile) -> Claims:
        """The same for somebody who said something new, or something twice: the last word stands."""
        yes = no = unsure = 0
        dated = []
        for kind, bits, claims in zip(CLAIMED, self.bits, all_claims(profile), strict=True):
            for code, claim in {claim.code: claim for claim in claims}.items():
                number = self.codes.claim(kind, code)
                bit = bits[code] = 1 << number
                yes, no = (yes | bit, no) if claim.has else (yes, no | bit)
                if not claim.confirmed:
                    unsure |= bit
                if claim.until is not None:
                    dated.append((number, claim.until.toordinal()))
        return yes, no, unsure, dated

    def _make_room(self, *claims: int) -> None:
        for family, bits in zip(("has", "no", "unsure"), claims, strict=True):
            self.columns.make_planes(family, (bits.bit_length() + WORD - 1) // WORD)
        self._laid_out()

    def _languages(self, skills: tuple[LanguageSkill, ...]) -> int:
        lasting = {skill.tag.lower(): skill for skill in skills} if len(skills) > 1 else None
        found = 0
        for skill in skills:
            said: Said = skill.tag, skill.spoken, skill.read, skill.signed
            if lasting is not None and lasting[skill.tag.lower()] is not skill:  # listed twice: the last word stands
                said = skill.tag, None, None, None
            found |= self.languages.get(said) or self._language(said)
        return found

    def _language(self, said: Said) -> int:
        """"listed", and for each mode three families of the level's bits."""
        skill, columns = LanguageSkill(*said), self.columns
        number = self.codes.tag(skill.tag)
        families = ["listed", *(
            family(mode, nth) for mode in Mode for nth in range(3) if LEVEL_BITS[skill.level(mode)] >> nth & 1
        )]  # fmt: skip
        for one in families:
            columns.make_planes(one, number // WORD + 1)
        found = sum(1 << columns.first_bit(one) + number for one in families)
        if columns.names is self.names:
            self.languages[said] = found
        return found


def all_claims(profile: Profile) -> tuple[tuple[Claim, ...], ...]:
    return profile.practices, profile.skills, profile.tasks, profile.interests, profile.limits


def family(mode: Mode, nth: int) -> str:
    return f"{mode.value}{nth}"


def beyond(metres: int) -> int:
    """The square of the first distance that is too far; NEVER where it is too large for a column of 32 bits."""
    return (metres + 1) ** 2 if metres < FAR else NEVER


def on_the_map(metres: int) -> int:
    return max(-FURTHEST_POINT, min(FURTHEST_POINT, metres))
