"""The notifier's named SQL."""
from pathlib import Path

from shared.runtime import queries

sql = queries.load(Path(__file__).parent.parent / "queries.sql")
