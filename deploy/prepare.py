"""Makes .venv ready: `python3 deploy/prepare.py run` (or `dev`), from requirements/<name>.txt, by hash. Quick when it is ready.

It is run by the machine's own Python, so it uses nothing but the standard library, and no newer syntax than f-strings.
"""
import hashlib
import os
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.environ.get("VENV") or os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
OLDEST, NEWEST = (3, 11), (3, 13)


def main(wanted: str) -> None:
    requirements = os.path.join(ROOT, "requirements", wanted + ".txt")
    if not os.path.exists(requirements):
        sys.exit(f"There is no {requirements}")
    stamp = os.path.join(VENV, ".ready-for-" + wanted)
    state = digest(requirements, os.path.join(ROOT, "pyproject.toml")) + " " + ROOT
    if read(stamp) == state and os.path.exists(PYTHON):
        return
    began = time.time()
    make_venv()
    say("Fetching what is needed (about 150 MB the first time; each file is checked by its hash) ...")
    pip("install", "--require-hashes", "--only-binary", ":all:", "--requirement", requirements)
    pip("install", "--no-deps", "--no-build-isolation", "--editable", ROOT)
    with open(stamp, "w") as out:
        out.write(state)
    say(f"Ready after {time.time() - began:.0f} seconds.")


def make_venv() -> None:
    if os.path.exists(PYTHON):
        return
    version = sys.version_info[:2]
    name = ".".join(str(part) for part in version)
    if not OLDEST <= version <= NEWEST:
        sys.exit(
            f"Python 3.11, 3.12 or 3.13 is needed; this is {name}. If you have another one here, name it:\n"
            "    PYTHON=python3.12 make run"
        )
    try:
        import ensurepip  # noqa: F401  # Debian and Ubuntu leave it out of python3
        import venv  # noqa: F401
    except ImportError:
        sys.exit(
            "Python here cannot make virtual environments. Install the package that can, then try again:\n"
            f"    sudo apt-get install python{name}-venv"
        )
    say(f"Making {VENV} with Python {name} ...")
    subprocess.check_call([sys.executable, "-m", "venv", VENV])


def pip(*arguments: str) -> None:
    command = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments]
    if subprocess.call(command) != 0:
        sys.exit(
            "Fetching did not succeed. The lines above say why. If this machine needs a proxy or an index of its own, "
            "tell pip (PIP_INDEX_URL, or pip's configuration) and try again."
        )


def digest(*files: str) -> str:
    return hashlib.sha256(b"\0".join(read(file).encode() for file in files)).hexdigest()


def read(file: str) -> str:
    try:
        with open(file) as text:
            return text.read()
    except OSError:
        return ""


def say(words: str) -> None:
    sys.stderr.write(words + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
