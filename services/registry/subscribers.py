"""What the registry hears: nothing yet. Hours already taken and replies by text come with their own work."""
from shared.messaging.hearing import Hears

HEARS: Hears = {}
