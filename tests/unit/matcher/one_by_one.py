"""What two lists have apart, found by going through them place by place: what the columns are held against."""
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from services.matcher.domain.changes import What
from services.matcher.domain.places import Listed
from services.matcher.domain.placing import Group
from services.matcher.domain.profile import ProfileId


def found(before: Sequence[Listed], now: Sequence[Listed]) -> Iterator[tuple[What, int | None, int | None]]:
    """Each with its place then and now, from 1."""
    was, is_now = ({one.profile_id: (rank, one) for rank, one in enumerate(of, start=1)} for of in (before, now))
    turned = took_turns(before, now)
    for profile_id in (*is_now, *(gone for gone in was if gone not in is_now)):
        then, here = was.get(profile_id), is_now.get(profile_id)
        what = said_of(then[1] if then else None, here[1] if here else None, profile_id in turned)
        if what is not None:
            yield what, then[0] if then else None, here[0] if here else None


def said_of(then: Listed | None, here: Listed | None, took_turn: bool) -> What | None:
    fitted, fits = then is not None and then.group is Group.FITTING, here is not None and here.group is Group.FITTING
    if fits != fitted:
        return What.ADDED if fits else What.LOST
    if (then is None or then.group is Group.OTHERS) and (here is None or here.group is Group.OTHERS):
        return None
    same = then is not None and here is not None and then.standing == here.standing and then.codes == here.codes
    return What.MOVED if took_turn or not same else None


def took_turns(before: Sequence[Listed], now: Sequence[Listed]) -> set[ProfileId]:
    stood = {one.profile_id: one.standing for one in before}
    stands = {one.profile_id: one.standing for one in now}
    same = {one for one, standing in stands.items() if stood.get(one) == standing}
    then, here = ([one.profile_id for one in listed if one.profile_id in same] for listed in (before, now))
    return {one for one, other in zip(here, then, strict=True) if one != other}


def same_meaning(before: Sequence[Listed], now: Sequence[Listed]) -> bool:
    if len(before) != len(now):
        return False
    was, is_now = ([one for one in listed if one.group is not Group.OTHERS] for listed in (before, now))
    if [meant(one) for one in was] == [meant(one) for one in is_now]:
        return True
    return by_standing(was) == by_standing(is_now)


def meant(one: Listed) -> tuple[ProfileId, tuple[str, ...]]:
    return one.profile_id, one.codes


def by_standing(listed: Iterable[Listed]) -> list[frozenset[tuple[ProfileId, tuple[str, ...]]]]:
    return [frozenset(meant(one) for one in equals) for _, equals in groupby(listed, key=lambda one: one.standing)]
