"""A gap is kept as it was last told, for those who want to hear of such work."""
from datetime import date
from uuid import uuid4

from services.notifier.store import Store
from services.notifier.subscribers import HEARS
from shared.contracts.matcher import GapChanged
from tests.conftest import MakeDatabase


def gap(council: str, revision: int, people: int) -> GapChanged:
    return GapChanged.model_validate({
        "council": council, "revision": revision, "gap_id": GAP, "week": date(2026, 11, 23), "rules_version": 1,
        "bounds": [
            {"facet": "language", "among": True, "values": ["syl"]}, {"facet": "area", "among": False, "values": ["LE2", "LE4"]},
        ],
        "open": people > 0, "people": people, "hours": people * 10,
    })


GAP = uuid4()


async def test_a_gap_is_kept_as_it_was_last_told_and_an_ended_one_is_no_call(database_for: MakeDatabase, council: str) -> None:
    store = Store(await database_for("notifier"))

    for revision, people in ((1, 7), (2, 12)):
        async with store.begin() as work:
            await HEARS[GapChanged](gap(council, revision, people), work)
    async with store.begin() as work:
        (kept,) = await work.lists.open_gaps(council)
        await HEARS[GapChanged](gap(council, 3, 0), work)
    async with store.begin() as work:
        after = await work.lists.open_gaps(council)

    assert (kept.people, kept.hours, kept.revision) == (12, 120, 2)
    assert kept.bounds == (("language", True, ("syl",)), ("area", False, ("LE2", "LE4")))
    assert after == []
