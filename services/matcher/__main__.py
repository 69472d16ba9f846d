"""`python -m services.matcher` serves; `python -m services.matcher migrate` brings its database up to date."""
from pathlib import Path

from services.matcher.app import build
from services.matcher.settings import Settings
from shared.messaging.service import main

if __name__ == "__main__":
    main("matcher", build, Settings, Path(__file__).with_name("migrations"))
