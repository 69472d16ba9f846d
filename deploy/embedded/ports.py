"""Which ports are used, and which setting changes each."""
import socket
from dataclasses import asdict, dataclass

LOOPBACK = "127.0.0.1"


class Taken(Exception):
    """Something else is listening there already."""


@dataclass(frozen=True, slots=True)
class Ports:
    portal: int = 8000
    registry: int = 8001
    matcher: int = 8002
    notifier: int = 8003
    kafka: int = 9092

    @classmethod
    def free(cls) -> "Ports":
        """Five that nobody uses right now: for tests, side by side."""
        return cls(*any_free(5))

    def check(self) -> None:
        for name, port in asdict(self).items():
            if not is_free(port):
                raise Taken(
                    f"Port {port} ({name}) is in use by another program. Stop that program, or choose another port: "
                    f"{setting(name)}=<port> make run"
                )


def setting(name: str) -> str:
    return f"ALONGSIDE_{name.upper()}_PORT"


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def any_free(count: int) -> list[int]:
    """Held all at once, so that they are different."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind((LOOPBACK, 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()
