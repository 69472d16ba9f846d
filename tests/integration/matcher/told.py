"""A profile and a plan as other services tell them, to change one thing of."""
from datetime import date
from typing import Any
from uuid import uuid4

from shared.contracts.portal import SupportPlanChanged
from shared.contracts.registry import ProfileChanged
from shared.vocabulary.week import slot, to_hex

MORNINGS = to_hex(slot(0, 32, 40) | slot(2, 32, 40))


def profile(council: str, **changes: Any) -> ProfileChanged:
    return ProfileChanged.model_validate({
        "council": council, "revision": 1, "profile_id": uuid4(), "state": "looking",
        "place": {"outcode": "LE5", "east_m": 1000, "north_m": 0}, "travel": "bus",
        "languages": [{"tag": "so", "spoken": "mother_tongue"}], "week": MORNINGS, "least_rate": 1300,
        "age_band": "21_and_over", "confirmed_on": date(2026, 11, 1), **changes,
    })


def plan(council: str, **changes: Any) -> SupportPlanChanged:
    return SupportPlanChanged.model_validate({
        "council": council, "revision": 1, "plan_id": uuid4(), "person_id": uuid4(), "state": "open",
        "place": {"outcode": "LE5", "east_m": 0, "north_m": 0}, "fixed": MORNINGS, "quarters": 16, "most_rate": 1500,
        "funding": "direct_payment", "confirmed_on": date(2026, 11, 1),
        "wishes": [
            {"criterion": "language", "strength": "must", "values": ["so"]}, {"criterion": "times", "strength": "important"},
        ],
        **changes,
    })
