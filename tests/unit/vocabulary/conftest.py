"""Time limits per example say more of the machine than of the code: lists are read on first use, and machines are shared."""

from hypothesis import settings

settings.register_profile("no time limit", deadline=None)
settings.load_profile("no time limit")
