"""The work of a process that speaks: one JSON line per job comes in, four bytes of length (big-endian) and an MP3 go out."""
import json
import sys
from collections.abc import Callable


def serve(said: Callable[[str, str], bytes]) -> None:
    """`said` takes a job's model and words; nothing = this could not be said. Ends when nobody asks any more."""
    out = sys.stdout.buffer
    for line in sys.stdin.buffer:
        job = json.loads(line)
        recording = said(job["model"], job["words"])
        out.write(len(recording).to_bytes(4, "big") + recording)
        out.flush()
