"""Tests that share what is slow to make stay together, and it is noticed when they do not."""
from tests.sharing import Watch, share_of

JOURNEYS = ("tests/journeys/test_a.py::test_one", "tests/integration/deploy/test_b.py::test_two[x]")


def test_a_file_is_one_share_and_whatever_starts_everything_is_one_too() -> None:
    of_one_file = {share_of(f"tests/unit/a.py::{test}") for test in ("test_one", "test_two[x::y]")}

    assert len(of_one_file) == 1
    assert share_of("tests/unit/b.py::test_one") not in of_one_file
    assert share_of(JOURNEYS[0]) == share_of(JOURNEYS[1])


def test_a_page_is_looked_at_by_whoever_has_time() -> None:
    file = "tests/browser/test_every_page.py"

    assert share_of(f"{file}::test_it[a]") != share_of(f"{file}::test_it[b]")


def test_a_share_in_two_processes_is_noticed() -> None:
    watch = Watch()
    for nodeid in JOURNEYS:
        watch.ran(nodeid, "gw0")
    watch.ran("tests/unit/a.py::test_one", "gw1")
    assert watch.apart == set()

    watch.ran("tests/unit/a.py::test_two", "gw0")
    assert watch.apart == {"tests/unit/a.py"}
