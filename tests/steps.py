"""Which migrations a service's database is made by."""
from importlib import import_module
from pathlib import Path

from shared import messaging
from shared.runtime import migrations


def steps_of(service: str) -> list[tuple[str, Path]]:
    """Messaging's own tables, and the service's. "bare": only the first."""
    own = [] if service == "bare" else [Path(import_module(f"services.{service}").__file__ or "").with_name("migrations")]
    return migrations.steps(Path(messaging.__file__).with_name("migrations"), *own)
