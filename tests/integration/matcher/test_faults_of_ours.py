"""A mistake of ours in telling one list ends nothing: the others are told, and that one is tried again later."""
from typing import Any

import pytest

from services.matcher import announcements
from tests.integration.matcher.conftest import Matcher, plan, profile


async def test_a_list_that_cannot_be_told_keeps_no_other_waiting_and_is_not_kept_untold(
    matcher: Matcher, council: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong, fine = plan(council), plan(council)
    tell = announcements.shortlist_changed

    def told(change: Any, *rest: Any) -> Any:
        if change.now.plan_id == wrong.plan_id:
            raise ValueError("too long for its contract")
        return tell(change, *rest)

    monkeypatch.setattr(announcements, "shortlist_changed", told)
    await matcher.hear(profile(council), wrong, fine)
    await matcher.rank()

    assert [one["plan_id"] for one in await matcher.lists()] == [str(fine.plan_id)]
    monkeypatch.undo()
    await matcher.rank()
    assert {one["plan_id"] for one in await matcher.lists()} == {str(fine.plan_id), str(wrong.plan_id)}
