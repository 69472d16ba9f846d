"""The SQL of messaging, by name."""
from pathlib import Path

from shared.runtime import queries

sql = queries.load(Path(__file__).with_name("queries.sql"))
