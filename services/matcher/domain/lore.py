"""What the rules take from the published vocabulary: related languages, interests that are one, the lowest lawful pay."""
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date
from functools import cached_property, lru_cache
from hashlib import sha256

from services.matcher.domain.profile import AgeBand
from services.matcher.domain.rates import Rates


@dataclass(frozen=True)
class LowestRate:
    """Pence an hour, from this day on, for this age."""

    age_band: AgeBand
    from_day: date
    pence: int


@dataclass(frozen=True, eq=False)
class Lore:
    """Tables, not functions, so that a list made with them can be made again."""

    families: Mapping[str, str]
    """A language tag, in lower case, to the name of its family. Tags of one family are related, not the same."""
    same_interests: Mapping[str, frozenset[str]]
    """An interest to the others that count as it: allotment, gardening."""
    lowest_rates: tuple[LowestRate, ...]
    """Oldest first."""
    rates: Rates
    """What else the law sets of the cost of employing."""

    @cached_property
    def version(self) -> str:
        """The same for the same tables, whoever reads them and wherever: a list names the tables that made it by this."""
        tables = {field.name: _plain(getattr(self, field.name)) for field in fields(self)}
        return sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest()[:16]

    def related(self, one: str, other: str) -> bool:
        return one.lower() != other.lower() and self.family(one) == self.family(other)

    @lru_cache(maxsize=10_000)  # noqa: B019 - there is one Lore for as long as the process lives
    def family(self, tag: str) -> str:
        """However it is written. A tag with a script or region that is in no table goes by its first part: pa-arab by pa."""
        tag = tag.lower()
        first = tag.partition("-")[0]
        return self.families.get(tag) or self.families.get(first, first)

    @lru_cache(maxsize=1_000)  # noqa: B019 - there is one Lore for as long as the process lives
    def lowest_rate(self, on: date, age_band: AgeBand | None) -> int:
        """Not knowing the age, the highest of the rates in force: what is lawful for everybody. 0: none is known for that day."""
        bands = (age_band,) if age_band else tuple(AgeBand)
        return max(self._in_force(on, band) for band in bands)

    def least_of_all(self, on: date) -> int:
        """Below this it is lawful for nobody, however young."""
        return min(self._in_force(on, band) for band in AgeBand)

    def _in_force(self, on: date, band: AgeBand) -> int:
        return next((rate.pence for rate in reversed(self.lowest_rates) if rate.age_band is band and rate.from_day <= on), 0)


def _plain(value: object) -> object:
    """As JSON has it, in one order."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(str(_plain(one)) for one in value)
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    return value if isinstance(value, int | None) else str(value)
