"""Apache Kafka itself, one node in KRaft mode on loopback: its jars from Maven, its settings, the command that runs it.

`python -m deploy.kafka.apache fetch` fills var/kafka/lib; `python -m deploy.kafka.apache run` runs it until Ctrl-C.
"""
import hashlib
import os
import shutil
import subprocess
import sys
import uuid
from base64 import urlsafe_b64encode
from pathlib import Path

HERE = Path(__file__).resolve().parent
JARS = HERE.parent.parent / "var" / "kafka" / "lib"
LEDGER = HERE / "jars.sha256"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
OLDEST_JAVA = 17


class NotHere(Exception):
    """Something that Apache Kafka needs is not on this machine."""


class WrongJars(Exception):
    """What Maven fetched is not what was looked at when jars.sha256 was written."""


def expected() -> dict[str, str]:
    """Each jar's name -> its SHA-256."""
    return {name: digest for digest, name in (line.split() for line in LEDGER.read_text().splitlines())}


def found(folder: Path = JARS) -> dict[str, str]:
    return {jar.name: hashlib.sha256(jar.read_bytes()).hexdigest() for jar in sorted(folder.glob("*.jar"))}


def fetch(folder: Path = JARS) -> bool:
    """Bring the jars, unless they are there; whether anything was fetched."""
    if found(folder) == expected():
        return False
    java()
    maven = shutil.which("mvn")
    if maven is None:
        raise NotHere("Maven is needed to fetch Apache Kafka. On Debian or Ubuntu: apt-get install maven")
    shutil.rmtree(folder, ignore_errors=True)
    command = [maven, "--quiet", "--batch-mode", "--file", str(HERE / "pom.xml"), COPY]
    subprocess.run([*command, "-DincludeScope=runtime", f"-DoutputDirectory={folder}"], check=True)
    check(folder)
    return True


def check(folder: Path) -> None:
    here, wanted = found(folder), expected()
    if here != wanted:
        odd = sorted(name for name in here.keys() | wanted.keys() if here.get(name) != wanted.get(name))
        raise WrongJars(f"not as {LEDGER.name} says: {', '.join(odd)}")


def java() -> str:
    """Where Java is; it must be new enough."""
    program = shutil.which("java")
    if program is None:
        raise NotHere("Apache Kafka needs Java (17 or newer). On Debian or Ubuntu: apt-get install default-jre-headless")
    said = subprocess.run([program, "-version"], capture_output=True, text=True, check=True).stderr
    version = int(said.split('"')[1].split(".")[0])
    if version < OLDEST_JAVA:
        raise NotHere(f"Java {OLDEST_JAVA} or newer is needed for Apache Kafka; this is Java {version}.")
    return program


class Node:
    """One broker that is its own controller."""

    def __init__(self, folder: Path, port: int, controller_port: int, jars: Path = JARS) -> None:
        self.folder = folder.resolve()
        self.port = port
        self.controller_port = controller_port
        self.jars = jars

    @property
    def servers(self) -> str:
        return f"127.0.0.1:{self.port}"

    def format(self) -> None:
        """Make its folder ready, once; write its settings, every time."""
        if not self.jars.is_dir():
            raise NotHere("Apache Kafka is not here yet. Fetch it with: make kafka")
        self.folder.mkdir(parents=True, exist_ok=True)
        self.properties.write_text("".join(f"{name}={value}\n" for name, value in self.settings().items()))
        if not (self.folder / "data" / "meta.properties").exists():
            tool = [*self._java(), "kafka.tools.StorageTool", "format"]
            tool += ["--cluster-id", cluster_name(uuid.uuid4().bytes), "--config", str(self.properties), *self.users()]
            subprocess.run(tool, check=True, stdout=subprocess.DEVNULL, env=self.environment())

    @property
    def properties(self) -> Path:
        return self.folder / "server.properties"

    def settings(self) -> dict[str, object]:
        return {
            "process.roles": "broker,controller",
            "node.id": 1,
            "controller.quorum.voters": f"1@127.0.0.1:{self.controller_port}",
            "listeners": f"PLAINTEXT://{self.servers},CONTROLLER://127.0.0.1:{self.controller_port}",
            "advertised.listeners": f"PLAINTEXT://{self.servers}",
            "controller.listener.names": "CONTROLLER",
            "inter.broker.listener.name": "PLAINTEXT",
            "log.dirs": self.folder / "data",
            "auto.create.topics.enable": "false",  # a topic that nobody wrote down is a mistake
            "num.partitions": 12,
            "offsets.topic.replication.factor": 1,
            "offsets.topic.num.partitions": 4,
            "transaction.state.log.replication.factor": 1,
            "transaction.state.log.min.isr": 1,
            "group.initial.rebalance.delay.ms": 0,
        }

    def users(self) -> tuple[str, ...]:
        """Who may sign in, as its format tool takes them; nobody has to on loopback."""
        return ()

    def command(self) -> tuple[str, ...]:
        return (*self._java(), "kafka.Kafka", str(self.properties))

    def _java(self) -> tuple[str, ...]:
        quick = ("-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")  # one small node, soon ready
        return (java(), *quick, "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-cp", f"{self.jars}/*")

    def environment(self) -> dict[str, str]:
        return {name: os.environ[name] for name in ("PATH", "JAVA_HOME", "LANG") if name in os.environ}


def cluster_name(drawn: bytes) -> str:
    """A Kafka cluster id of 16 random bytes that begins with a letter: one that begins with "-" is taken for an option."""
    return urlsafe_b64encode(bytes([drawn[0] & 0x7F, *drawn[1:]])).decode().rstrip("=")


def main(arguments: list[str]) -> int:
    """`fetch`; or `run`, with the port from ALONGSIDE_KAFKA_PORT (9092) and its log in var/kafka/node."""
    try:
        if arguments == ["fetch"]:
            print("Apache Kafka is here now." if fetch() else "Apache Kafka is here already.")
        elif arguments == ["run"]:
            port = int(os.environ.get("ALONGSIDE_KAFKA_PORT", "9092"))
            node = Node(JARS.parent / "node", port, int(os.environ.get("ALONGSIDE_KAFKA_CONTROLLER_PORT", port + 1)))
            node.format()
            print(f"Apache Kafka listens on {node.servers}. Ctrl-C stops it.", flush=True)
            command = node.command()
            os.execve(command[0], command, node.environment())
        elif arguments == ["write-ledger"]:
            LEDGER.write_text("".join(f"{digest}  {name}\n" for name, digest in found().items()))
        else:
            print("usage: python -m deploy.kafka.apache fetch | run", file=sys.stderr)
            return 64
    except (NotHere, WrongJars) as problem:
        print(problem, file=sys.stderr)
        return 69
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
