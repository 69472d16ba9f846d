"""One pass over everybody: which musts each does not meet."""
import numpy as np

from services.matcher.domain.kernel.columns import Array
from services.matcher.domain.kernel.compiled import Compiled
from services.matcher.domain.kernel.ranked import OUT, Ranked
from services.matcher.domain.kernel.views import Held, View

CHUNK = 65_536
"""Rows looked at together: what one look works out stays in the processor's own memory."""
MOST_MUSTS = 64
Kind = type[np.uint8 | np.uint16 | np.uint32 | np.uint64]


def scan(held: Held, compiled: Compiled, apart: list[int]) -> Ranked:
    """All who are shown, but those `apart`, who are blocked. ValueError: more than 64 musts."""
    kind = _kind(len(compiled.musts))
    everybody = View(held, slice(0, held.count))
    if held.count <= CHUNK:
        masks = _masks(everybody, compiled, kind)
    else:
        masks = np.zeros(held.count, kind)
        for start in range(0, held.count, CHUNK):
            view = View(held, slice(start, min(start + CHUNK, held.count)), everybody.shared)
            masks[view.rows] = _masks(view, compiled, kind)
    lacking = np.bitwise_count(masks)
    lacking[~held.plain["shown"][: held.count]] = OUT
    lacking[apart] = OUT
    return Ranked(held, compiled, masks, lacking, everybody)


def nobody(held: Held, compiled: Compiled) -> Ranked:
    """For a plan of another council."""
    return Ranked(held, compiled, np.zeros(held.count, np.uint8), np.full(held.count, OUT, np.uint8), View(held, slice(0, held.count)))


def _masks(view: View, compiled: Compiled, kind: Kind) -> Array:
    masks: Array = np.zeros(len(view), kind)
    for nth, must in enumerate(compiled.musts):
        if not must.idle:
            masks |= must.unmet(view) * kind(1 << nth)
    return masks


def _kind(musts: int) -> Kind:
    if musts > MOST_MUSTS:
        raise ValueError(f"more than {MOST_MUSTS} musts")
    if musts <= 8:
        return np.uint8
    if musts <= 16:
        return np.uint16
    return np.uint32 if musts <= 32 else np.uint64
