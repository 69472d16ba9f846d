"""What a service is told from outside, read once at start; a missing or wrong setting ends the start by name."""
import ssl
import sys
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import Field, FilePath, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "ALONGSIDE_"
USAGE_ERROR = 78  # EX_CONFIG of sysexits.h: starting again will not help


class KafkaAccess(BaseSettings):
    """How to get in to the broker: what every service needs to know of it, and every command that talks to it."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore", hide_input_in_errors=True)

    kafka_tls: Annotated[bool, Field(description="True: only over TLS. For any broker that is not on the same machine")] = False
    kafka_ca: Annotated[
        FilePath | None, Field(description="PEM: who signs the broker's certificate, if the machine does not know them")
    ] = None
    kafka_user: Annotated[str | None, Field(min_length=1, description="The name to sign in with; only over TLS")] = None
    kafka_password: Annotated[SecretStr | None, Field(validate_default=True, description="The password of that name")] = None
    kafka_sign_in: Annotated[
        Literal["scram-sha-512", "scram-sha-256", "plain"], Field(description="How the password is shown to the broker")
    ] = "scram-sha-512"

    @field_validator("kafka_ca", "kafka_user")
    @classmethod
    def only_over_tls(cls, value: object, info: ValidationInfo) -> object:
        if value is not None and not info.data.get("kafka_tls"):
            raise ValueError("is only of use over TLS: set ALONGSIDE_KAFKA_TLS=true too")
        return value

    @field_validator("kafka_ca")
    @classmethod
    def holds_a_certificate(cls, value: Path | None) -> Path | None:
        if value is not None:
            try:
                ssl.create_default_context(cafile=value)
            except (ssl.SSLError, OSError):
                raise ValueError("is not a PEM file of certificates") from None
        return value

    @field_validator("kafka_password")
    @classmethod
    def both_or_none(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if (value is None) != (info.data.get("kafka_user") is None):
            raise ValueError("belongs to ALONGSIDE_KAFKA_USER: give both or none")
        return value


class Settings(KafkaAccess):
    """Settings every service has. Each is an environment variable: `ALONGSIDE_` and the name in capitals."""

    database_url: Annotated[str, Field(pattern=r"^postgres(ql)?://", description="The runtime role's PostgreSQL address")]
    kafka_servers: Annotated[str, Field(min_length=3, description="host:port of the broker, several by commas")]
    kafka_kind: Annotated[
        Literal["embedded", "apache"], Field(description="`embedded`: the try-out broker; `apache`: Apache Kafka")
    ] = "embedded"
    service_key: Annotated[SecretStr, Field(min_length=20, description="The key that HTTP callers must show (Bearer)")]
    host: Annotated[str, Field(description="The address to listen on")] = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535, description="The port to listen on")]
    instance: Annotated[
        str, Field(pattern=r"^[a-z0-9-]{1,40}$", description="Which of several equal processes this is (static membership)")
    ] = "1"
    standby: Annotated[bool, Field(description="It is ready without partitions too: one more than there is work for")] = False
    log_format: Annotated[Literal["console", "json"], Field(description="How log lines look")] = "console"
    log_level: Annotated[Literal["debug", "info", "warning", "error"], Field(description="The least to log")] = "info"
    migrator_url: Annotated[str | None, Field(description="The migrator role's address; only `migrate` needs it")] = None
    state: Annotated[Path, Field(description="A folder for files the service makes")] = Path("var")


S = TypeVar("S", bound=BaseSettings)


def read(kind: type[S]) -> S:
    """The settings, or a message on standard error that names each setting that is missing or wrong, and exit 78."""
    try:
        return kind.model_validate({})  # the environment fills it
    except ValidationError as error:
        print("Cannot start: the settings are not right.", file=sys.stderr)
        for problem in error.errors(include_input=False, include_url=False):
            name = PREFIX + "_".join(str(part) for part in problem["loc"]).upper()
            print(f"  {name}: {said_plainly(problem['type'], problem['msg'])}", file=sys.stderr)
        raise SystemExit(USAGE_ERROR) from None


def said_plainly(kind: str, message: str) -> str:
    if kind == "missing":
        return "is missing. Set it and start again."
    return f"{message.removeprefix('Value error, ')}. Change it and start again."
