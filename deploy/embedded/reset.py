"""Forgets what was kept between runs: `python3 -m deploy.embedded.reset [var]`. It removes only what we made there."""
import fcntl
import shutil
import sys
from pathlib import Path

OURS = ("postgres", "apache-kafka", "secrets", "service-key", "addresses.json", "outbox", "files", "lock")


def reset(state: Path) -> list[str]:
    """The names of what was there and is gone. Raises BlockingIOError while Alongside runs on this folder."""
    if not state.is_dir():
        return []
    with (state / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        gone = [name for name in OURS if (state / name).exists() and name != "lock"]
        for name in OURS:
            place = state / name
            if place.is_dir():
                shutil.rmtree(place)
            else:
                place.unlink(missing_ok=True)
    return gone


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "var")
    try:
        forgotten = reset(folder)
    except BlockingIOError:
        sys.exit(f"Alongside is running with the folder {folder}. Stop it first (Ctrl-C where it runs).")
    print(f"Forgotten: {', '.join(forgotten)}." if forgotten else "There was nothing to forget.")
