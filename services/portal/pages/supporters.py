"""Who supports me: whom I let in, for what, until when; who looked; and taking somebody off in one step."""
from datetime import timedelta
from uuid import UUID, uuid4

from fastapi import APIRouter, Request, Response

from services.portal.domain.accounts import Account, AccountNotFound, Role, Viewer
from services.portal.domain.supporting import LONGEST, NothingToDo, Scope, TooLong
from services.portal.pages.desk import Desk
from services.portal.pages.typed import Typed
from services.portal.pages.wording import SCOPES
from services.portal.usecases import accounts, looking, support_requests, supporters

AT_MOST = 200


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    @routes.get("/supporters")
    async def beside_me(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.PERSON)
        async with desk.begin() as work:
            beside = await supporters.supporters_of(viewer, work, now=desk.now())
            looks = await looking.who_looked(viewer, work)
            asks = await support_requests.open_to(viewer, work)
        return desk.page(request, "person/supporters.html", "Who supports me", beside=beside, looks=looks, asks=asks)

    @routes.post("/supporters/asked/{request_id:uuid}")
    async def answer(request: Request, request_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.PERSON)
        typed = await desk.form(request, viewer)
        yes = typed.one("answer") == "yes"
        if not yes and typed.one("answer") != "no":
            return desk.go("/supporters")
        async with desk.begin() as work:
            await support_requests.answer(
                viewer.council, request_id, viewer.account_id, yes, "in the portal", work, now=desk.now()
            )
        return desk.go("/supporters", "let_in" if yes else "kept_out")

    @routes.post("/supporters/{delegation_id:uuid}/end")
    async def take_off(request: Request, delegation_id: UUID) -> Response:
        viewer = await desk.viewer(request, Role.PERSON)
        await desk.form(request, viewer)
        async with desk.begin() as work:
            await supporters.end_support(viewer.council, delegation_id, work, now=desk.now(), by=viewer)
        return desk.go("/supporters", "taken_off")

    async def brokers_of(viewer: Viewer) -> list[Account]:
        async with desk.begin() as work:
            return await accounts.accounts(viewer.council, Role.BROKER, work, most=AT_MOST)

    def letting_in(request: Request, brokers: list[Account], typed: Typed) -> Response:
        choices = [(str(one.account_id), " – ".join(filter(None, (one.chosen_name, one.organisation)))) for one in brokers]
        return desk.page(request, "person/let_in.html", "Let somebody support you", choices=choices, typed=typed,
                         scopes=tuple(SCOPES.items()), latest=(desk.now() + LONGEST).date())

    @routes.get("/supporters/add")
    async def whom(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.PERSON)
        until = (desk.now() + timedelta(days=90)).date()
        return letting_in(request, await brokers_of(viewer), Typed.showing({"scopes": ["see_shortlist"], "until": until}))

    @routes.post("/supporters/add")
    async def let_in(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.PERSON)
        typed = await desk.form(request, viewer)
        brokers = await brokers_of(viewer)
        chosen = typed.chosen("supporter", [str(one.account_id) for one in brokers], "Choose who it is")
        until = typed.day("until", "the last day")
        if until is None:
            typed.say("until", "Write the last day, like 31 1 2027")
        elif not typed.wrong:
            try:
                async with desk.begin() as work:
                    await supporters.let_in(
                        viewer.council, viewer.account_id, UUID(chosen),
                        frozenset(Scope(one) for one in typed.many("scopes") if one in SCOPES), until, work,
                        now=desk.now(), delegation_id=uuid4(), evidence="in the portal",
                    )  # fmt: skip
            except NothingToDo:
                typed.say("scopes", "Choose at least one thing they may do")
            except TooLong:
                typed.say("until", "Write a day in the next 12 months. You are asked again then")
            except AccountNotFound:
                typed.say("supporter", "Choose who it is")
        if typed.wrong:
            return letting_in(request, brokers, typed)
        return desk.go("/supporters", "let_in")

    return routes
