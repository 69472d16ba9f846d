"""The layers, as import-linter reads them from pyproject.toml."""
import os
import subprocess
import sys
from pathlib import Path

from tests.architecture.tree import ROOT


def test_every_import_goes_the_way_the_architecture_says() -> None:
    linter = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, env={**os.environ, "NO_COLOR": "1"}, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout[-3000:]
