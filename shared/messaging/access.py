"""How we get in to the broker: over TLS and signed in, or openly where nobody else is on the wire.

Over TLS a wrong bit on the way ends the connection, so nothing that was spoilt is ever taken for an offset or an answer.
"""
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from faststream.security import BaseSecurity, SASLPlaintext, SASLScram256, SASLScram512

from shared.runtime.environment import KafkaAccess

SIGN_IN = {"scram-sha-512": SASLScram512, "scram-sha-256": SASLScram256, "plain": SASLPlaintext}


@dataclass(frozen=True)
class Access:
    tls: ssl.SSLContext | None = None
    user: str | None = None
    password: str = field(default="", repr=False)
    mechanism: str = "scram-sha-512"

    def for_clients(self) -> dict[str, Any]:
        """The arguments of aiokafka's producers, consumers and admin clients."""
        if self.tls is None:
            return {}
        if self.user is None:
            return {"security_protocol": "SSL", "ssl_context": self.tls}
        return {
            "security_protocol": "SASL_SSL", "ssl_context": self.tls, "sasl_mechanism": self.mechanism.upper(),
            "sasl_plain_username": self.user, "sasl_plain_password": self.password,
        }

    def for_faststream(self) -> BaseSecurity | None:
        if self.tls is None:
            return None
        if self.user is None:
            return BaseSecurity(ssl_context=self.tls)
        return SIGN_IN[self.mechanism](self.user, self.password, ssl_context=self.tls)


OPEN = Access()


def access_of(settings: KafkaAccess) -> Access:
    if not settings.kafka_tls:
        return OPEN
    password = settings.kafka_password.get_secret_value() if settings.kafka_password else ""
    return Access(checked(settings.kafka_ca), settings.kafka_user, password, settings.kafka_sign_in)


def checked(authority: Path | None) -> ssl.SSLContext:
    """The broker must show a certificate for the name we call it by. `authority`: whose word counts, else the machine's list."""
    context = ssl.create_default_context(cafile=authority)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
