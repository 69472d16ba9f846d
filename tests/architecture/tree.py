"""The files of the project, as the rules look at them."""
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SERVICES = ("registry", "matcher", "notifier", "portal")


@cache
def files(*endings: str) -> tuple[Path, ...]:
    """What is, or is about to be, committed; with one of these endings if any are given."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    found = sorted(ROOT / name for name in set(names) if name and (ROOT / name).is_file())
    return tuple(file for file in found if not endings or file.suffix in endings)


def relative(file: Path) -> str:
    return str(file.relative_to(ROOT))


def code() -> list[Path]:
    """The product's own Python files: services, shared, deploy."""
    return [file for file in files(".py") if relative(file).startswith(("services/", "shared/", "deploy/"))]


def module_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
