"""Open to everybody: the work that is wanted in a council's area, with nothing about anybody who wants it."""
import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from markupsafe import Markup
from starlette.exceptions import HTTPException

from services.portal.clients.asking import NotThere
from services.portal.clients.gaps import GapFigure, GapWeek
from services.portal.pages.counted_words import council_name
from services.portal.pages.desk import Desk

STANDS_FOR = timedelta(days=14)
"""From the Monday of its week: a vacancy is not shown any longer where no newer week was published."""
OF_COUNCIL = "/vacancies/{council:str}"


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    async def published(council: str) -> GapWeek | None:
        async with desk.begin() as work:
            if council not in await work.accounts.councils():
                raise HTTPException(404)
        try:
            found = await desk.clients.counted.gaps(council)
        except NotThere:
            return None
        return found if desk.now().date() < found.week + STANDS_FOR else None

    @routes.get("/vacancies")
    async def councils(request: Request) -> Response:
        async with desk.begin() as work:
            found = await work.accounts.councils()
        return desk.page(request, "anyone/vacancy_councils.html", "Work as a personal assistant", councils=found,
                         for_search_engines=True)

    @routes.get(OF_COUNCIL)
    async def vacancies(request: Request, council: str) -> Response:
        found = await published(council)
        title = f"Work as a personal assistant in {council_name(council)}"
        return desk.page(request, "anyone/vacancies.html", title, council=council, for_search_engines=True,
                         figures=found.figures if found else ())

    @routes.get(OF_COUNCIL + "/{gap_id:uuid}")
    async def vacancy(request: Request, council: str, gap_id: UUID) -> Response:
        found = await published(council)
        figure = found.figure(gap_id) if found else None
        if found is None or figure is None:
            return desk.page(request, "anyone/vacancy_filled.html", "This is not wanted any more", status=410, council=council)
        return desk.page(
            request, "anyone/vacancy.html", figure.title, council=council, figure=figure, for_search_engines=True,
            lines=said_of(council, figure), posting=data(job_posting(council, found.week, figure)),
        )

    return routes


def job_posting(council: str, week: date, figure: GapFigure) -> dict[str, Any]:
    """schema.org/JobPosting of a gap. Who the people are, how many and where each lives is in none of it."""
    area = figure.one("area")
    return {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": figure.title,
        "description": f"<p>{'</p><p>'.join(said_of(council, figure))}</p>",
        "identifier": {"@type": "PropertyValue", "name": "Alongside", "value": str(figure.gap_id)},
        "datePosted": figure.since.isoformat(),
        "validThrough": (week + STANDS_FOR).isoformat(),
        "employmentType": ["PART_TIME", "OTHER"],
        "hiringOrganization": {
            "@type": "Organization", "name": f"People in {council_name(council)} who choose their own support",
        },
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress", "addressLocality": council_name(council), "addressCountry": "GB",
                **({"postalCode": area} if area else {}),
            },
        },
        "directApply": False,
        "industry": "Social care",
    }  # fmt: skip


def said_of(council: str, figure: GapFigure) -> list[str]:
    """The same in words, for people and for search engines."""
    lines = [
        f"Some people in {council_name(council)} are looking for a personal assistant (PA). Too few PAs fit what they ask for.",
        "A PA helps somebody to live the way they want to: at home, out and about, or both.",
    ]
    if figure.hours:
        lines.append(f"Together they want {figure.hours} hours a week or more. You can work for one person, or for several.")
    return lines


def data(posting: dict[str, Any]) -> Markup:
    """JSON that can stand in a page: no text in it can end the element it is in."""
    text = json.dumps(posting, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
