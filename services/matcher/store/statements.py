"""The matcher's named SQL, read once."""
from pathlib import Path

from shared.runtime import queries

sql = queries.load(Path(__file__).parents[1] / "queries.sql")
