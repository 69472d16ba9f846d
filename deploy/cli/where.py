"""Where the services are and the key to them: from the environment, else from what the running stack wrote down."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from deploy.cli.ending import Ending, stop

SERVICES = {"portal": 8000, "registry": 8001, "matcher": 8002, "notifier": 8003}
ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Where:
    urls: dict[str, str]
    kafka: str
    key: str

    @property
    def authorization(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}


def chosen(service: str | None) -> list[str]:
    if service is None:
        return list(SERVICES)
    if service not in SERVICES:
        stop(Ending.USAGE, f"There is no service called {service}.", f"There are: {', '.join(SERVICES)}.")
    return [service]


def state_folder() -> Path:
    """`var/` of this folder, or ALONGSIDE_STATE."""
    if named := os.environ.get("ALONGSIDE_STATE"):
        return Path(named)
    here = Path("var")
    return here if (here / "addresses.json").exists() else ROOT / "var"


def find(*, key_needed: bool = True) -> Where:
    """ALONGSIDE_PORTAL_URL (and so on), ALONGSIDE_KAFKA_SERVERS and ALONGSIDE_SERVICE_KEY come before what is in `var/`."""
    written = _written_down()
    urls = {
        name: os.environ.get(f"ALONGSIDE_{name.upper()}_URL", written.get(name, f"http://127.0.0.1:{port}")).rstrip("/")
        for name, port in SERVICES.items()
    }
    kafka = os.environ.get("ALONGSIDE_KAFKA_SERVERS", written.get("kafka", "127.0.0.1:9092"))
    return Where(urls, kafka, _key() if key_needed else "")


def _written_down() -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads((state_folder() / "addresses.json").read_text())
        return found
    except (OSError, ValueError):
        return {}


def _key() -> str:
    if key := os.environ.get("ALONGSIDE_SERVICE_KEY"):
        return key
    file = state_folder() / "service-key"
    try:
        return file.read_text().strip()
    except OSError:
        stop(
            Ending.NOT_REACHED,
            f"There is no key in {file}.",
            "Start Alongside first with `alongside up`, or set ALONGSIDE_SERVICE_KEY and ALONGSIDE_PORTAL_URL.",
        )
