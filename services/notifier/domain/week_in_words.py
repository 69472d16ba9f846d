"""Times of the day and of the week, and hours a week, in the words of any language."""
from collections.abc import Mapping

from shared.vocabulary.week import QUARTERS_A_DAY, WeekWords, from_hex, in_words


def say_hours(quarters: int, words: Mapping[str, str]) -> str:
    number = f"{quarters // 4}{('', '.25', '.5', '.75')[quarters % 4]}"
    return words["one_hour" if number == "1" else "hours"].format(number=number)


def say_clock(hour: int, minute: int, words: Mapping[str, str]) -> str:
    minutes = f":{minute:02}" if minute else ""
    half = words["morning" if hour < 12 else "afternoon"]
    return words["clock"].format(time=f"{hour % 12 or 12}{minutes}", half=half)


def say_week(digits: str, days: tuple[str, ...], words: Mapping[str, str]) -> str:
    """'Monday to Friday 8am to 10am; Saturday 5pm to 9pm'. `digits`: as the contracts have a week."""

    def clock(quarter: int) -> str:
        hour, quarters = divmod(quarter % QUARTERS_A_DAY, 4)
        if quarters == 0 and hour in (0, 12):
            return words["midday" if hour else "midnight"]
        return say_clock(hour, quarters * 15, words)

    said = WeekWords(days, words["every_day"], words["all_day"], words["from_to"], words["both"], words["no_times"], clock)
    return in_words(from_hex(digits), said)
