"""What the notifier is told from outside."""
from pathlib import Path
from typing import Annotated

from pydantic import Field

from shared.runtime import environment


class Settings(environment.Settings):
    outbox_folder: Annotated[Path, Field(description="Where the folder channel puts what is told to people")]
    public_url: Annotated[str, Field(pattern=r"^https?://", description="The portal's address, as people reach it")]
    smtp_url: Annotated[
        str | None,
        Field(
            pattern=r"^(smtp|smtps|smtp\+starttls)://",
            description="smtp://, smtps:// or smtp+starttls://[user:password@]host[:port]; without it emails go to the folder",
        ),
    ] = None
    email_from: Annotated[str, Field(description="The From address of emails")] = "alongside@example.org"
    sender_name: Annotated[str, Field(description="Who messages come from")] = "Alongside"
    contact_team: Annotated[str, Field(description="The team that contact tasks go to")] = "contact team"
    help_phone: Annotated[str | None, Field(description="The number people ring for help")] = None
    help_email: Annotated[str | None, Field(description="The address people write to for help")] = None
    text_number: Annotated[str | None, Field(description="The number that takes answers by text message")] = None
