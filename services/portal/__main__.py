"""`python -m services.portal` serves; `python -m services.portal migrate` brings its database up to date."""
from pathlib import Path

from services.portal.app import build
from services.portal.settings import Settings
from shared.messaging.service import main

if __name__ == "__main__":
    main("portal", build, Settings, Path(__file__).with_name("migrations"))
