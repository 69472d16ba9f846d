"""What the notifier is told from outside."""
import re
from pathlib import Path
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, SecretStr

from services.notifier.domain.task import Teams
from shared.runtime import environment

API_KEY = re.compile(r".+-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def as_notify_gives_it(key: SecretStr | None) -> SecretStr | None:
    if key is not None and not API_KEY.fullmatch(key.get_secret_value()):
        raise ValueError("should be a whole API key: its name, the service's id and the secret")
    return key


def in_order(names: str) -> tuple[str, ...]:
    """Each once, without spaces around it."""
    return tuple(dict.fromkeys(name for name in map(str.strip, names.split(",")) if name))


class Settings(environment.Settings):
    outbox_folder: Annotated[Path, Field(description="Where the folder channel puts what is told to people")]
    braille_folder: Annotated[
        Path, Field(description="What `python -m deploy.braille` fetched; without it braille becomes a contact task")
    ] = Path("var/braille")
    voices_folder: Annotated[
        Path | None,
        Field(description="A folder of Kokoro or Piper voices, used before the usual voice"),
    ] = None
    public_url: Annotated[str, Field(pattern=r"^https?://", description="The portal's address, as people reach it")]
    smtp_url: Annotated[
        str | None,
        Field(
            pattern=r"^(smtp|smtps|smtp\+starttls)://",
            description="smtp://, smtps:// or smtp+starttls://[user:password@]host[:port]; without it emails go to the folder",
        ),
    ] = None
    email_from: Annotated[str, Field(description="The From address of emails")] = "alongside@example.org"
    notify_api_key: Annotated[
        SecretStr | None, AfterValidator(as_notify_gives_it),
        Field(description="GOV.UK Notify's API key; without it nothing goes by Notify"),
    ] = None
    notify_url: Annotated[str, Field(pattern=r"^https?://", description="GOV.UK Notify's address")] = (
        "https://api.notifications.service.gov.uk"
    )
    notify_text_template: Annotated[
        UUID | None, Field(description="The Notify template of text messages, with ((body)); without it none goes by Notify")
    ] = None
    notify_email_template: Annotated[
        UUID | None, Field(description="The Notify template of emails, with ((subject)) and ((body)); without it none does")
    ] = None
    notify_letters: Annotated[bool, Field(description="Whether letters are printed and posted by Notify")] = False
    notify_callback_token: Annotated[
        SecretStr | None, Field(min_length=20, description="The bearer token of Notify's callbacks; without it none is taken")
    ] = None
    sender_pace: Annotated[
        float, Field(gt=0, le=1, description="Every wait of the sender, times this: less than 1 only where faults are tried out")
    ] = 1.0
    sender_name: Annotated[str, Field(description="Who messages come from")] = "Alongside"
    contact_team: Annotated[str, Field(min_length=1, description="The team that contact tasks go to")] = "contact team"
    late_teams: Annotated[
        str, Field(description="The teams that a late contact task goes to, one after another, with commas between")
    ] = "duty team"
    other_teams: Annotated[
        str, Field(description="Teams that a worker may hand a contact task to, with commas between")
    ] = ""
    help_phone: Annotated[str | None, Field(description="The number people ring for help")] = None
    help_email: Annotated[str | None, Field(description="The address people write to for help")] = None
    text_number: Annotated[str | None, Field(description="The number that takes answers by text message")] = None

    @property
    def teams(self) -> Teams:
        return Teams(in_order(f"{self.contact_team},{self.late_teams}"), in_order(self.other_teams))
