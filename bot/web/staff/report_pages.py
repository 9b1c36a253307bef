"""Pictures of the figures for the pages of staff, and reports to download: made in a process of their own."""

from __future__ import annotations

from aiohttp import web

from bot.operations.figures.addresses import (
    BY,
    BY_SLUGS,
    GROUPS_PICTURE,
    PICTURES,
    REPORT,
    TREND_PICTURE,
    WHOLE_PICTURE,
)
from bot.operations.figures.desk import FigureDesk
from bot.operations.reports.compose import ReportBy, bars_chart, standing_chart, trend_chart
from bot.operations.reports.desk import Reader, make_report, place_of
from bot.operations.reports.model import ReportFormat
from bot.operations.reports.reporting import ReportError, Reporting
from bot.operations.reports.writing import MEDIA_TYPES
from bot.ratings.charts.model import Chart
from bot.ratings.periods import Period, written
from bot.store.staff import Role
from bot.web.backing import BACKING
from bot.web.staff.access import staff_page
from bot.web.staff.figure_pages import desk_of, query_of
from bot.web.staff.visit import Visit

_BY_SLUGS = {**{slug: ReportBy(by) for by, slug in BY_SLUGS.items()}, "thang": ReportBy.MONTH}


def add_report_pages(app: web.Application) -> None:
    app.router.add_get(f"{PICTURES}/{{kind:{WHOLE_PICTURE}|{TREND_PICTURE}|{GROUPS_PICTURE}}}.svg", show_picture)
    forms = "|".join(form.value for form in ReportFormat)
    app.router.add_get(f"{REPORT}.{{form:{forms}}}", send_report)
    app.on_cleanup.append(_close)


@staff_page(Role.VIEWER)
async def show_picture(visit: Visit) -> web.StreamResponse:
    """GET /staff/hinh/<kind>.svg?ky=<period>&theo=<by>"""
    desk, query = desk_of(visit), query_of(visit)
    chart = await _chart(visit, desk, query.period) if query.is_understood else None
    if chart is None:
        return await visit.not_found()
    try:
        picture = await _reporting(visit).chart_svg(chart, desk.texts.language)
    except ReportError:
        return visit.out_of_order("web.staff.report.failed")
    return web.Response(body=picture, content_type="image/svg+xml", charset="utf-8")


@staff_page(Role.VIEWER)
async def send_report(visit: Visit) -> web.StreamResponse:
    """GET /staff/bao-cao.<form>?ky=<period>&theo=<by>: as a download."""
    desk, query, by = desk_of(visit), query_of(visit), _by(visit)
    if not query.is_understood or (by is None and BY in visit.request.query):
        return await visit.not_found()
    form = ReportFormat(visit.request.match_info["form"])
    reader = Reader(visit.account.name, visit.account.limited_to)
    document = await make_report(desk, reader, query.period, visit.now, by)
    try:
        made = await _reporting(visit).document(document, form)
    except ReportError:
        return visit.out_of_order("web.staff.report.failed")
    named = written(query.period).replace("..", "_").replace(":", "-")
    disposition = f'attachment; filename="{desk.texts.get("report.file", period=named)}.{form}"'
    return web.Response(body=made, content_type=MEDIA_TYPES[form], headers={"Content-Disposition": disposition})


async def _chart(visit: Visit, desk: FigureDesk, period: Period) -> Chart | None:
    """Of what this reader may see; None where the address does not say which groups are meant."""
    kind, agencies = visit.request.match_info["kind"], visit.account.limited_to
    place = place_of(desk, agencies)
    if kind == GROUPS_PICTURE:
        by = _by(visit)
        of = None if by is None else by.of_figures
        if of is None:
            return None
        return bars_chart(desk.texts, place, await desk.breakdown(of, period, agencies=agencies))
    overview = await desk.overview(period, agencies, is_brief=True)
    return (
        standing_chart(desk.texts, place, overview)
        if kind == WHOLE_PICTURE
        else trend_chart(desk.texts, place, overview)
    )


def _by(visit: Visit) -> ReportBy | None:
    return _BY_SLUGS.get(visit.request.query.get(BY, ""))


def _reporting(visit: Visit) -> Reporting:
    return visit.request.app[BACKING].reporting


async def _close(app: web.Application) -> None:
    await app[BACKING].reporting.close()
