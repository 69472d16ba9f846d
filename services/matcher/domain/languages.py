"""Whether a PA has one of the languages asked for, in the mode and at the level asked."""
from services.matcher.domain.finding import Finding, Met, no, unknown, yes
from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import Wish
from services.matcher.domain.profile import Level, Profile
from services.matcher.domain.rules import WHOLE, Rules


def language(wish: Wish, profile: Profile, rules: Rules, lore: Lore) -> Finding:
    """The best of the languages asked for; each next one counts a little less. Any of them, well enough, meets the wish."""
    if not profile.languages:
        return unknown("languages_unknown", ("language", wish.values[0]))
    found = [_one(tag, rank, wish, profile, rules, lore) for rank, tag in enumerate(wish.values)]
    return max(found, key=lambda finding: (finding.met is Met.YES, _worth(finding, rules), finding.met is Met.UNKNOWN))


def _worth(finding: Finding, rules: Rules) -> int:
    return rules.unknown if finding.fit is None else finding.fit


def _one(tag: str, rank: int, wish: Wish, profile: Profile, rules: Rules, lore: Lore) -> Finding:
    share = max(0, WHOLE - rank * rules.next_language)
    asked, mode = ("language", tag), ("mode", wish.mode.value)
    skill = profile.known_languages.get(tag.lower())
    if skill is not None:
        had = skill.level(wish.mode)
        if had is None:
            return unknown("language_level_unknown", asked, mode)
        fit = share * _level_fit(had, wish.level, rules) // WHOLE
        said = (asked, mode, ("level", had.name.lower()))
        if had >= wish.level:
            return yes("language_known", *said, fit=fit)
        return no("language_less", *said, ("asked_level", wish.level.name.lower()), fit=fit)
    related = sorted(known.tag for known in profile.languages if lore.related(tag, known.tag))
    if related:
        return no("language_related", asked, ("related_language", related[0]), mode, fit=share * rules.related_language // WHOLE)
    return no("language_not_listed", asked)


def _level_fit(had: Level, asked: Level, rules: Rules) -> int:
    return rules.levels_below[max(0, asked - had)]
