"""Apache Kafka that is only reached over TLS, with a name and a password, as a council would run it."""
import subprocess
from pathlib import Path

from deploy.embedded.broker import ApacheBroker
from deploy.embedded.ports import LOOPBACK, Ports, any_free
from deploy.embedded.stack import Service, Stack
from deploy.kafka.apache import Node
from shared.messaging.access import Access, checked
from tests.conftest import state_folder

STORE_PASSWORD = "a-password-of-a-test"
USER, PASSWORD = "alongside", "signed-in-by-scram"


class SecuredNode(Node):
    """Its own clients (there are none, being one node) would come by another, open listener; everybody else by TLS."""

    def __init__(self, folder: Path, port: int) -> None:
        controller_port, self.inner_port = any_free(2)
        super().__init__(folder, port, controller_port)
        self.store, self.authority = self.folder / "broker.p12", self.folder / "ca.pem"

    def settings(self) -> dict[str, object]:
        inner, scram = f"{LOOPBACK}:{self.inner_port}", "org.apache.kafka.common.security.scram.ScramLoginModule"
        return super().settings() | {
            "listeners": f"SAFE://{self.servers},INNER://{inner},CONTROLLER://{LOOPBACK}:{self.controller_port}",
            "advertised.listeners": f"SAFE://{self.servers},INNER://{inner}",
            "listener.security.protocol.map": "SAFE:SASL_SSL,INNER:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "inter.broker.listener.name": "INNER",
            "sasl.enabled.mechanisms": "SCRAM-SHA-512",
            "listener.name.safe.scram-sha-512.sasl.jaas.config": f"{scram} required;",
            "ssl.keystore.type": "PKCS12",
            "ssl.keystore.location": self.store,
            "ssl.keystore.password": STORE_PASSWORD,
        }

    def users(self) -> tuple[str, ...]:
        return ("--add-scram", f"SCRAM-SHA-512=[name={USER},password={PASSWORD}]")

    def certify(self) -> None:
        """A certificate for our address, signed by itself; `authority` is what its clients must know."""
        self.folder.mkdir(parents=True)
        opened = ("-keystore", str(self.store), "-storepass", STORE_PASSWORD, "-alias", "broker")
        names = ("-dname", "CN=kafka", "-ext", f"SAN=IP:{LOOPBACK}", "-ext", "BC=ca:true", "-validity", "30")
        keytool("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-storetype", "PKCS12", *opened, *names)
        keytool("-exportcert", "-rfc", "-file", str(self.authority), *opened)


def keytool(*arguments: str) -> None:
    """It comes with Java."""
    subprocess.run(["keytool", *arguments], check=True, capture_output=True)


def secured_stack(*services: Service) -> Stack:
    """Not started: PostgreSQL, such a broker, and the services that know how to get in."""
    state, ports = state_folder(), Ports.free()
    node = SecuredNode(state / "apache-kafka", ports.kafka)
    node.certify()
    settings = {
        "KAFKA_TLS": "true", "KAFKA_CA": str(node.authority), "KAFKA_USER": USER, "KAFKA_PASSWORD": PASSWORD,
        "KAFKA_SIGN_IN": "scram-sha-512",
    }
    stack = Stack(state, ports, broker="apache", services=services, durable=False,
                  settings={f"ALONGSIDE_{name}": value for name, value in settings.items()})
    assert isinstance(stack.broker, ApacheBroker)
    stack.broker.node, stack.broker.access = node, Access(checked(node.authority), USER, PASSWORD)
    return stack
