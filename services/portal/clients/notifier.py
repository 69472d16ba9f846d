"""What the portal asks the notifier: how somebody is reached, what they were told, and tasks to reach them."""
from collections.abc import Mapping
from datetime import date, datetime
from urllib.parse import quote
from uuid import UUID

from services.portal.clients.asking import Asker, Heard


class Preference(Heard):
    method: str
    format: str
    language: str
    point_size: int | None = None


class SafeTime(Heard):
    days: tuple[str, ...]
    begins: str
    ends: str


class Copy(Heard):
    supporter_id: UUID
    topics: tuple[str, ...]


class Contact(Heard):
    kind: str
    address_as: str
    shown_as: str | None = None
    """The name the other side may be told once both said yes."""
    preferences: tuple[Preference, ...] = ()
    phone: str | None = None
    email: str | None = None
    postal_address: tuple[str, ...] | None = None
    quiet_from: str | None = None
    quiet_to: str | None = None
    never: tuple[str, ...] = ()
    discreet: bool = False
    safe_times: tuple[SafeTime, ...] = ()
    shared_post: bool = False
    needs: tuple[str, ...] = ()
    """Codes of the Accessible Information Standard."""
    copies: tuple[Copy, ...] = ()
    stopped: bool = False
    confirmed_on: date | None = None
    ask_again_on: date | None = None
    hear_of_gaps: bool = False
    """A PA asked to be told where help is wanted near them."""
    list_news: str = "daily"
    """How often a person is told that their list changed."""
    version: int | None = None
    unchecked: tuple[str, ...] = ()
    """Ways whose number or address is new, and where nobody has said yet that it is theirs."""


class Message(Heard):
    message_id: UUID
    party_id: UUID
    about: str
    title: str = ""
    state: str
    method: str | None = None
    format: str | None = None
    language: str | None = None
    plan_id: UUID | None = None
    introduction_id: UUID | None = None
    asked_at: datetime | None = None
    written_at: datetime | None = None
    handed_over_at: datetime | None = None


class Messages(Heard):
    items: tuple[Message, ...]
    total: int
    page: int = 1
    pages: int = 1


class Artefact(Heard):
    name: str
    media_type: str
    size: int = 0
    words: str | None = None


class Task(Heard):
    task_id: UUID
    message_id: UUID | None = None
    party_id: UUID
    why: str = ""
    what_to_say: str = ""
    team: str = ""
    due_at: datetime | None = None
    state: str = "open"


class Fact(Heard):
    label: str
    value: str


class Part(Heard):
    heading: str
    lines: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()


class Page(Heard):
    """What a message says, part by part."""

    language: str
    direction: str
    title: str
    greeting: str
    parts: tuple[Part, ...]
    regards: str
    link: str


class WholeMessage(Message):
    artefacts: tuple[Artefact, ...] = ()
    task: Task | None = None
    page: Page | None = None
    film: UUID | None = None
    """The council's film in BSL or Makaton that goes with it."""


class WhoAsks(Heard):
    """A supporter who asks to be let in."""

    name: str | None = None
    organisation: str | None = None
    relation: str
    scopes: tuple[str, ...]
    until: date


class Reply(Heard):
    about: str = ""
    answered: bool | str | None = False
    expired: bool = False
    asks: WhoAsks | None = None


class CodeAccepted(Heard):
    party_id: UUID | None = None
    """Whose point it is; None = nobody's. It never reaches a page."""


class PersonFound(Heard):
    person_id: UUID | None = None
    """None = nobody's. It never reaches a page."""


class Notifier:
    def __init__(self, asker: Asker) -> None:
        self.asker = asker

    async def contact(self, council: str, party_id: UUID) -> Contact:
        return await self.asker.ask(Contact, "GET", f"/councils/{council}/parties/{party_id}/contact")

    async def keep_contact(self, council: str, party_id: UUID, contact: Mapping[str, object]) -> Contact:
        return await self.asker.ask(Contact, "PUT", f"/councils/{council}/parties/{party_id}/contact", body=contact)

    async def stop(self, council: str, party_id: UUID) -> None:
        """Confirmed by the one who sends: when this returns, nothing more goes out."""
        await self.asker.send("POST", f"/councils/{council}/parties/{party_id}/stop", body={})

    async def start(self, council: str, party_id: UUID) -> None:
        await self.asker.send("POST", f"/councils/{council}/parties/{party_id}/start", body={})

    async def messages(self, council: str, *, party_id: UUID | None = None, page: int = 1, size: int = 20) -> Messages:
        params: dict[str, str | int] = {"page": page, "size": size}
        if party_id:
            params["party_id"] = str(party_id)
        return await self.asker.ask(Messages, "GET", f"/councils/{council}/messages", params=params)

    async def message(self, council: str, message_id: UUID) -> WholeMessage:
        return await self.asker.ask(WholeMessage, "GET", f"/councils/{council}/messages/{message_id}")

    async def artefact(self, council: str, message_id: UUID, name: str) -> tuple[bytes, str]:
        """The bytes and their media type."""
        answer = await self.asker.send("GET", f"/councils/{council}/messages/{message_id}/artefacts/{quote(name, safe='')}")
        return answer.content, answer.headers.get("content-type", "application/octet-stream")

    async def send_code(self, council: str, contact: str, code: str, code_ref: UUID) -> UUID | None:
        """Sends it to this email address or mobile number; whose it is, or None where nobody is sent anything."""
        body = {"contact": contact, "code": code, "code_ref": str(code_ref)}
        return (await self.asker.ask(CodeAccepted, "POST", f"/councils/{council}/sign-in-codes", body=body)).party_id

    async def ask_to_support(
        self, council: str, request_id: UUID, person: str | UUID | None, name: str | None, organisation: str | None
    ) -> UUID | None:
        """Keeps who asks, for the message. `person`: their number, or how they are reached. Whose it is; None = nobody's."""
        key = "person_id" if isinstance(person, UUID) else "contact"
        named = None if person is None else str(person)
        body = {"request_id": str(request_id), key: named, "name": name, "organisation": organisation}
        return (await self.asker.ask(PersonFound, "POST", f"/councils/{council}/support-requests", body=body)).person_id

    async def reply(self, code: str) -> Reply:
        return await self.asker.ask(Reply, "GET", f"/replies/{quote(code, safe='')}")

    async def give_reply(self, code: str, answer: str) -> None:
        await self.asker.send("POST", f"/replies/{quote(code, safe='')}", body={"answer": answer})
