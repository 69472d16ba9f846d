"""Times of a team's week in plain English: "Tuesday, 8am to 12:30pm", and what is missing of it."""
from collections.abc import Sequence

from shared.vocabulary.reason_params import listed, lower_first, named
from shared.vocabulary.terms import Kind

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
QUARTERS_A_DAY = 96


def clock(quarter: int) -> str:
    """`quarter` of a day, 0 = midnight; past the day's end it begins anew. As in 07:45."""
    quarter %= QUARTERS_A_DAY
    return f"{quarter // 4:02}:{quarter % 4 * 15:02}"


def time_in_words(quarter: int) -> str:
    quarter %= QUARTERS_A_DAY
    if quarter == 0:
        return "midnight"
    if quarter == 48:
        return "midday"
    hour, minutes = quarter // 4, quarter % 4 * 15
    return f"{(hour - 1) % 12 + 1}{f':{minutes:02}' if minutes else ''}{'am' if hour < 12 else 'pm'}"


def shift_in_words(day: int, start: int, length: int) -> str:
    """`day` 0 = Monday; `start` and `length` in quarter-hours. What ends on another day says so."""
    until = start + length
    days_later = (until - 1) // QUARTERS_A_DAY
    said = f"{DAYS[day]}, {time_in_words(start)} to {time_in_words(until)}"
    return f"{said} on {DAYS[(day + days_later) % 7]}" if days_later and until % QUARTERS_A_DAY else said


def night_in_words(day: int) -> str:
    return f"{DAYS[day]} night (sleep-in)"


def flexible_in_words(quarters: int) -> str:
    return f"{quarters / 4:g} of your flexible hours"


def others_do_in_words(tasks: Sequence[str]) -> str:
    return f"Somebody else of the team does this: {listed([lower_first(named(Kind.TASK, code)) for code in tasks])}"


def rest_in_words(day: int, start: int, longest: int, due: int) -> str:
    """In quarter-hours."""
    rest = "no rest" if not longest else f"{longest / 4:g} {'hour' if longest == 4 else 'hours'} of rest in a row at most"
    return f"From {DAYS[day]}, {time_in_words(start)}: {rest} in 24 hours. The law says {due / 4:g} hours"
