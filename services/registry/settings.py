"""What the registry is told from outside."""
from shared.runtime import environment


class Settings(environment.Settings):
    """Nothing of its own yet beyond what every service has."""
