"""The embedded channel: every artefact becomes a real file in an outbox folder, whole or not at all."""
import asyncio
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from services.notifier.domain.contact import Method
from services.notifier.ports import ChannelDown, Parcel

LEDGER = "delivery.json"


@dataclass(frozen=True)
class Folder:
    """`<folder>/<council>/<message_id>/`: the artefacts, and `delivery.json` with the reference that brought them."""

    folder: Path
    methods: frozenset[Method] = frozenset({Method.TEXT, Method.EMAIL, Method.LETTER})
    """Those that nothing else carries: nobody reads a folder, so it stands in for no provider."""

    name = "folder"
    keeps_ledger = True
    gives_word = False

    def carries(self, parcel: Parcel) -> bool:
        return parcel.method in self.methods

    async def send(self, parcel: Parcel) -> None:
        try:
            await asyncio.to_thread(self.put, parcel)
        except OSError as trouble:
            if await self.has(parcel.council, parcel.message_id, parcel.attempt_ref):
                return
            raise ChannelDown from trouble

    def put(self, parcel: Parcel) -> None:
        home = self.folder / parcel.council / str(parcel.message_id)
        half = home.with_name(f".{home.name}.{parcel.attempt_ref}")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(parents=True)
        for artefact in parcel.artefacts:
            write(half / artefact.name, artefact.body)
        ledger = {
            "attempt_ref": str(parcel.attempt_ref), "method": parcel.method, "to": parcel.to, "title": parcel.title,
            "artefacts": [{"name": a.name, "media_type": a.media_type} for a in parcel.artefacts],
        }
        write(half / LEDGER, json.dumps(ledger, indent=2, ensure_ascii=False).encode())
        shutil.rmtree(home, ignore_errors=True)  # an earlier way of the same message that was never accepted
        half.rename(home)
        sync(home.parent)

    async def has(self, council: str, message_id: UUID, attempt_ref: UUID) -> bool | None:
        ledger = self.folder / council / str(message_id) / LEDGER
        try:
            return bool(json.loads(await asyncio.to_thread(ledger.read_text))["attempt_ref"] == str(attempt_ref))
        except FileNotFoundError:
            return False
        except OSError:
            return None

    async def forget(self, council: str, message_id: UUID) -> None:
        home = self.folder / council / str(message_id)
        try:
            await asyncio.to_thread(shutil.rmtree, home)
        except FileNotFoundError:
            return
        except OSError as trouble:
            raise ChannelDown from trouble


def write(path: Path, body: bytes) -> None:
    with path.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())


def sync(folder: Path) -> None:
    """The rename itself survives a power cut only once its folder is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
