"""What each part of a cost, and each thing to know beside it, says in plain English. The matcher owns these words.

`{name}` is a parameter in words, as in `reason_words`. A line's amount stands beside it: its sentence says how it comes about.
"""

COSTS: dict[str, str] = {
    "cost_base": "Pay: {job|hour|hours} a week at {rate} an hour, for {weeks} weeks",
    "cost_self_employed": "What they charge: {job|hour|hours} a week at {rate} an hour, for {weeks} weeks",
    "cost_holiday_inside": "Paid holiday: {weeks} weeks are part of the pay above, so nothing is added",
    "cost_holiday_rolled_up": "Holiday pay: {percent}% on top of the pay of {pay}, because the hours change from week to week",
    "cost_ni": "Employer National Insurance: {percent}% of the part of {pay} above {threshold} a year",
    "cost_ni_below": "Employer National Insurance: nothing, because the pay of {pay} is not above {threshold} a year",
    "cost_ni_young": "Employer National Insurance: nothing under 21, up to {threshold} a year",
    "cost_pension": "Pension: {percent}% of the part of the pay between {lower} and {upper} a year",
    "cost_pension_below": "Pension: nothing to pay, because the pay is not above {trigger} a year",
    "cost_pension_young": "Pension: nothing to pay, because nobody has to be put in a pension before they are 22",
    "cost_cover": "Somebody else while they are on holiday: {weeks} weeks of {job|hour|hours} at {rate} an hour",
    "cost_rate_not_told": "They have not said what they ask for an hour. This is at {rate}, the least the law allows. Please ask",
    "cost_they_work_for_themselves": (
        "They work for themselves. They pay their own tax, holiday and pension, so you pay only what they charge. "
        "The tax office (HMRC) decides who works for themselves, so please check"
    ),
    "cost_you_employ": "You would be the employer. A payroll service can do the sums and the forms for you",
    "cost_provider_employs": (
        "The organisation that holds your money would be the employer. It may have other costs too, so please ask them"
    ),
    "cost_council_arranges": (
        "Whoever looks after your budget would see to all of this. They may have other costs too, so please ask them"
    ),
    "cost_pool_employs": "The people who share the job choose together who the employer is",
    "cost_employer_not_known": "Somebody has to be the employer. We do not know yet who that is",
    "cost_allowance": (
        "Employment Allowance can take up to {allowance} a year off National Insurance. Here that is {off}. "
        "It is once for each employer, not for each PA"
    ),
    "cost_sick_pay": "If they are ill, sick pay is {sick} a week, from the first day. It is not in the figure",
    "cost_real_living_wage": (
        "The Real Living Wage is {uk} an hour, or {london} in London. Paying it is a choice, not the law"
    ),
}
