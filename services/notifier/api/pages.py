"""A message as a page, over HTTP: its parts in order, so that whoever shows it can make it an accessible one."""
from pydantic import BaseModel

from services.notifier.domain.pages import Page


class FactOut(BaseModel):
    label: str
    value: str


class PartOut(BaseModel):
    """Lines under one heading; or facts."""

    heading: str
    lines: list[str]
    facts: list[FactOut]


class PageOfIt(BaseModel):
    language: str
    direction: str
    title: str
    greeting: str
    parts: list[PartOut]
    regards: str
    link: str
    """Our own address, which may stand in lines: it can be made a link."""


def page_out(page: Page | None) -> PageOfIt | None:
    if page is None:
        return None
    parts = [
        PartOut(
            heading=part.heading, lines=list(part.lines), facts=[FactOut(label=label, value=value) for label, value in part.facts]
        )
        for part in page.parts
    ]
    return PageOfIt(
        language=page.language, direction=page.direction, title=page.title, greeting=page.greeting, parts=parts,
        regards=page.regards, link=page.link,
    )
