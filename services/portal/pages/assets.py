"""The look of the pages: govuk-frontend as it was fetched, our own style sheet over it, and letters for many scripts."""
from functools import cache
from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse, Response
from starlette.exceptions import HTTPException

OURS = Path(__file__).parent.parent / "static"
FETCHED = {"govuk-frontend.min.css": "text/css", "govuk-frontend.min.js": "text/javascript"}
OWN = {"alongside.css": "text/css", "begin.js": "text/javascript", "favicon.svg": "image/svg+xml"}
SCRIPTS = {"arabic", "gurmukhi", "gujarati", "bengali", "devanagari", "tamil", "ethiopic"}
KEPT = {"Cache-Control": "public, max-age=3600", "X-Content-Type-Options": "nosniff"}

FOR_FRAMES = {"Access-Control-Allow-Origin": "*"}
"""An email is shown shut in, as if it came from nowhere; it may have letters all the same. There is nothing secret in them."""


@cache
def faces() -> str:
    """The letters for many scripts, as the style sheet names them."""
    return "\n".join(line for line in (OURS / "alongside.css").read_text().splitlines() if line.startswith("@font-face"))


def router(fetched: Path) -> APIRouter:
    """`fetched`: the folder `python -m deploy.frontend` fills. Without it the pages work, but bare."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/assets/{name}")
    async def asset(name: str) -> Response:
        if name in OWN:
            return FileResponse(OURS / name, media_type=OWN[name], headers=KEPT)
        if name in FETCHED and (fetched / name).exists():
            return FileResponse(fetched / name, media_type=FETCHED[name], headers=KEPT)
        raise HTTPException(404)

    @routes.get("/assets/fonts/{script}.ttf")
    async def font(script: str) -> Response:
        if script not in SCRIPTS:
            raise HTTPException(404)
        letters = files("manimgx_fonts") / f"NotoSans{script.capitalize()}[wght].ttf"
        return FileResponse(str(letters), media_type="font/ttf", headers={**KEPT, **FOR_FRAMES})

    return routes
