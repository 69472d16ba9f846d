"""Every route an app answers, found in the app itself, so that a new one cannot be forgotten."""
from collections.abc import Iterable, Iterator
from typing import Any

from starlette.routing import Route

NUMBER = "6f1c2b1e-5a1f-4a57-9a52-0f7f1d2c3b4a"
FILLED = {
    "council": "leicester", "code": "a-code-nobody-has", "parked_id": "1", "number": "1", "name": "letter.pdf",
    "kind": "recording",
}


def asked(routes: Iterable[Any]) -> Iterator[tuple[str, Route]]:
    """(method, route)"""
    for route in routes:
        if isinstance(route, Route):
            for method in sorted((route.methods or set()) - {"HEAD", "OPTIONS"}):
                yield method, route
        else:  # a router that was put on whole
            assert route.include_context.prefix == "", "the paths of these routes are longer than they say"
            yield from asked(route.original_router.routes)


def filled(route: Route, **known: str) -> str:
    """An address of this route."""
    path = route.path_format
    for name in route.param_convertors:
        path = path.replace(f"{{{name}}}", (FILLED | known).get(name, NUMBER))
    return path
