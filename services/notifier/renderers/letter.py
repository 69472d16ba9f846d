"""Letters as PDF/UA-1, in plain or large print at the size the reader recorded."""
import json
import threading
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import typst

from services.notifier.domain.message import Artefact
from services.notifier.domain.wording import Content
from services.notifier.renderers import easy_read, fonts
from services.notifier.renderers.prose import paragraphs, plain

PLAIN_SIZE = 12  # points: the least that government guidance allows for ordinary text
TEMPLATE = Path(__file__).with_name("letter.typ")


def one_compiler() -> typst.Compiler:
    return typst.Compiler(
        str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=[str(path) for path in fonts.folders()], ignore_system_fonts=True
    )


@dataclass
class Letters:
    """Keeps one compiler: the first letter costs 60 ms, each after it about 3 ms."""

    compiler: typst.Compiler = field(default_factory=one_compiler)
    lock: threading.Lock = field(default_factory=threading.Lock)  # the compiler's world is not shared between threads

    def render(self, content: Content, address: tuple[str, ...], point_size: int | None, at: datetime) -> tuple[Artefact, ...]:
        body = self.set(laid_out(content, address, point_size or PLAIN_SIZE), at)
        return (Artefact(file_name(point_size), "application/pdf", body, plain(content)),)

    def easy_read(self, content: Content, address: tuple[str, ...], point_size: int | None, at: datetime) -> tuple[Artefact, ...]:
        body = self.set(in_easy_read(content, address, point_size or easy_read.SIZE), at)
        return (Artefact(easy_read.FILE, "application/pdf", body, easy_read.words_of(content)),)

    def set(self, letter: dict[str, object], at: datetime) -> bytes:
        with self.lock:
            body = self.compiler.compile(
                format="pdf", sys_inputs={"letter": json.dumps(letter)}, pdf_standards=["ua-1"], timestamp=int(at.timestamp())
            )
        assert isinstance(body, bytes)
        return body


def in_easy_read(content: Content, address: tuple[str, ...], size: int) -> dict[str, object]:
    pictured = [
        {"picture": f"pictures/{picture}.svg", "alt": easy_read.ALT[picture], "words": words}
        for picture, words in easy_read.ideas(content)
    ]
    return {**laid_out(content, address, size), "parts": [], "ideas": pictured}


def file_name(point_size: int | None) -> str:
    return "letter.pdf" if point_size is None else f"large-print-{point_size}-point.pdf"


def laid_out(content: Content, address: tuple[str, ...], size: int) -> dict[str, object]:
    words = content.language.words
    facts = [{"label": fact.label, "value": fact.value} for fact in content.facts]
    slip = None
    if content.reply:
        yes, no = content.answers or (words["slip_yes"], words["slip_no"])
        slip = {
            "title": words["slip_title"], "how": words["slip_how"], "yes": yes, "no": no,
            "code": words["slip_code"].format(code=content.reply.code),
        }
    return {
        "title": content.title, "sender": content.sender, "lang": content.language.tag.split("-")[0],
        "dir": content.language.direction, "point_size": size, "page": words["page"], "address": address,
        "written_on": content.written_on, "greeting": content.greeting,
        "parts": [
            {"heading": heading, "lines": lines, "facts": facts if heading == content.heading("facts") else []}
            for heading, lines in paragraphs(content)
        ],
        "regards": words["kind_regards"].format(sender=content.sender), "slip": slip,
    }
