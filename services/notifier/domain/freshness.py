"""Asked, and then asked again: whether what somebody recorded of how to reach them is still right, a year after they said so."""
from datetime import date, timedelta
from uuid import UUID, uuid5

STILL_RIGHT, HAS_CHANGED = "is_this_still_right", "something_has_changed"
ANSWER_WITHIN = timedelta(days=60)


def ask_id(party_id: UUID, ask_again_on: date) -> UUID:
    """Each year's question is one of its own."""
    return uuid5(party_id, f"{STILL_RIGHT}/{ask_again_on.isoformat()}")
