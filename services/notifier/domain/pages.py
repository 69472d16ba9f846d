"""A message as a page: the parts every format has, for whoever shows them."""
from dataclasses import dataclass

from services.notifier.domain.wording import Content


@dataclass(frozen=True, slots=True)
class Part:
    """Lines under one heading; or facts, each a label and a value."""

    heading: str
    lines: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    language: str
    direction: str
    title: str
    greeting: str
    parts: tuple[Part, ...]
    regards: str
    link: str
    """Our own address, which may stand in lines: it can be made a link."""


def page_of(content: Content) -> Page:
    facts = tuple((fact.label, fact.value) for fact in content.facts)
    parts = [
        Part(content.heading(content.opening), content.what_happened),
        *([Part(content.heading("facts"), facts=facts)] if facts else []),
        Part(content.heading("what_you_can_do"), content.what_you_can_do),
        *([Part(content.heading("by_when"), (content.by_when,))] if content.by_when else []),
        *([Part(content.heading("reply"), content.how_to_answer)] if content.how_to_answer else []),
        Part(content.heading("help"), content.help),
    ]
    regards = content.language.words["kind_regards"].format(sender=content.sender)
    return Page(
        content.language.tag, content.language.direction, content.title, content.greeting, tuple(parts), regards, content.link
    )
