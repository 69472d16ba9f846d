"""Fetch liblouis, which writes braille, as one script with its tables: one version, checked by its hash, into var/braille/.

`python -m deploy.braille` does nothing when it is already there. npm only downloads the package; nothing of it is run here.
liblouis (LGPL-2.1 or later) stays a part by itself, as it came: another build of it may be put into the folder in its place.
Only the tables of Unified English Braille are kept, and the one that answers in Unicode braille.
"""
import json
import re
import shutil
import tarfile
import tempfile
from pathlib import Path

from deploy.frontend import check, pack, read

PACKAGE = "liblouis-build"
VERSION = "3.2.0-rc"
INTEGRITY = "sha512-wRQKhsc0RXDrOQbRN67qvKdN5facgINMYu7Ot0VMvNIawVHTxdkIfjjC7aq1jrtrwdbMAvMSP3nttq+I4p/A4Q=="
SCRIPT = "build-no-tables-utf16.js"
TABLES = ("en-ueb-g1.ctb", "en-ueb-g2.ctb", "unicode.dis")
HERE = Path(__file__).resolve().parent.parent / "var" / "braille"

INCLUDES = re.compile(r"^include\s+(\S+)", re.MULTILINE)


def is_there(folder: Path = HERE) -> bool:
    note = folder / "version.json"
    return note.exists() and json.loads(note.read_text()) == {"version": VERSION, "integrity": INTEGRITY}


def fetch(folder: Path = HERE) -> None:
    """Fill `folder`, or leave it as it was."""
    with tempfile.TemporaryDirectory() as scratch:
        package = pack(Path(scratch), PACKAGE, VERSION)
        check(package, PACKAGE, VERSION, INTEGRITY)
        fresh = Path(scratch) / "braille"
        keep(package, fresh)
        (fresh / "version.json").write_text(json.dumps({"version": VERSION, "integrity": INTEGRITY}))
        folder.parent.mkdir(parents=True, exist_ok=True)
        whole = Path(tempfile.mkdtemp(prefix=f"{folder.name}-", dir=folder.parent))
        shutil.copytree(fresh, whole, dirs_exist_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        try:
            whole.rename(folder)
        except OSError:  # two fetched at once, and the other was first
            shutil.rmtree(whole)
            if not is_there(folder):
                raise


def keep(package: Path, into: Path) -> None:
    (into / "tables").mkdir(parents=True)
    with tarfile.open(package) as archive:
        for name in (SCRIPT, "package.json", "README.md"):
            (into / name).write_text(read(archive, f"package/{name}"), encoding="utf-8")
        waiting = list(TABLES)
        while waiting:
            name = waiting.pop()
            text = read(archive, f"package/tables/{name}")
            (into / "tables" / name).write_text(text, encoding="utf-8")
            waiting += [one for one in INCLUDES.findall(text) if not (into / "tables" / one).exists()]


if __name__ == "__main__":
    if not is_there():
        fetch()
        print(f"{PACKAGE} {VERSION} is in {HERE}")
