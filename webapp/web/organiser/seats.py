"""How well seats are filled: a term beside those before it, so that a policy can be judged."""

from collections.abc import Iterator

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.formats import seats as table
from webapp.formats import spreadsheet
from webapp.formats.school_terms import YEARS, SchoolTerm
from webapp.models import Seats
from webapp.services import seats as filling
from webapp.services.seats import Filling
from webapp.web.files import attached
from webapp.web.organiser import charges, ladder, watch
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.settings import GROUPS

# The settings that bear on whether a seat stays empty.
POLICIES = (
    *(
        GROUPS[name][0]
        for name in ("work", "rules", "cancelling", "sectors", "reminders", "managers")
    ),
    ladder.TITLE,
    charges.TITLE,
)


@bp.get("/seats")
def seats() -> ResponseReturnValue:
    term, found = _asked()
    return render_template(
        "organiser/seats.html",
        term=term,
        filling=found,
        others=[one for one in (term.before, term.after) if one.year in YEARS],
        hours=table.hours,
    )


@bp.get("/seats.csv")
def seats_csv() -> Response:
    term, found = _asked()
    watch.saw("downloaded how seats are filled", detail=str(term))
    body = table.to_csv(_lines(term, found))
    return attached(body, spreadsheet.CSV_TYPE, table.file_name(term))


def _asked() -> tuple[SchoolTerm, Filling]:
    """This term, unless the address names another."""
    now = clock.now()
    term = SchoolTerm.read(request.args.get("term")) or SchoolTerm.of(now)
    return term, filling.of(term, POLICIES, now=now)


def _lines(term: SchoolTerm, found: Filling) -> Iterator[tuple[str, str, SchoolTerm, Seats]]:
    for line in found.terms:
        yield "Term", line.term.words, line.term, line.seats
    for course in found.courses:
        yield "Course", course.name, term, course.now
        yield "Course", course.name, term.before, course.before
