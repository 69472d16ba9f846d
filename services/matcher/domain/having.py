"""Whether a PA has a practice, a skill, a task they do or an interest, and whether the training still counts."""
from collections.abc import Iterable, Mapping
from datetime import date

from services.matcher.domain.finding import Finding, Met, no, unknown, yes
from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import Criterion, Wish
from services.matcher.domain.profile import Claim, Profile
from services.matcher.domain.rules import Rules


def having(wish: Wish, profile: Profile, on: date, rules: Rules, lore: Lore) -> Finding:
    """The best of what was asked for. Codes: `practice_yes`, `skill_out_of_date`, `interest_unknown` …"""
    claims = _claims(wish.criterion, profile)
    found = [_one(wish.criterion, code, claims, on, rules, lore) for code in wish.values]
    return max(found, key=lambda finding: (finding.met is Met.YES, rules.unknown if finding.fit is None else finding.fit))


def _one(kind: Criterion, code: str, claims: Mapping[str, Claim], on: date, rules: Rules, lore: Lore) -> Finding:
    asked = (kind.value, code)
    claim = _best_claim(code, claims, lore if kind is Criterion.INTEREST else None)
    if claim is None:
        return unknown(f"{kind}_unknown", asked)
    if not claim.has:
        return no(f"{kind}_no", asked)
    if claim.until is not None and claim.until < on:
        return no(f"{kind}_out_of_date", asked, ("until_on", claim.until.isoformat()), fit=rules.out_of_date)
    if not claim.confirmed:  # understood by likeness only, so not yet a yes
        return unknown(f"{kind}_unconfirmed", asked)
    if claim.code != code:
        return yes(f"{kind}_alike", asked, (f"alike_{kind}", claim.code))
    return yes(f"{kind}_yes", asked)


def _best_claim(code: str, claims: Mapping[str, Claim], lore: Lore | None) -> Claim | None:
    """What was said of the very thing; else, for interests, of one that counts as it."""
    if code in claims or lore is None:
        return claims.get(code)
    alike: Iterable[str] = sorted(lore.same_interests.get(code, frozenset()))
    return next((claims[other] for other in alike if other in claims and claims[other].has), None)


def _claims(kind: Criterion, profile: Profile) -> Mapping[str, Claim]:
    if kind is Criterion.PRACTICE:
        return profile.practice_claims
    if kind is Criterion.SKILL:
        return profile.skill_claims
    if kind is Criterion.TASK:
        return profile.task_claims
    return profile.interest_claims
