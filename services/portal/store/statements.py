"""The portal's SQL, by name."""
from pathlib import Path

from shared.runtime import queries

sql = queries.load(Path(__file__).parent.with_name("queries.sql"))


def touched(status: str) -> bool:
    """Whether a statement changed any row."""
    return not status.endswith(" 0")
