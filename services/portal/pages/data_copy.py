"""A copy of all that is held about somebody: one page to read, and the same as each service gave it, for machines."""
import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from jinja2 import Template

from services.portal.pages.data_words import SERVICES, named, read_out
from services.portal.pages.templating import templates
from services.portal.pages.wording import at

PAGE = "your-data.html"


def zipped(documents: Mapping[str, Mapping[str, object]], made_at: datetime) -> bytes:
    """Needs nothing from anywhere when it is opened."""
    body = BytesIO()
    with ZipFile(body, "w", ZIP_DEFLATED) as made:
        made.writestr(PAGE, page_of(documents, made_at))
        for service in SERVICES:
            made.writestr(f"for-machines/{service}.json", json.dumps(documents[service], indent=2, ensure_ascii=False))
    return body.getvalue()


def page_of(documents: Mapping[str, Mapping[str, object]], made_at: datetime) -> str:
    services = [(words, parts_of(documents[service])) for service, words in SERVICES.items()]
    return template().render(services=services, made_at=at(made_at))


def parts_of(document: Mapping[str, Any]) -> list[tuple[str, list[Any]]]:
    return [(named(part), [read_out(thing) for thing in things]) for part, things in document["parts"].items()]


@cache
def template() -> Template:
    return templates().get_template("data_copy.html")
