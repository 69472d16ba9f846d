"""Where the matcher is and what it may be told from outside."""
from shared.runtime import environment


class Settings(environment.Settings):
    """Nothing of its own: the rules are published data, not settings."""

    port: int = 8002
