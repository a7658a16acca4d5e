"""The report to the board: a period's figures, on a page and to take away. A reporter sees those of
their own agency."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.errors import Refused
from webapp.formats import board_report, report_paper, spreadsheet, typst_papers
from webapp.formats.periods import Period
from webapp.models import Agency, Report
from webapp.services import agencies, partnership, reports
from webapp.web.files import attached
from webapp.web.organiser import identity, watch
from webapp.web.organiser.asked import number
from webapp.web.organiser.blueprint import bp, organises

NO_AGENCY = (
    "Your account is of no agency yet. Ask an administrator of the partnership to choose it."
)


@bp.get("/report")
def report() -> ResponseReturnValue:
    period, agency, found = _asked()
    return render_template(
        "organiser/report.html",
        period=period,
        agency=agency,
        report=found,
        figures=board_report.FIGURES,
        years=reports.periods(clock.now()),
        sectors=agencies.sectors() if organises(identity.me()) else None,
    )


@bp.get("/report.csv")
def report_csv() -> Response:
    period, agency, found = _asked()
    watch.saw("downloaded the report", detail=f"{period}, CSV")
    return _file(board_report.to_csv(found), spreadsheet.CSV_TYPE, period, agency, "csv")


@bp.get("/report.xlsx")
def report_xlsx() -> Response:
    period, agency, found = _asked()
    title = f"Training {period.words}{f', {agency.name}' if agency else ''}"
    body = board_report.to_xlsx(title, found, made_at=clock.now())
    watch.saw("downloaded the report", detail=f"{period}, spreadsheet")
    return _file(body, spreadsheet.XLSX_TYPE, period, agency, "xlsx")


@bp.get("/report.pdf")
def report_pdf() -> Response:
    period, agency, found = _asked()
    watch.saw("downloaded the report", detail=f"{period}, PDF")
    ours = partnership.get()
    body = report_paper.to_pdf(found, period, agency, partnership=ours, made_at=clock.now())
    return _file(body, typst_papers.TYPE, period, agency, "pdf")


def _asked() -> tuple[Period, Agency | None, Report]:
    """Which figures: this financial year's of everybody, unless the address says otherwise."""
    now = clock.now()
    period = Period.read(request.args.get("period")) or Period.of(now)
    agency = _agency()
    return period, agency, reports.of(period, agency, now=now)


def _agency() -> Agency | None:
    me = identity.me()
    if organises(me):
        wanted = number("agency")
        return agencies.get(wanted) if wanted else None
    if me.agency is None:
        raise Refused(NO_AGENCY)
    return me.agency


def _file(
    body: bytes, mimetype: str, period: Period, agency: Agency | None, ending: str
) -> Response:
    name = board_report.file_name(period, agency, ending)
    return attached(body, mimetype, name)
