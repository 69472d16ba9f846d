"""One pass over everybody: which musts each does not meet."""
import numpy as np

from services.matcher.domain.kernel.columns import Array
from services.matcher.domain.kernel.compiled import Compiled
from services.matcher.domain.kernel.ranked import Ranked
from services.matcher.domain.kernel.views import Held, View

CHUNK = 65_536
"""Rows looked at together: what one look works out stays in the processor's own memory."""
Kind = type[np.uint8 | np.uint16 | np.uint32 | np.uint64 | np.object_]


def scan(held: Held, compiled: Compiled, apart: list[int]) -> Ranked:
    """All who are shown, but those `apart`, who are blocked."""
    kind = _kind(len(compiled.musts))
    everybody = View(held, slice(0, held.count))
    if held.count <= CHUNK:
        masks = _masks(everybody, compiled, kind)
    else:
        masks = np.zeros(held.count, kind)
        for start in range(0, held.count, CHUNK):
            view = View(held, slice(start, min(start + CHUNK, held.count)), everybody.shared)
            masks[view.rows] = _masks(view, compiled, kind)
    lacking = _counted(masks)
    out = np.iinfo(lacking.dtype).max
    lacking[~held.plain["shown"][: held.count]] = out
    lacking[apart] = out
    return Ranked(held, compiled, masks, lacking, everybody)


def nobody(held: Held, compiled: Compiled) -> Ranked:
    """For a plan of another council."""
    nothing, out = np.zeros(held.count, np.uint8), np.full(held.count, np.iinfo(np.uint8).max, np.uint8)
    return Ranked(held, compiled, nothing, out, View(held, slice(0, held.count)))


def _masks(view: View, compiled: Compiled, kind: Kind) -> Array:
    masks: Array = np.zeros(len(view), kind)
    for nth, must in enumerate(compiled.musts):
        if not must.idle:
            unmet = must.unmet(view)
            masks |= (unmet.astype(object) if kind is np.object_ else unmet) * kind(1 << nth)
    return masks


def _counted(masks: Array) -> Array:
    """How many bits each has."""
    if masks.dtype != object:
        return np.bitwise_count(masks)
    return np.array([mask.bit_count() for mask in masks.tolist()], np.uint16)


def _kind(musts: int) -> Kind:
    """The narrowest that has a bit for each. Beyond 64 musts, which hardly any plan has, Python's own whole numbers."""
    if musts <= 8:
        return np.uint8
    if musts <= 16:
        return np.uint16
    if musts <= 32:
        return np.uint32
    return np.uint64 if musts <= 64 else np.object_
