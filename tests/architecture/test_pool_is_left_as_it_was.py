"""A connection goes back to the pool as it is, without asking the server to forget; so no statement may leave anything on it."""
import re

from tests.architecture.tree import ROOT

LEAVES = re.compile(r"\b(pg_(try_)?advisory_lock|LISTEN|PREPARE|DECLARE|DISCARD)\b|^SET (?!LOCAL)|set_config\([^)]*false\)", re.M)
OF_A_LINE = {"lead"}
"""Asked on connections of their own."""


def test_no_named_statement_leaves_a_lock_or_a_setting_behind() -> None:
    found = set()
    for file in (*ROOT.glob("services/*/queries.sql"), *ROOT.glob("shared/*/queries.sql")):
        for part in file.read_text().split("-- name: ")[1:]:
            name, _, statement = part.partition("\n")
            if LEAVES.search(re.sub("--.*", "", statement)):
                found.add(name.strip())

    assert found == OF_A_LINE
