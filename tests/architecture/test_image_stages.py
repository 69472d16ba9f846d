"""What a stage of the Dockerfile copies is enough for the module it runs."""
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

STAGES = {"topics": "deploy.kafka.topics", "frontend": "deploy.frontend", "braille": "deploy.braille"}


@pytest.mark.parametrize(("stage", "module"), STAGES.items())
def test_what_is_copied_is_enough_to_begin(stage: str, module: str, tmp_path: Path) -> None:
    copies = {**copied("frontend"), **copied(stage)} if stage == "braille" else copied(stage)  # it begins from the other
    assert copies
    for source, target in copies.items():
        whole = tmp_path / target
        whole.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(ROOT / source, whole) if (ROOT / source).is_dir() else shutil.copy(ROOT / source, whole)

    begun = subprocess.run([sys.executable, "-c", f"import {module}"], cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)},
                           capture_output=True, text=True, check=False)

    assert begun.returncode == 0, begun.stderr


def copied(stage: str) -> dict[str, str]:
    """Of our own files: where each is here, and where in the image."""
    text = (ROOT / "deploy" / "Dockerfile").read_text()
    part = next(one for one in re.split(r"(?m)^FROM ", text) if re.match(rf".* AS {stage}\n", one))
    found = {}
    for line in re.findall(r"(?m)^COPY (?!--)(.*)$", part):
        *sources, target = line.split()
        found.update({one: f"{target}{Path(one).name}" if target.endswith("/") else target for one in sources})
    return found
