"""How badly a fake provider behaves: what it is told to do next, or a mix drawn from a seed."""
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from random import Random
from typing import Any

NONE = "none"


@dataclass
class Behaviour:
    """Every field can be set at run time, by `POST /control` with a JSON object of these names or on the object itself."""

    next: list[str] = field(default_factory=list)
    """Faults taken first, one for each time something is sent; "none" behaves well."""
    faults: dict[str, float] = field(default_factory=dict)
    """The share of sends that each befalls, when `next` is empty."""
    asking: dict[str, float] = field(default_factory=dict)
    """The same for being asked (Notify's lists)."""
    receipts: dict[str, float] = field(default_factory=dict)
    """The same for receipts."""
    fates: dict[str, float] = field(default_factory=dict)
    """What becomes of what was accepted, other than delivery: the share of each status."""
    stall_seconds: float = 30.0
    receipt_after_seconds: float = 0.05
    delay_seconds: float = 2.0
    retry_seconds: float = 0.5
    """Before a receipt that was not taken is sent again, five times in all (Notify itself: five minutes)."""
    callback: str | None = None
    token: str = ""
    seed: int = 1

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)
        self.counts: Counter[str] = Counter()

    def change(self, said: Mapping[str, Any], known: Mapping[str, Sequence[str]]) -> None:
        """`known`: the faults there are, by the field that names them. A name nobody knows is refused, not taken as good."""
        unknown = set(said) - {one.name for one in fields(self)}
        for name, faults in known.items():
            unknown |= set(said.get(name, ())) - {*faults, NONE}
        if unknown:
            raise ValueError(f"there is no {', '.join(sorted(unknown))}")
        for name, value in said.items():
            setattr(self, name, value)
        if "seed" in said:
            self.chance = Random(self.seed)

    def shown(self) -> dict[str, Any]:
        return asdict(self)

    def on_send(self, known: Sequence[str]) -> str:
        return self.counted(self.next.pop(0) if self.next else self.drawn(self.faults), known)

    def on_ask(self, known: Sequence[str]) -> str:
        return self.counted(self.drawn(self.asking), known)

    def on_receipt(self, known: Sequence[str]) -> str:
        return self.counted(self.drawn(self.receipts), known)

    def fate(self) -> str:
        drawn = self.drawn(self.fates)
        return "delivered" if drawn == NONE else drawn

    def drawn(self, shares: Mapping[str, float]) -> str:
        left = self.chance.random()
        for name, share in shares.items():
            if (left := left - share) < 0:
                return name
        return NONE

    def counted(self, fault: str, known: Sequence[str]) -> str:
        if fault != NONE and fault not in known:
            raise ValueError(f"there is no fault called {fault}; there are {', '.join(known)}")
        self.counts[fault] += 1
        return fault
