"""The pages for all four audiences: written on the server, working without JavaScript, in plain words.

The app puts `routers(...)` on without the service key, then calls `furnish(app)` once.
"""
from services.portal.pages.together import furnish, routers

__all__ = ["furnish", "routers"]
