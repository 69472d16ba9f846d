"""Fetch liblouis, which writes braille, as one script with its tables at one version into var/braille/ (see `deploy.packages`).

`python -m deploy.braille` does nothing when it is already there.
liblouis (LGPL-2.1 or later) stays a part by itself, as it came: another build of it may be put into the folder in its place.
Only the tables of Unified English Braille are kept, and the one that answers in Unicode braille.
"""
import re
import tarfile
from pathlib import Path

from deploy.packages import VAR, Package, read

SCRIPT = "build-no-tables-utf16.js"
TABLES = ("en-ueb-g1.ctb", "en-ueb-g2.ctb", "unicode.dis")
HERE = VAR / "braille"

INCLUDES = re.compile(r"^include\s+(\S+)", re.MULTILINE)


def keep(archive: tarfile.TarFile, into: Path) -> None:
    (into / "tables").mkdir()
    for name in (SCRIPT, "package.json", "README.md"):
        (into / name).write_text(read(archive, f"package/{name}"), encoding="utf-8")
    waiting = list(TABLES)
    while waiting:
        name = waiting.pop()
        text = read(archive, f"package/tables/{name}")
        (into / "tables" / name).write_text(text, encoding="utf-8")
        waiting += [one for one in INCLUDES.findall(text) if not (into / "tables" / one).exists()]


BRAILLE = Package(
    "liblouis-build",
    "3.2.0-rc",
    "sha512-wRQKhsc0RXDrOQbRN67qvKdN5facgINMYu7Ot0VMvNIawVHTxdkIfjjC7aq1jrtrwdbMAvMSP3nttq+I4p/A4Q==",
    keep,
)

if __name__ == "__main__":
    BRAILLE.bring(HERE)
