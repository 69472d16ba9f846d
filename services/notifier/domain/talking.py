"""What a person talks over with them, whatever way they recorded."""
from services.notifier.domain.freshness import HAS_CHANGED
from services.notifier.domain.offer import NOT_WELL

TALKED_OVER = {
    NOT_WELL: "They told us that it does not go well. Please talk with them, and ask what would help.",
    HAS_CHANGED: "They told us that how we reach them has changed. Please ask what is different, and put it down.",
}
"""By message: what the team is told."""
