"""A process of its own that writes words in braille with liblouis: a boundary for its licence, its crashes and its one engine.

Standard input: one JSON line per job, {"table", "lines"}. Standard output: four bytes of length (big-endian), then a JSON list
with the cells of each line as Unicode braille; length 0 means that this could not be written. It knows nothing of messages or
parties. The folder it is given is what `python -m deploy.braille` fills; another build of liblouis may take its place there.
"""
import json
import os
import sys
from pathlib import Path

from py_mini_racer import MiniRacer

LIBRARY = "build-no-tables-utf16.js"
CELLS = "unicode.dis"
"""liblouis's table that makes it answer in Unicode braille."""

BEGIN = "var print = function () {}; var printErr = function () {};"
CALLS = """
var louis = liblouisBuild;
function put(name, text) { louis.FS.writeFile("/" + name, text); return true; }
function write(tables, words) {
  var letters = words.length, room = letters * 8 + 64;
  var from = louis._malloc(2 * letters + 2), to = louis._malloc(2 * room + 2), read = louis._malloc(4), wrote = louis._malloc(4);
  louis.stringToUTF16(words, from, 2 * letters + 2);
  louis.setValue(read, letters, "i32");
  louis.setValue(wrote, room, "i32");
  var went = louis.ccall("lou_translateString", "number",
    ["string", "number", "number", "number", "number", "number", "number", "number"], [tables, from, read, to, wrote, 0, 0, 0]);
  var whole = went === 1 && louis.getValue(read, "i32") === letters, cells = "";
  for (var place = 0; whole && place < louis.getValue(wrote, "i32"); place++)
    cells += String.fromCharCode(louis.getValue(to + 2 * place, "i16") & 0xffff);
  [from, to, read, wrote].forEach(function (part) { louis._free(part); });
  return whole ? cells : "?";
}
"""


class CannotWrite(Exception):
    """There is no braille for something in these words, or the table is not there."""


class Engine:
    def __init__(self, folder: Path) -> None:
        self.scripts = MiniRacer()
        self.scripts.eval(BEGIN)
        self.scripts.eval((folder / LIBRARY).read_text())
        self.scripts.eval(CALLS)
        for table in sorted((folder / "tables").iterdir()):
            self.scripts.call("put", table.name, table.read_text())

    def write(self, table: str, lines: list[str]) -> list[str]:
        return [self.line(table, line) for line in lines]

    def line(self, table: str, words: str) -> str:
        if not words:
            return ""
        cells = str(self.scripts.call("write", f"{CELLS},{table}", words)).replace(" ", "\u2800")
        if not all("\u2800" <= cell <= "\u283f" for cell in cells):  # eight dots: a letter's number in place of the letter
            raise CannotWrite
        return cells


def main() -> None:
    out = sys.stdout.buffer
    try:
        engine = Engine(Path(sys.argv[1]))
        for line in sys.stdin.buffer:
            job = json.loads(line)
            try:
                answer = json.dumps(engine.write(job["table"], job["lines"])).encode()
            except CannotWrite:
                answer = b""
            out.write(len(answer).to_bytes(4, "big") + answer)
            out.flush()
    finally:
        os._exit(0)  # the engine's own threads would keep a process alive whose parent is gone


if __name__ == "__main__":
    main()
