"""Kernels that are wrong in one small thing each, as somebody could write them by mistake."""
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from services.matcher.domain.kernel import ranked, weeks
from services.matcher.domain.kernel.away import Away
from services.matcher.domain.kernel.parts import filling
from services.matcher.domain.kernel.parts.always import Looking
from services.matcher.domain.kernel.parts.declared import Tasks
from services.matcher.domain.kernel.parts.having import Having
from services.matcher.domain.kernel.parts.hours import Hours
from services.matcher.domain.kernel.parts.language import Tag
from services.matcher.domain.kernel.parts.limits import Limits
from services.matcher.domain.kernel.parts.part import Keyed
from services.matcher.domain.kernel.parts.pay import Lawful
from services.matcher.domain.kernel.parts.place import Place
from services.matcher.domain.kernel.parts.times import Times
from services.matcher.domain.kernel.views import View


@dataclass(frozen=True)
class Break:
    what: str
    owner: Any
    name: str
    wrong: Any
    seed: int = 0
    """Of the first made-up council that shows it, or one shortly before."""

    def apply(self, patch: pytest.MonkeyPatch) -> None:
        patch.setattr(self.owner, self.name, self.wrong)


def a_metre_short(part: Place, view: View) -> Any:
    reach = view.column("furthest_m").astype(np.int64)
    return view.squared_m(part.point) >= np.maximum(reach, 1) ** 2


def never_out_of_date(_: View, __: int) -> None:
    return None


def nearly_enough(part: Times, view: View) -> Any:
    return part.covering.of(view)[0] + 1 < part.enough


def silence_is_consent(part: Limits, view: View) -> Any:
    return part._conflict(view)


def free_soon_is_free(part: Looking, view: View) -> Any:
    return (view.column("free_from") > part.on) & (view.column("free_from") != 2**31 - 1)


def any_level_will_do(tag: Tag, view: View) -> Any:
    return view.bits("listed", tag.listed)


def whoever_comes_first(one: ranked.Ranked, rows: Any) -> Any:
    return np.array([int.from_bytes(each[:8], "big") for each in one.ids(rows)], np.uint64)


def nobody_is_ever_away(_: Away, __: int, ___: int) -> Any:
    return np.zeros(0, np.int64), np.zeros(0, np.uint64)


def week_has_an_end(parts: Any, quarters: int) -> Any:
    moved = [
        (one << np.uint64(quarters)) | (after >> np.uint64(64 - quarters))
        for one, after in zip(parts, [*parts[1:], parts[0] & np.uint64(0)], strict=True)
    ]
    return moved


def unconfirmed_will_do(part: Having, view: View, source: Any, state: Any, has: Any, nth: int) -> None:
    state[has] = 4 + 3 * nth


def one_code_for_all(part: Keyed, view: View) -> Any:
    keys, which = np.unique(part.told_by(view), return_inverse=True)
    return which * 0, [part._reason(int(key)) for key in keys[:1]]


BROKEN = [
    Break("reach is a metre short", Place, "unmet", a_metre_short),
    Break("training is never out of date", View, "last_days", never_out_of_date),
    Break("nearly enough time is enough", Times, "unmet", nearly_enough, 30),
    Break("silence about limits is consent", Limits, "unmet", silence_is_consent),
    Break("soon is now", Looking, "unmet", free_soon_is_free),
    Break("any level of a language will do", Tag, "met", any_level_will_do, 15),
    Break("equal people never take turns", ranked.Ranked, "turns", whoever_comes_first),
    Break("nobody is ever away", Away, "days", nobody_is_ever_away, 6),
    Break("a week ends on Sunday night", weeks, "earlier", week_has_an_end, 263),
    Break("a likely skill is a skill", Having, "_had", unconfirmed_will_do),
    Break("any rate is lawful", Lawful, "unmet", lambda _, view: view.none()),
    Break("hours nobody gave fit", Hours, "unmet", lambda part, view: (view.column("most") < part.quarters)),
    Break("a must holds for tasks nobody does", Tasks, "any_done", lambda _, view: ~view.none(), 45),
    Break("on a list, what one lacks is what the first lacks", Keyed, "kinds", one_code_for_all),
    Break("on a list, a refusal is silence", Limits, "kinds", lambda part, view: (view.none().astype(np.int64), [
        part.said.reason(part._finding(0, 1))
    ])),
    Break("windows never meet", filling, "combinations", lambda *_: (), 17),
]
