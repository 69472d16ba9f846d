"""Which tests stay together when several processes share them: what a file's tests share is made once, not in each process.

pytest-xdist 3.8 has marks for that, but with pytest 9.2 they do nothing, without a word (pytest-xdist issue 1386).
"""
from typing import Any

from xdist.scheduler import LoadScopeScheduling

WITH_EVERYTHING = ("tests/integration/deploy", "tests/journeys")
"""They start all four services. One process has them all, so that never more than one such crowd is on the machine."""
MUCH_WAITING = ("tests/integration/messaging", "tests/machines")
"""Begun last, they would be waited for by themselves."""
EACH_BY_ITSELF = ("tests/browser/test_every_page.py",)
"""Looking at one page has to do with no other: whoever has time takes the next."""


def share_of(nodeid: str) -> str:
    """Tests with the same answer run in one process, one after the other."""
    if nodeid.startswith(EACH_BY_ITSELF):
        return nodeid
    return "everything" if nodeid.startswith(WITH_EVERYTHING) else nodeid.split("::")[0]


def rank(nodeid: str) -> int:
    """What takes longest comes first."""
    return 0 if nodeid.startswith(WITH_EVERYTHING) else 1 if nodeid.startswith(MUCH_WAITING) else 2


class Sharing(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return share_of(nodeid)


class Watch:
    """Notices when tests that belong together were run apart."""

    def __init__(self) -> None:
        self.where: dict[str, str] = {}
        self.apart: set[str] = set()

    def ran(self, nodeid: str, process: str) -> None:
        if self.where.setdefault(share_of(nodeid), process) != process:
            self.apart.add(share_of(nodeid))

    def see(self, report: Any) -> None:
        if hasattr(report, "node"):  # only where several processes share
            self.ran(report.nodeid, report.node.gateway.id)
