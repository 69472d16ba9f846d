"""Writes down what the services answer, hear and tell: docs/openapi, docs/asyncapi, docs/schemas and the lists. `make docs`."""
import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml
from faststream.specification import AsyncAPI

from deploy.settings_table import settings_page
from deploy.vocabulary_page import vocabulary_page
from shared.contracts import Event
from shared.contracts.upkeep import UPKEEP
from shared.messaging.broker import described

SERVICES = ("registry", "matcher", "notifier", "portal")
DOCS = Path(__file__).resolve().parent.parent / "docs"

NOWHERE = {
    "database_url": "postgresql://nowhere/nothing",
    "kafka_servers": "nowhere:9092",
    "service_key": "only for describing, never used",
    "port": 8000,
    "registry_url": "http://127.0.0.1:8001",
    "matcher_url": "http://127.0.0.1:8002",
    "notifier_url": "http://127.0.0.1:8003",
    "public_url": "http://127.0.0.1:8000",
    "outbox_folder": "nowhere",
}
"""Settings of a service that is looked at and never started."""


def app_of(service: str) -> Any:
    settings = import_module(f"services.{service}.settings").Settings(**NOWHERE)
    return import_module(f"services.{service}.app").build(settings)


def openapi(service: str) -> str:
    return pretty(app_of(service).openapi())


def asyncapi(service: str) -> str:
    hears = import_module(f"services.{service}.subscribers").HEARS
    tells = import_module(f"services.{service}.announcements").TELLS
    about = (import_module(f"services.{service}").__doc__ or "").strip()
    broker = described(service, hears=(*hears, *UPKEEP), tells=(*tells, *UPKEEP))
    described_api = AsyncAPI(broker, title=f"Alongside {service}", version="1", description=about)
    return in_order(described_api.to_specification().to_yaml())


def in_order(text: str) -> str:
    """The same with its channels, operations and schemas by name: FastStream gives them in another order every time."""
    whole = yaml.safe_load(text)
    for part in (whole, whole["components"]):
        for name, entries in part.items():
            if name in ("channels", "operations", "messages", "schemas"):
                part[name] = dict(sorted(entries.items()))
    written: str = yaml.safe_dump(whole, sort_keys=False, allow_unicode=True, width=120)
    return written


def schema(event: type[Event]) -> str:
    return pretty(event.model_json_schema())


def events() -> list[type[Event]]:
    """Every event of the published language, by topic."""
    for file in sorted((DOCS.parent / "shared" / "contracts").glob("[a-z]*.py")):
        import_module(f"shared.contracts.{file.stem}")
    return sorted((kind for kind in all_below(Event) if hasattr(kind, "topic")), key=lambda kind: kind.topic)  # type: ignore[type-abstract]  # only what is below it is looked at


def all_below(kind: type[Event]) -> Iterator[type[Event]]:
    for below in kind.__subclasses__():
        yield below
        yield from all_below(below)


def generated() -> dict[str, str]:
    """Each file below docs/ and what it must say."""
    return {
        **{f"openapi/{service}.json": openapi(service) for service in SERVICES},
        **{f"asyncapi/{service}.yaml": asyncapi(service) for service in SERVICES},
        **{f"schemas/{event.topic}.json": schema(event) for event in events()},
        "settings.md": settings_page(SERVICES),
        "vocabulary.md": vocabulary_page(),
    }


def pretty(what: Any) -> str:
    return json.dumps(what, indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    for name, text in generated().items():
        file = DOCS / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists() or file.read_text() != text:
            file.write_text(text)
            print(f"docs/{name}")


if __name__ == "__main__":
    main()
