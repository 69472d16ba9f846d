"""Whether the hours a week and the wish for few people, for long, agree on both sides."""
from services.matcher.domain.finding import Finding, Met
from services.matcher.domain.plan import Plan
from services.matcher.domain.profile import Profile
from services.matcher.domain.rules import WHOLE, Rules


def hours(plan: Plan, profile: Profile, rules: Rules) -> Finding:
    """Two halves, hours and continuity. As a must, only the hours count: the plan's must lie within the PA's least and most."""
    amount, code = _amount(plan, profile)
    continuity = _continuity(plan, profile)
    fit = (_worth(amount, rules) + _worth(continuity, rules)) // 2
    if amount is Met.YES and continuity is not Met.YES:
        code = "hours_fit_continuity_apart" if continuity is Met.NO else "hours_fit_continuity_unknown"
    unsaid = amount is Met.UNKNOWN and continuity is Met.UNKNOWN
    params: list[tuple[str, str | int]] = [("wanted_quarters", plan.quarters)]
    if code == "hours_wants_more" and profile.least is not None:
        params.append(("least_quarters", profile.least))
    if code == "hours_wants_fewer" and profile.most is not None:
        params.append(("most_quarters", profile.most))
    return Finding(code, amount, None if unsaid else fit, tuple(params))


def _amount(plan: Plan, profile: Profile) -> tuple[Met, str]:
    if profile.least is not None and profile.least > plan.quarters:
        return Met.NO, "hours_wants_more"
    if profile.most is not None and profile.most < plan.quarters:
        return Met.NO, "hours_wants_fewer"
    if profile.least is None and profile.most is None:
        return Met.UNKNOWN, "hours_unknown"
    return Met.YES, "hours_fit"


def _continuity(plan: Plan, profile: Profile) -> Met:
    """A plan that says nothing of it agrees with everybody."""
    if plan.few_people is None or plan.few_people is profile.few_people:
        return Met.YES
    return Met.UNKNOWN if profile.few_people is None else Met.NO


def _worth(met: Met, rules: Rules) -> int:
    return {Met.YES: WHOLE, Met.NO: 0, Met.UNKNOWN: rules.unknown}[met]
