"""Messages in Unified English Braille, contracted or not, written by a worker process of its own."""
import asyncio
import hashlib
import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

from services.notifier.domain.contact import Format
from services.notifier.domain.message import Artefact
from services.notifier.domain.wording import Content
from services.notifier.ports import NotMade
from services.notifier.renderers.braille_pages import BLANK, Paragraph, Shape, brf, pages, pef
from services.notifier.renderers.prose import paragraphs, plain

TABLES = {("en", Format.BRAILLE): "en-ueb-g2.ctb", ("en", Format.BRAILLE_GRADE_1): "en-ueb-g1.ctb"}
"""Language and form -> liblouis table. A language without a table that is known to be good is never written in another's."""

PATIENCE = 30.0  # seconds for one message; the first takes about one, while the library begins
PHONE = re.compile(r"(?<!\d)(?:\+44 ?|0)\d{2,4}(?: \d{3,6}){1,2}(?!\d)")
OPENING = re.compile(r"(?<!\w)\"(?=\w)")
GAP = re.compile(r"(?<=\d) (?=\d)")


def writes(language: str, form: Format) -> bool:
    return (language.split("-")[0], form) in TABLES


def laid_out(content: Content) -> list[tuple[Shape, str]]:
    """Everything that a letter says, in its order."""
    lines = [
        (Shape.FACT, content.sender), (Shape.FACT, content.written_on), (Shape.TITLE, content.title),
        (Shape.TEXT, content.greeting),
    ]
    for heading, said in paragraphs(content):
        shape = Shape.FACT if heading == content.heading("facts") else Shape.TEXT
        lines += [(Shape.HEADING, heading), *[(shape, line) for line in said]]
    return [*lines, (Shape.TEXT, content.language.words["kind_regards"].format(sender=content.sender))]


def pieces(line: str) -> list[str]:
    """A line as it is given to liblouis: it would join figures on both sides of a space into one number, which is right for
    a telephone number (it is read as one) and wrong for anything else, such as a postcode."""
    line = OPENING.sub("“", line).replace('"', "”")  # a straight quotation mark has no side, and braille's have
    joined = [match.span() for match in PHONE.finditer(line)]
    cuts = [gap.start() for gap in GAP.finditer(line) if not any(start <= gap.start() < end for start, end in joined)]
    return [line[start:end] for start, end in zip([0, *[cut + 1 for cut in cuts]], [*cuts, len(line)], strict=True)]


@dataclass
class Braille:
    """One worker, one job at a time; begun when first needed, and again after it died."""

    folder: Path
    """What `python -m deploy.braille` fills."""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    worker: asyncio.subprocess.Process | None = None

    async def render(self, content: Content, form: Format) -> tuple[Artefact, ...]:
        table = TABLES[content.language.tag.split("-")[0], form]
        lines = laid_out(content)
        parts = [pieces(words) for _, words in lines]
        async with self.lock:
            cells = iter(await self.write(table, [piece for part in parts for piece in part]))
        written = [
            Paragraph(shape, BLANK.join(next(cells) for _ in part)) for (shape, _), part in zip(lines, parts, strict=True)
        ]
        made = pages(written)
        embossed = brf(made)
        whole = pef(
            made, identifier=hashlib.sha256(embossed).hexdigest()[:32], language=content.language.tag, title=content.title
        )
        words = plain(content)
        return (Artefact("message.brf", "application/x-brf", embossed, words),
                Artefact("message.pef", "application/x-pef+xml", whole, words))

    async def write(self, table: str, lines: list[str]) -> list[str]:
        """Raises NotMade when the worker died, hung, or has no braille for something; the next job gets a new worker."""
        try:
            async with asyncio.timeout(PATIENCE):
                worker = await self.alive()
                assert worker.stdin and worker.stdout
                worker.stdin.write(json.dumps({"table": table, "lines": lines}).encode() + b"\n")
                await worker.stdin.drain()
                length = int.from_bytes(await worker.stdout.readexactly(4), "big")
                answer = await worker.stdout.readexactly(length)
        except (OSError, TimeoutError, EOFError) as trouble:  # EOFError: asyncio's IncompleteReadError
            await self.stop()
            raise NotMade("braille") from trouble
        if not answer:
            raise NotMade("braille")
        cells: list[str] = json.loads(answer)
        return cells

    async def alive(self) -> asyncio.subprocess.Process:
        if self.worker is None or self.worker.returncode is not None:
            self.worker = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "services.notifier.renderers.braille_worker", str(self.folder),
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            )
        return self.worker

    async def stop(self) -> None:
        worker, self.worker = self.worker, None
        if worker is not None:
            if worker.returncode is None:
                worker.kill()
            await worker.wait()
