"""What every service hears for the sake of delivery itself, whatever else it hears."""
from shared.contracts.upkeep import RepublishRequested
from shared.messaging import republish
from shared.messaging.hearing import Hears

HEARS: Hears = {RepublishRequested: republish.tell_again}
"""Unlike a service's own: each function is given `(event, connection)`, for it works on messaging's tables alone."""
