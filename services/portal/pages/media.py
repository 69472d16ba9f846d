"""Recordings and films of what we say: put in by council workers, watched by whoever has the link in a message."""
import re
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from services.portal.clients.asking import NotThere, Refused
from services.portal.domain.accounts import Role, Viewer
from services.portal.pages.desk import Desk
from services.portal.pages.typed import Typed
from services.portal.pages.wording import labelled
from services.portal.usecases import accounts
from shared.runtime.gate import take_a_file

COUNCIL = re.compile(r"[a-z][a-z0-9-]{1,40}")
KINDS = {
    "recording": "Read aloud by a person", "bsl_video": "Film in British Sign Language (BSL)", "makaton_video": "Film in Makaton",
}
CALLED = {"recording": "", "bsl_video": "Watch this in BSL", "makaton_video": "Watch this in Makaton"}
FIELDS = ("transcript", "called", "link", "link_has_captions", "file", "captions")


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    async def page(
        request: Request, viewer: Viewer, about: str, audience: str, language: str, typed: Typed, kind: str = ""
    ) -> Response:
        """`kind`: whose form was typed into; the others are shown as they are."""
        found = await desk.clients.media.of_message(viewer.council, about, audience, language)
        async with desk.begin() as work:
            names = await accounts.names(viewer.council, {one.put_in_by for one in found.media}, work)
        held = {one.kind: one for one in found.media}
        forms = {
            which: typed if which == kind else Typed.showing({
                f"{which}-transcript": held[which].transcript if which in held else found.to_be_said,
                f"{which}-called": held[which].called if which in held else CALLED[which],
                f"{which}-link": held[which].link if which in held else "",
            })
            for which in KINDS
        }
        return desk.page(
            request, "staff/media.html", "Recordings and films", typed=typed, forms=forms, held=held, names=names, KINDS=KINDS,
            to_be_said=found.to_be_said, language=language, name=labelled("language", language), about=about, audience=audience,
            here_of=f"/council/media/{about}/{audience}/{language}",
        )

    @routes.get("/council/media/{about}/{audience}/{language}")
    async def look(request: Request, about: str, audience: str, language: str) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        return await page(request, viewer, about, audience, language, Typed())

    @routes.post("/council/media/{about}/{audience}/{language}/{kind}")
    async def put_in(request: Request, about: str, audience: str, language: str, kind: str) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        take_a_file(request.scope)
        typed = await desk.form(request, viewer)
        if kind not in KINDS:
            raise HTTPException(404)
        file, captions = await uploaded(request, f"{kind}-file"), await uploaded(request, f"{kind}-captions")
        try:
            await desk.clients.media.put_in(
                viewer.council, about, audience, language, kind, transcript=typed.one(f"{kind}-transcript"),
                called=typed.one(f"{kind}-called"), link=typed.one(f"{kind}-link"), file=file,
                link_has_captions=typed.one(f"{kind}-link_has_captions") == "yes", captions=captions.decode(errors="replace"),
                by=viewer.account_id,
            )
        except Refused as refused:
            for one in refused.errors:
                if one.field in FIELDS:
                    typed.say(f"{kind}-{one.field}", one.problem)
            if not typed.wrong:
                raise
            return await page(request, viewer, about, audience, language, typed, kind)
        return desk.go(f"/council/media/{about}/{audience}/{language}", "medium_put_in")

    @routes.post("/council/media/{about}/{audience}/{language}/{kind}/away")
    async def take_away(request: Request, about: str, audience: str, language: str, kind: str) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        await desk.form(request, viewer)
        await desk.clients.media.take_away(viewer.council, about, audience, language, kind)
        return desk.go(f"/council/media/{about}/{audience}/{language}", "medium_taken_away")

    @routes.get("/watch/{council}/{media_id:uuid}")
    async def watch(request: Request, council: str, media_id: UUID) -> Response:
        """Nobody signs in to it: it says nothing of anybody, only what the message always says."""
        medium = await desk.clients.media.one(known(council), media_id)
        return desk.page(
            request, "anyone/watch.html", medium.title, medium=medium, kind=KINDS[medium.kind],
            source=f"/watch/{council}/{media_id}",
        )

    @routes.get("/watch/{council}/{media_id:uuid}/file")
    async def file(request: Request, council: str, media_id: UUID) -> Response:
        content, kind = await desk.clients.media.file(known(council), media_id)
        return part_of(request, content, kind)

    @routes.get("/watch/{council}/{media_id:uuid}/captions.vtt")
    async def captions(council: str, media_id: UUID) -> Response:
        return Response(await desk.clients.media.captions(known(council), media_id), media_type="text/vtt; charset=utf-8")

    return routes


def known(council: str) -> str:
    if not COUNCIL.fullmatch(council):
        raise NotThere("notifier", 404, "", "", ())
    return council


async def uploaded(request: Request, field: str) -> bytes:
    """Nothing where no file was chosen."""
    found = (await request.form()).get(field)
    return await found.read() if isinstance(found, UploadFile) else b""


def part_of(request: Request, content: bytes, kind: str) -> Response:
    """Browsers ask for pieces of a film, so that somebody can go back to what they missed."""
    unit, _, asked = request.headers.get("range", "").partition("=")
    first, _, last = asked.partition("-")
    pieces = unit == "bytes" and first.isdecimal() and (last.isdecimal() or last == "")
    begins, ends = (int(first), min(int(last or len(content)), len(content) - 1)) if pieces else (0, -1)
    if begins > ends:
        return Response(content, media_type=kind, headers={"Accept-Ranges": "bytes"})
    headers = {"Accept-Ranges": "bytes", "Content-Range": f"bytes {begins}-{ends}/{len(content)}"}
    return Response(content[begins : ends + 1], 206, media_type=kind, headers=headers)
