"""For council workers: where too few PAs fit, as a page and as a file; and whether every kind of PA is shown in turn."""
import csv
import io
from datetime import date

from fastapi import APIRouter, Request, Response

from services.portal.clients.asking import NotThere
from services.portal.clients.gaps import GapWeek
from services.portal.domain.accounts import Role
from services.portal.pages.counted_words import FACETS
from services.portal.pages.desk import Desk

PERIODS = ((4, "4 weeks"), (13, "3 months"), (52, "A year"))
HEADINGS = (*FACETS.values(), "People", "Hours a week, at least", "As of the week of", "Published for the week of")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def router(desk: Desk) -> APIRouter:
    routes = desk.routes()

    async def published(council: str, request: Request) -> GapWeek | None:
        try:
            return await desk.clients.counted.gaps(council, a_day(request.query_params.get("week", "")))
        except NotThere:
            return None

    @routes.get("/council/gaps")
    async def gaps(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        found = await published(viewer.council, request)
        return desk.page(request, "staff/gaps.html", "Gaps", found=found, council=viewer.council)

    @routes.post("/council/gaps")
    async def publish(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        await desk.form(request, viewer)
        await desk.clients.counted.publish_gaps(viewer.council)
        return desk.go("/council/gaps", "gaps_published")

    @routes.get("/council/gaps.csv")
    async def as_file(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        found = await desk.clients.counted.gaps(viewer.council, a_day(request.query_params.get("week", "")))
        name = f"gaps-{viewer.council}-{found.week.isoformat()}.csv"
        return Response(
            as_csv(found), media_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )

    @routes.get("/council/fairness")
    async def fairness(request: Request) -> Response:
        viewer = await desk.viewer(request, Role.STAFF)
        asked = request.query_params.get("weeks", "")
        weeks = next((number for number, _ in PERIODS if str(number) == asked), 13)
        report = await desk.clients.counted.fairness(viewer.council, weeks)
        return desk.page(
            request, "staff/fairness.html", "Is everybody shown in turn?", report=report, weeks=weeks, periods=PERIODS
        )

    return routes


def a_day(typed: str) -> date | None:
    """None also for what is no day: then the newest is shown."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def as_csv(found: GapWeek) -> str:
    """With a mark at the start, so that spreadsheets read the letters right."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(HEADINGS)
    for one in found.figures:
        cells = [plain(one.cells[facet]) for facet in FACETS]
        writer.writerow([*cells, one.people, one.hours, one.since.isoformat(), found.week.isoformat()])
    return "\ufeff" + file.getvalue()


def plain(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
