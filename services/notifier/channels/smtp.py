"""Email by SMTP: text and HTML as alternatives, the recorded form attached."""
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import make_msgid
from urllib.parse import unquote, urlsplit
from uuid import UUID

import aiosmtplib

from services.notifier.domain.contact import Method
from services.notifier.domain.message import Artefact
from services.notifier.ports import AddressRefused, ChannelDown, Parcel

PATIENCE = 20.0  # seconds for each answer of the server
DEFAULT_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


@dataclass(frozen=True)
class Smtp:
    """`url`: smtp://, smtps:// or smtp+starttls://[user:password@]host[:port]. `sender`: the From address."""

    url: str
    sender: str

    name = "smtp"
    keeps_ledger = False
    gives_word = False

    def carries(self, parcel: Parcel) -> bool:
        return parcel.method is Method.EMAIL

    async def send(self, parcel: Parcel) -> None:
        """Doubt only after the message was offered: before that, and on a clear refusal, nothing has left."""
        place = urlsplit(self.url)
        client = aiosmtplib.SMTP(
            hostname=place.hostname, port=place.port or DEFAULT_PORTS[place.scheme], timeout=PATIENCE,
            use_tls=place.scheme == "smtps", start_tls=place.scheme == "smtp+starttls",
            username=unquote(place.username) if place.username else None,
            password=unquote(place.password) if place.password else None,
        )
        message = composed(parcel, self.sender)
        try:
            await client.connect()
            await client.mail(self.sender)
            await client.rcpt(parcel.to)
        except aiosmtplib.SMTPResponseException as answer:
            client.close()
            raise (AddressRefused if is_never(answer) else ChannelDown) from answer
        except (aiosmtplib.SMTPException, OSError) as trouble:
            client.close()
            raise ChannelDown from trouble
        try:
            await client.data(message.as_bytes())
        except aiosmtplib.SMTPResponseException as answer:  # the server read it all and said no
            raise (AddressRefused if answer.code >= 500 else ChannelDown) from answer
        finally:
            client.close()

    async def has(self, council: str, message_id: UUID, attempt_ref: UUID) -> bool | None:
        """SMTP servers keep no ledger to ask."""
        return None

    async def forget(self, council: str, message_id: UUID) -> None:
        """What was mailed is in the mailbox of the one who asked for it; nothing is kept here."""


def is_never(answer: aiosmtplib.SMTPResponseException) -> bool:
    """Only a refused recipient is for ever; a refused sign-in or sender is our trouble, not theirs."""
    return isinstance(answer, aiosmtplib.SMTPRecipientRefused) and answer.code >= 500


def composed(parcel: Parcel, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = parcel.to
    message["Subject"] = " ".join(parcel.title.split())
    message["Message-ID"] = make_msgid(idstring=str(parcel.attempt_ref), domain=sender.partition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    text, html, attached = parts(parcel.artefacts)
    message.set_content(text.body.decode())
    if html:
        message.add_alternative(html.body.decode(), subtype="html")
    for artefact in attached:
        main, _, sub = artefact.media_type.partition("/")
        message.add_attachment(artefact.body, maintype=main, subtype=sub, filename=artefact.name)
    return message


def parts(artefacts: tuple[Artefact, ...]) -> tuple[Artefact, Artefact | None, list[Artefact]]:
    text = next(a for a in artefacts if a.media_type.startswith("text/plain"))
    html = next((a for a in artefacts if a.media_type.startswith("text/html")), None)
    return text, html, [a for a in artefacts if a is not text and a is not html]
