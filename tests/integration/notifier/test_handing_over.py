"""Handing over happens once, whatever dies; what a channel refuses goes by the next recorded way."""
import asyncio
import email
import email.policy
import json
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
from aiosmtpd.controller import Controller

from services.notifier.channels.folder import Folder
from services.notifier.channels.smtp import Smtp
from services.notifier.domain.contact import Method
from services.notifier.domain.lists import Standing
from services.notifier.ports import Parcel
from services.notifier.usecases import hearing, sending

EMAIL = {"method": "email", "format": "plain", "language": "en"}
LARGE_EMAIL = {"method": "email", "format": "large_print", "language": "en", "point_size": 20}
LETTER = {"method": "letter", "format": "plain", "language": "en"}
ADDRESS = ["Mrs A Warsame", "12 Allotment Lane", "Leicester", "LE5 6AA"]


async def one_message(notifier: Any, preferences: list[dict[str, Any]], address: str = "a@example.org") -> UUID:
    person: UUID = await notifier.record(email=address, postal_address=ADDRESS, preferences=preferences)
    async with notifier.store.begin() as work:
        await hearing.hear_list(
            notifier.council, uuid4(), person, Standing(3, 1, 10, 1), revision=1, added=0, lost=0,
            now=notifier.clock(), work=work,
        )
    await notifier.make_all()
    return person


@dataclass
class Mailbox:
    """A mail server's own memory."""

    mails: list[bytes] = field(default_factory=list)
    refuses: bool = False
    busy: bool = False
    falls_silent: bool = False

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if self.refuses:
            return "550 no such mailbox"
        if self.busy:
            return "451 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(envelope.content)
        if self.falls_silent:
            server.transport.abort()  # taken, and the answer lost
        return "250 taken"


@pytest.fixture
async def mailbox(notifier: Any) -> AsyncIterator[Mailbox]:
    box = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    smtp = Smtp(f"smtp://127.0.0.1:{port}", "alongside@council.example")
    notifier.channels[:] = [smtp, Folder(notifier.outbox, frozenset({Method.LETTER}))]
    yield box
    await asyncio.to_thread(controller.stop)


async def test_an_email_arrives_with_text_html_and_the_recorded_form(notifier: Any, mailbox: Mailbox) -> None:
    person = await one_message(notifier, [LARGE_EMAIL])
    await notifier.work_through()

    [raw] = mailbox.mails
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    kinds = [part.get_content_type() for part in mail.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "application/pdf"]
    assert mail["Subject"] == "There are people for you to look at"
    assert "font-size:20pt" in mail.get_body(("html",)).get_content()
    assert next(mail.iter_attachments()).get_filename() == "large-print-20-point.pdf"
    assert (await notifier.messages(person))[0]["state"] == "handed_over"


async def test_a_refused_address_takes_the_next_recorded_way(notifier: Any, mailbox: Mailbox) -> None:
    mailbox.refuses = True
    person = await one_message(notifier, [EMAIL, LETTER])
    await notifier.work_through()

    [message] = await notifier.messages(person)
    assert (message["method"], message["state"]) == ("letter", "handed_over")
    assert (notifier.outbox / notifier.council / message["message_id"] / "letter.pdf").read_bytes().startswith(b"%PDF")


async def test_a_busy_server_is_tried_again_and_told_once(notifier: Any, mailbox: Mailbox) -> None:
    mailbox.busy = True
    person = await one_message(notifier, [EMAIL])
    await notifier.work_through()
    waiting = (await notifier.messages(person))[0]["state"]
    mailbox.busy = False
    await notifier.work_through()
    too_early = len(mailbox.mails)
    notifier.clock.forward(minutes=2)
    await notifier.work_through()

    assert (waiting, too_early, len(mailbox.mails)) == ("written", 0, 1)
    assert (await notifier.messages(person))[0]["state"] == "handed_over"


async def test_a_server_that_stays_busy_leads_to_a_task_when_nothing_else_is_recorded(notifier: Any, mailbox: Mailbox) -> None:
    mailbox.busy = True
    person = await one_message(notifier, [EMAIL])
    for _ in range(5):
        await notifier.work_through()
        notifier.clock.forward(hours=3)

    assert (await notifier.messages(person))[0]["state"] == "task"
    assert "failed again and again" in (await notifier.tasks())[0]["why"]


async def test_when_the_answer_is_lost_a_person_asks_and_no_second_email_leaves(notifier: Any, mailbox: Mailbox) -> None:
    mailbox.falls_silent = True
    person = await one_message(notifier, [EMAIL, LETTER])
    await notifier.work_through()
    notifier.clock.forward(days=1)
    await notifier.work_through()

    assert len(mailbox.mails) == 1
    assert (await notifier.messages(person))[0]["state"] == "task"
    assert "cannot tell whether it arrived" in (await notifier.tasks())[0]["why"]


class Died(BaseException):
    """The process ended here."""


@dataclass
class Dying:
    """The folder, and a sender that dies before or after it took the parcel."""

    inner: Any
    before: bool
    calls: int = 0
    name: str = "folder"
    keeps_ledger: bool = True
    gives_word: bool = False

    def carries(self, parcel: Parcel) -> bool:
        return True

    async def send(self, parcel: Parcel) -> None:
        self.calls += 1
        if self.calls == 1 and self.before:
            raise Died
        await self.inner.send(parcel)
        if self.calls == 1:
            raise Died

    async def has(self, council: str, message_id: UUID, attempt_ref: UUID) -> bool | None:
        answer: bool | None = await self.inner.has(council, message_id, attempt_ref)
        return answer


@pytest.mark.parametrize(("before", "calls"), [(True, 2), (False, 1)])
async def test_a_sender_that_died_is_picked_up_by_asking_the_channel(notifier: Any, before: bool, calls: int) -> None:
    channel = Dying(notifier.channels[0], before)
    notifier.channels[:] = [channel]
    person = await one_message(notifier, [EMAIL])
    with pytest.raises(Died):
        await notifier.sender.send_one()
    await notifier.work_through()
    within_the_lease = channel.calls

    for _ in range(2):
        notifier.clock.forward(minutes=5)
        await notifier.work_through()

    assert within_the_lease == 1
    assert channel.calls == calls
    [message] = await notifier.messages(person)
    assert message["state"] == "handed_over"
    assert len([e for e in await notifier.told() if e.get("state") == "handed_over"]) == 1


async def test_a_sender_that_died_before_the_call_leaves_nothing_behind(notifier: Any) -> None:
    person = await one_message(notifier, [EMAIL])
    async with notifier.store.begin() as work:
        await sending.claim(uuid4(), notifier.clock(), notifier.waits, work)
    await notifier.work_through()
    held = (await notifier.messages(person))[0]["state"]
    notifier.clock.forward(minutes=5)
    await notifier.work_through()

    assert held == "written"
    assert (await notifier.messages(person))[0]["state"] == "handed_over"


async def test_the_folder_holds_whole_messages_only(notifier: Any) -> None:
    person = await one_message(notifier, [EMAIL])
    await notifier.work_through()

    [message] = await notifier.messages(person)
    home = notifier.outbox / notifier.council
    ledger = json.loads((home / message["message_id"] / "delivery.json").read_text())
    assert [path.name for path in home.iterdir()] == [message["message_id"]]
    assert ledger["to"] == "a@example.org"
    assert {a["name"] for a in ledger["artefacts"]} == {"message.txt", "message.html"}


async def test_two_senders_at_once_hand_over_each_message_once(notifier: Any) -> None:
    for _ in range(20):
        await one_message(notifier, [EMAIL])

    async def hand_over_all() -> None:
        sender = notifier.sender
        while await sender.send_one():
            pass

    await asyncio.gather(*(hand_over_all() for _ in range(4)))

    told = [e["message_id"] for e in await notifier.told() if e.get("state") == "handed_over"]
    assert len(told) == len(set(told)) == 20
