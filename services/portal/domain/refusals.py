"""Why a plan cannot be taken in, in plain words, with what to do about it. One place, so that all of it can be read at once."""
from services.portal.domain.plan import Refusal

WORDS = {
    "not_text": ("There is a sign in this that no text has.", "Send it without the sign U+0000."),
    "ours": ("This name is one of ours.", "Give your system another short name."),
    "too_large": ("This number is too large.", "Send the version as a number of at most 18 figures."),
    "unknown_area": ("We do not know this area.", "Check the postcode. The first part, like ‘LE5’, is enough."),
    "in_the_future": ("This day has not come yet.", "Give the day when the person last said that the plan is right."),
    "below_minimum_wage": ("This is less than the law lets anybody be paid.", "Give at least the minimum wage, or leave it out."),
    "no_such_time": ("A day goes from 00:00 to 24:00.", "Write a start from 00:00 to 23:45, and an end up to 24:00."),
    "more_than_the_window": ("There are more hours here than times for them.", "Ask for fewer hours, or widen the times."),
    "piece_longer_than_whole": ("One piece is longer than all the hours.", "Make the shortest piece no longer than the hours."),
    "not_in_the_list": ("That answer is not in our list.", "Choose one of the answers shown."),
    "not_for_this_wish": ("This kind of wish does not use this.", "Leave it out."),
    "no_value": ("This kind of wish needs a value.", "Say what is wished for."),
    "unknown_task": ("We do not know this task.", "Use a task from our list."),
    "reason_for_other_tasks": (
        "This reason is for jobs that are not in the plan.",
        "Add one of these jobs to the plan, or give a reason for a job that is there.",
    ),
    "reason_is_over": ("This reason ended on a day that has passed.", "Give a day to come, or make the wish ‘important’."),
    "not_a_person": (
        "This number is not the number of a person with a plan.",
        "Send the person’s own number, or yours for them.",
    ),
    "asked_to_be_forgotten": (
        "This person asked us to forget them, so nothing of them is taken in.",
        "If they want to come back, begin with a new number for them.",
    ),
    "no_lawful_reason": (
        "A must about sex, faith or culture needs a lawful reason: why, for which tasks, until when (Equality Act 2010, Sch 9).",
        "Ask for it as a practice instead. Or give the reason, or make the wish ‘important’.",
    ),
}


def refusal(field: str, code: str, *, hint: str = "") -> Refusal:
    """`hint` follows the remedy: what would be right, never what was typed."""
    problem, remedy = WORDS[code]
    return Refusal(field, code, problem, f"{remedy} {hint}".strip())
