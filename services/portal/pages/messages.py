"""Messages: what was told to me (or, for the council, to anybody), to read, open and listen to."""
from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.portal.clients.notifier import Artefact, WholeMessage
from services.portal.domain.accounts import Role, Viewer
from services.portal.pages.assets import faces
from services.portal.pages.desk import Desk, NotForYou
from services.portal.pages.guarding import POLICY
from services.portal.pages.shortlist import asked_for
from services.portal.usecases import looking

A_PAGE = 20
# An artefact is opened as it was made, but can do nothing: no scripts, no forms, no look around.
SHUT_IN = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data: 'self'; font-src 'self'; frame-ancestors 'self'"
LETTERS = '<style>{faces}\nbody {{ font-family: Arial, Helvetica, "Alongside Scripts", sans-serif !important }}</style></head>'
OF_BOTH = ("meeting_arranged", "meeting_moved", "meeting_soon", "trial_ends", "how_is_it_going")
OF_A_PA = ("somebody_would_like_to_meet_you", "asked_again", "we_did_not_understand", "offer", "offer_waits", *OF_BOTH)
ANSWERED_AT = {
    Role.PA: dict.fromkeys(OF_A_PA, ("/asks", "Who asked for me")),
    Role.PERSON: {
        **dict.fromkeys(OF_BOTH, ("/meetings", "Meetings")),
        **dict.fromkeys(("supporter_asks_to_act", "supporter_still_asks"), ("/supporters", "Who supports me")),
    },
}
"""The page on which each can answer what a message asks, and what it is called."""
SHOWN_AS_THEY_ARE = ("text/plain", "text/html", "application/pdf", "audio/mpeg", "audio/wav", "audio/ogg")


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    @routes.get("/messages")
    async def mine(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.PERSON, Role.PA, Role.BROKER)
        _, page = asked_for(request)
        found = await desk.clients.notifier.messages(viewer.council, party_id=viewer.account_id, page=page, size=A_PAGE)
        return desk.page(request, "anyone/messages.html", "Messages", found=found, names={}, where="/messages")

    @routes.get("/messages/{message_id:uuid}")
    async def one(request: Request, message_id: UUID) -> Response:
        viewer = await desk.viewer(request)
        message = await message_for(viewer, message_id)
        async with desk.begin() as work:
            known = None if viewer.account_id == message.party_id else await work.accounts.find(viewer.council, message.party_id)
        name = known.chosen_name if known else None
        answered_at = ANSWERED_AT.get(viewer.role, {}).get(message.about)
        return desk.page(request, "anyone/message.html", "Message", message=message, name=name, kinds=kinds_of(message),
                         answered_at=answered_at)

    @routes.get("/messages/{message_id:uuid}/artefacts/{name}")
    async def artefact(request: Request, message_id: UUID, name: str) -> Response:
        viewer = await desk.viewer(request)
        await message_for(viewer, message_id)
        content, kind = await desk.clients.notifier.artefact(viewer.council, message_id, name)
        return opened(request, content, kind)

    async def message_for(viewer: Viewer, message_id: UUID) -> WholeMessage:
        """The message, if it is to the viewer, or the viewer works for the council."""
        message = await desk.clients.notifier.message(viewer.council, message_id)
        if message.party_id != viewer.account_id and viewer.role is not Role.STAFF:
            raise NotForYou
        if message.party_id != viewer.account_id:
            async with desk.begin() as work:  # writes down, where the person can read it, that a worker looked
                await looking.messages_of(viewer, message.party_id, work, now=desk.now())
        return message

    return routes


def opened(request: Request, content: bytes, kind: str) -> Response:
    """An artefact to open, or, where no browser shows its kind, to keep."""
    plain = kind.partition(";")[0].strip()
    headers = {"X-Frame-Options": "SAMEORIGIN", "Content-Security-Policy": SHUT_IN}
    if plain == "application/pdf":
        # the browser's own PDF reader does not open in a sandbox
        headers["Content-Security-Policy"] = POLICY.format(nonce=request.state.nonce)
    if plain not in SHOWN_AS_THEY_ARE:
        headers["Content-Disposition"] = "attachment"
        kind = "application/octet-stream"
    if plain == "text/html":  # as a mail program has letters for every script, so have we
        content = content.replace(b"</head>", LETTERS.format(faces=faces()).encode(), 1)
    return Response(content, headers=headers, media_type=kind)


def kinds_of(message: WholeMessage) -> list[tuple[str, Artefact]]:
    """How to show each artefact: read, frame, listen or open."""
    shown = {"text/plain": "read", "text/html": "frame"}
    kinds = [(one.media_type.partition(";")[0], one) for one in message.artefacts]
    return [(shown.get(kind, "listen" if kind.startswith("audio/") else "open"), one) for kind, one in kinds]
