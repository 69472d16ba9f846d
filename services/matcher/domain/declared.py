"""A PA's own faith, culture or sex: only what they chose to tell, and nothing more is ever said of it."""
from services.matcher.domain.finding import Finding, no, unknown, yes
from services.matcher.domain.plan import Criterion, Wish
from services.matcher.domain.profile import Profile


def declared(wish: Wish, profile: Profile) -> Finding:
    """Not told and told-but-not-shared look the same here, because only what was consented to ever arrives."""
    kind = wish.criterion
    told = {Criterion.FAITH: profile.faith, Criterion.CULTURE: profile.culture, Criterion.SEX: profile.sex}[kind]
    if told is None:
        return unknown(f"{kind}_not_told")
    if told in wish.values:
        return yes(f"{kind}_same", (kind.value, told))
    return no(f"{kind}_different")
