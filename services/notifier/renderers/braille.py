"""Messages in Unified English Braille, contracted or not, written by a worker process of its own."""
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

from services.notifier.domain.contact import Format
from services.notifier.domain.message import Artefact
from services.notifier.domain.wording import Content
from services.notifier.renderers.braille_pages import BLANK, Paragraph, Shape, brf, pages, pef
from services.notifier.renderers.prose import paragraphs, plain
from services.notifier.renderers.worker import Worker

TABLES = {("en", Format.BRAILLE): "en-ueb-g2.ctb", ("en", Format.BRAILLE_GRADE_1): "en-ueb-g1.ctb"}
"""Language and form -> liblouis table. A language without a table that is known to be good is never written in another's."""

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
class Braille(Worker):
    makes = "braille"
    module = "services.notifier.renderers.braille_worker"
    folder: Path
    """What `python -m deploy.braille` fills."""

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
        """Raises NotMade as `ask` does, or when there is no braille for something."""
        cells: list[str] = json.loads(await self.ask({"table": table, "lines": lines}))
        return cells

    async def given(self) -> Path:
        return self.folder
