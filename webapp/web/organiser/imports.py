"""Coming from elsewhere: a table is sent, looked at row by row, and made as a whole or not at all.

Nothing of the file is kept: what it says goes to the organiser's page and comes back from there.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, StringField

from webapp import clock
from webapp.db import db
from webapp.errors import NotFound, Refused
from webapp.formats import imported_tables as tables
from webapp.formats import spreadsheet, words
from webapp.formats.imported_tables import Table
from webapp.models import BookingState
from webapp.services import audit, imports, stories
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.files import attached
from webapp.web.organiser import identity
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.import_rows import IMPORTS, Found, Import

NO_FILE = "Choose the CSV file"
# The words of a file in a form, with what goes around them.
LARGEST_FORM = 4 * tables.LARGEST


class FileForm(Form):
    # Our forms read no files: what came is looked at by the door, and what is wrong is said here.
    file = StringField("CSV file")


class MakeForm(Form):
    table = HiddenField()
    ticked = fields.tick("")


@bp.url_value_preprocessor
def make_room_for_a_table(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Before anything reads the form, as looking for its token does."""
    if endpoint == "organiser.make_imported":
        request.max_content_length = request.max_form_memory_size = LARGEST_FORM


@bp.get("/import", endpoint="imports")
def list_imports() -> ResponseReturnValue:
    return render_template("organiser/imports.html", kinds=IMPORTS)


@bp.get("/import/<what>.csv")
def import_template(what: str) -> Response:
    kind = _kind(what)
    return attached(tables.template(kind.columns), spreadsheet.CSV_TYPE, f"{what}-to-import.csv")


@bp.route("/import/<what>", methods=["GET", "POST"])
def import_table(what: str) -> ResponseReturnValue:
    kind, form = _kind(what), FileForm()
    if form.validate_on_submit():
        file = request.files.get("file")
        try:
            if not file:
                raise Refused(NO_FILE)
            said = tables.text(file.read())
            return _preview(what, said, tables.read(said, kind.columns), clock.now())
        except Refused as refusal:
            form.file.errors = [str(refusal)]
    return render_template(
        "organiser/import_table.html", what=what, kind=kind, form=form, most=tables.MOST_ROWS
    )


@bp.post("/import/<what>/make")
def make_imported(what: str) -> ResponseReturnValue:
    kind, form, now = _kind(what), MakeForm(), clock.now()
    said = request.form.get("table", "")
    table = tables.read(said, kind.columns)
    found = kind.read(table.rows, now)
    if not form.validate() or found.problems:
        return _preview(what, said, table, now, found)
    try:
        done = MAKERS[what](found.things, bool(form.ticked.data), now)
    except Refused as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
        return redirect(url_for(".import_table", what=what))
    db.session.commit()
    flash(done, "success")
    return redirect(_made(what, found.things, bool(form.ticked.data)))


def _made(what: str, new: Sequence[Any], ticked: bool) -> str:
    """Where one finds what was imported."""
    if what == "dates" and not ticked:
        return url_for(".drafts")
    dates = {one.course_date.id for one in new} if what == "bookings" else set()
    if len(dates) == 1:
        return url_for(".attendees", date_id=dates.pop(), state="all")
    return url_for(".courses")


def _preview(
    what: str, said: str, table: Table, now: datetime, found: Found | None = None
) -> ResponseReturnValue:
    kind = _kind(what)
    return render_template(
        "organiser/import_preview.html",
        what=what,
        kind=kind,
        form=MakeForm(formdata=None),
        said=said,
        left_out=table.left_out,
        total=len(table.rows),
        found=found or kind.read(table.rows, now),
    )


def _courses(new: Sequence[Any], ticked: bool, now: datetime) -> str:
    made = imports.make_courses(new, published=ticked, now=now)
    _note("imported courses", len(made), "course", now)
    as_what = "They are published" if ticked else "They are drafts: visitors do not see them yet"
    return f"{words.counted(len(made), 'course')} imported. {as_what}."


def _dates(new: Sequence[Any], ticked: bool, now: datetime) -> str:
    told = imports.make_dates(new, published=ticked, now=now)
    _note("imported dates", len(new), "date", now)
    done = f"{words.counted(len(new), 'date')} imported."
    if not ticked:
        return f"{done} Visitors see them once you publish them."
    return f"{done} {words.counted(told, 'person', 'people')} told of them."


def _bookings(new: Sequence[Any], ticked: bool, now: datetime) -> str:
    made = imports.make_bookings(new, written_to=ticked, now=now)
    for date in {date for date, _ in made}:
        number = sum(many for (on, _), many in made.items() if on is date)
        audit.record(
            identity.me(),
            stories.IMPORTED,
            course_date=date,
            detail=words.counted(number, "person", "people"),
            now=now,
        )
    waiting = sum(many for (_, state), many in made.items() if state is BookingState.WAITING)
    told = "Each of them is written to." if ticked else "Nobody was written to."
    wait = (
        f" {words.counted(waiting, 'person waits', 'people wait')} for a place." if waiting else ""
    )
    return f"{words.counted(len(new), 'booking')} imported.{wait} {told}"


MAKERS = {"courses": _courses, "dates": _dates, "bookings": _bookings}


def _note(action: str, number: int, thing: str, now: datetime) -> None:
    audit.record(identity.me(), action, detail=words.counted(number, thing), now=now)


def _kind(what: str) -> Import:
    """Raises NotFound."""
    if what not in IMPORTS:
        raise NotFound(f"Nothing is imported as {what}.")
    return IMPORTS[what]
