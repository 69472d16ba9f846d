"""Writes docs/settings.md: every setting of every service, from the code that reads them."""
from importlib import import_module
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from shared.runtime.environment import PREFIX, Settings

HEAD = """# Settings

Every service is told where it is by environment variables, read once at start. A missing or wrong one stops the start
with a message that names it (exit code 78). `make run` and `docker-compose.yml` set the same names. This page is written
from the code by `make docs`.

`make run` itself reads `ALONGSIDE_PORTAL_PORT`, `ALONGSIDE_REGISTRY_PORT`, `ALONGSIDE_MATCHER_PORT`,
`ALONGSIDE_NOTIFIER_PORT`, `ALONGSIDE_KAFKA_PORT` (8000–8003, 9092), `ALONGSIDE_STATE` (`var`), `ALONGSIDE_SAMPLE`
(`leicester`, or `none`) and `BROKER` (`embedded`, or `kafka` after `make kafka`).
"""


def settings_page(services: tuple[str, ...]) -> str:
    tables = [f"{HEAD}\n## Every service\n\n{table(Settings.model_fields)}"]
    for service in services:
        own = import_module(f"services.{service}.settings").Settings.model_fields
        changed = {name: field for name, field in own.items() if repr(field) != repr(Settings.model_fields.get(name))}
        if changed:
            tables.append(f"## The {service}\n\n{table(changed)}")
    return "\n".join(tables)


def table(fields: dict[str, FieldInfo]) -> str:
    rows = [
        f"| `{PREFIX}{name.upper()}` | {field.description or 'see above'}{choices(field.annotation)} | {default(field)} |"
        for name, field in fields.items()
    ]
    return "\n".join(["| variable | what it says | without it |", "|---|---|---|", *rows, ""])


def choices(kind: Any) -> str:
    return f" ({', '.join(map(str, get_args(kind)))})" if get_origin(kind) is Literal else ""


def default(field: FieldInfo) -> str:
    if field.is_required():
        return "does not start"
    return "–" if field.default is None else f"`{str(field.default).lower()}`"
