"""Passwords and keys, made once by chance and kept in files only their owner can read."""
import os
import secrets
from pathlib import Path


def secret(folder: Path, name: str) -> str:
    """The secret of this name; made now if there is none yet."""
    file = folder / name
    try:
        return file.read_text().strip()
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = secrets.token_urlsafe(32)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(f"{made}\n")
    return made
