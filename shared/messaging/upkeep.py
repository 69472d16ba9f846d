"""What every service hears, and does, for the sake of delivery itself, whatever else it hears."""
from shared.contracts.upkeep import DigestTold, ListingTold, ListingWanted, RepublishRequested, StatesWanted
from shared.messaging import digests, reconciling, republish
from shared.messaging.hearing import Hears


def beside(hears: Hears) -> Hears:
    """Unlike a service's own (`hears`), each function is given `(event, connection)`: it works on messaging's tables alone."""
    reader = reconciling.Reconciler(frozenset(kind.topic for kind in hears if kind.carries == "state"))
    return {
        RepublishRequested: republish.tell_again,
        StatesWanted: republish.tell_anew,
        DigestTold: reader.hear_digest,
        ListingWanted: digests.tell_listing,
        ListingTold: reader.hear_listing,
    }
