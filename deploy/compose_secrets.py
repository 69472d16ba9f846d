"""Makes .env for docker-compose.yml: every password and the service key, by chance, readable by you alone. Never twice."""
import os
import secrets
import sys
from pathlib import Path

SERVICES = ("registry", "matcher", "notifier", "portal")
NAMES = (
    "ALONGSIDE_SERVICE_KEY",
    "POSTGRES_PASSWORD",
    *(f"{service.upper()}_{role}_PASSWORD" for service in SERVICES for role in ("MIGRATOR", "RUNTIME")),
)


def write(file: Path) -> None:
    """Raises FileExistsError rather than lose the passwords that a database already has."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.writelines(f"{name}={secrets.token_urlsafe(32)}\n" for name in NAMES)


if __name__ == "__main__":
    try:
        write(Path(".env"))
    except FileExistsError:
        sys.exit("There is an .env already. Its passwords are the database's, so it stays as it is.")
    print("Made .env. Keep it to yourself: it holds every password.")
