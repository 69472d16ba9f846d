"""`python -m services.registry` serves the registry; `python -m services.registry migrate` brings its database up to date."""
from pathlib import Path

from services.registry.app import build
from services.registry.settings import Settings
from shared.messaging.service import main

if __name__ == "__main__":
    main("registry", build, Settings, Path(__file__).with_name("migrations"))
