"""What a person talks over with them, whatever way they recorded."""
from services.notifier.domain.checking import WHO_SAID_STOP
from services.notifier.domain.freshness import HAS_CHANGED
from services.notifier.domain.offer import NOT_WELL

TALKED_OVER = {
    NOT_WELL: "They told us that it does not go well. Please talk with them, and ask what would help.",
    WHO_SAID_STOP: "STOP came by text from a number that nobody has confirmed yet as theirs. Nothing goes to it any more. Please"
                   " ask them in another way: was it them, and do they want to hear nothing more at all? If so, stop it for them."
                   " Or is the number wrong?",
    HAS_CHANGED: "They told us that how we reach them has changed. Please ask what is different, and put it down.",
}
"""By message: what the team is told."""
