"""Runs the notifier: `python -m services.notifier`, or `python -m services.notifier migrate`."""
from pathlib import Path

from services.notifier.app import build
from services.notifier.settings import Settings
from shared.messaging.service import main

if __name__ == "__main__":
    main("notifier", build, Settings, Path(__file__).with_name("migrations"))
