"""Times of the week that another service told us, in plain words."""
from shared.vocabulary.week import EMPTY, from_hex, in_words


def times_in_words(digits: str | None) -> str:
    """Nothing where no times are fixed."""
    week = from_hex(digits) if digits else EMPTY
    return in_words(week) if week != EMPTY else ""
