"""Lists to take away: bookings of a period, the attendees or the register of a date.

Of each one says which bookings and which columns; these are remembered, and who took the file is in
the audit log.
"""

from dataclasses import dataclass
from typing import Any

from flask import Response, render_template, request, session, stream_with_context
from flask.typing import ResponseReturnValue
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput
from wtforms import SelectChoice, SelectMultipleField
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput

from webapp import clock
from webapp.formats import attendee_list, bookings_list, spreadsheet
from webapp.formats.bookings_list import Columns
from webapp.formats.periods import Period
from webapp.formats.words import counted
from webapp.models import BookingState, CourseDate
from webapp.services import course_dates, exports
from webapp.services.exports import Wanted
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser import watch
from webapp.web.organiser.asked import number, text
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.moments import DayField

EVERYBODY = "all"
STATES = [SelectChoice(EVERYBODY, "All of them")] + [
    SelectChoice(state.value, words) for state, words in attendee_list.STATES.items()
]
# The whole of a spreadsheet has to be made before the first of it goes out.
LONGEST_SPREADSHEET = 20_000


@dataclass(frozen=True)
class List:
    """A list that can be taken away: what it is called, and what is said when it is empty."""

    name: str
    # In the name of its file.
    file: str
    title: str
    nobody: str
    columns: Columns


BOOKINGS = List(
    "bookings",
    "bookings",
    "Download bookings",
    "Nobody has booked a date that starts in these days",
    bookings_list.BOOKINGS,
)
ATTENDEES = List(
    "the attendee list",
    "attendees",
    "Download the attendee list",
    "There is no such booking on this date",
    bookings_list.ATTENDEES,
)
REGISTER = List(
    "the register",
    "register",
    "Download the register",
    "Nobody is on the register of this date",
    bookings_list.REGISTER,
)


def _some(form: Form, field: SelectMultipleField) -> None:
    if not form.chosen():
        raise StopValidation("Choose at least one column")


class ExportForm(Form):
    first = DayField("From")
    last = DayField("To")
    state = fields.radios("Which bookings", "Choose which bookings", STATES)
    columns = SelectMultipleField(
        "Columns",
        [_some],
        validate_choice=False,
        widget=GovCheckboxesInput(),
        option_widget=CheckboxInput(),
    )

    def about(self, what: List) -> None:
        """Of one date nobody has to say which days, nor of a register how somebody stands."""
        self._list = what
        self.columns.choices = [
            SelectChoice(name, bookings_list.COLUMNS[name][0]) for name in what.columns.offered
        ]
        if what is not BOOKINGS:
            del self.first, self.last
        if what is REGISTER:
            del self.state

    def show(self, state: str | None) -> None:
        """This financial year so far, and the columns of last time."""
        if "first" in self:
            self["first"].data, self["last"].data = Period.of(clock.now()).first, clock.today()
        if "state" in self:
            self["state"].data = state if state in attendee_list.STATES else EVERYBODY
        self.columns.data = session.get(_remembered(self._list), list(self._list.columns.usual))

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        if "first" in self:
            self._validate_days()
        return not self.errors

    def _validate_days(self) -> None:
        for name in ("first", "last"):
            if self[name].data is None and not self[name].errors:
                self[name].errors = [f"Enter the {name} day"]
        if not self.errors and self["last"].data < self["first"].data:
            self["last"].errors = ["The last day must not be before the first"]

    def wanted(self, date: CourseDate | None) -> Wanted:
        said = self["state"].data if "state" in self else BookingState.CONFIRMED
        state = None if said == EVERYBODY else BookingState(said)
        if date is None:
            return Wanted(self["first"].data, self["last"].data, state=state)
        if self._list is REGISTER:
            return Wanted(course_date=date, state=state)
        return Wanted(course_date=date, state=state, agency_id=number("agency"), text=text("q"))

    def chosen(self) -> list[str]:
        """The columns, in the order of the file."""
        return [name for name in self._list.columns.offered if name in self.columns.data]

    def fits(self, total: int, as_spreadsheet: bool) -> bool:
        """Whether there is something to take away, and not too much; else the field says so."""
        field = next(self[name] for name in ("first", "state", "columns") if name in self)
        if not total:
            field.errors = [self._list.nobody]
        elif as_spreadsheet and total > LONGEST_SPREADSHEET:
            field.errors = [
                f"A spreadsheet holds {LONGEST_SPREADSHEET:,} bookings, and these are {total:,}."
                " Choose fewer, or CSV"
            ]
        return not field.errors


@bp.get("/bookings/export")
def bookings_export() -> ResponseReturnValue:
    return _take_away(BOOKINGS)


@bp.get("/dates/<int:date_id>/attendees/export")
def attendees_export(date_id: int) -> ResponseReturnValue:
    return _take_away(ATTENDEES, course_dates.get(date_id))


@bp.get("/dates/<int:date_id>/register/export")
def register_export(date_id: int) -> ResponseReturnValue:
    return _take_away(REGISTER, course_dates.get(date_id))


def _take_away(what: List, date: CourseDate | None = None) -> ResponseReturnValue:
    """The form; or the file, once the form was sent and there is something to take away."""
    kind = request.args.get("as")
    form = ExportForm(request.args if kind else None, meta={"csrf": False})
    form.about(what)
    if not kind:
        form.show(request.args.get("state"))
    elif form.validate():
        wanted, ending = form.wanted(date), "xlsx" if kind == "xlsx" else "csv"
        if form.fits(total := exports.how_many(wanted), ending == "xlsx"):
            session[_remembered(what)] = form.chosen()
            _record(what, wanted, f"{counted(total, 'booking')}, {ending.upper()}")
            return _file(what, wanted, form.chosen(), ending)
    return render_template(
        "organiser/bookings_export.html",
        form=form,
        date=date,
        title=what.title,
        searched=what is ATTENDEES and (text("q") or number("agency")),
    )


def _remembered(what: List) -> str:
    return f"columns of {what.name}"


def _record(what: List, wanted: Wanted, detail: str) -> None:
    days = "" if wanted.course_date else f"{wanted.first} to {wanted.last}, "
    watch.saw(f"downloaded {what.name}", course_date=wanted.course_date, detail=days + detail)


def _file(what: List, wanted: Wanted, columns: list[str], ending: str) -> Response:
    """Read and sent a little at a time, however long it is."""
    date, days = wanted.course_date, f"{wanted.first} to {wanted.last}"
    found = exports.bookings(wanted)
    if ending == "xlsx":
        title = f"{date.course.title}: {what.name}" if date else f"Bookings {days}"
        pieces = bookings_list.xlsx_pieces(title, found, columns, made_at=clock.now())
        answer = Response(pieces, mimetype=spreadsheet.XLSX_TYPE)
    else:
        pieces = bookings_list.csv_pieces(found, columns)
        answer = Response(stream_with_context(pieces), mimetype=spreadsheet.CSV_TYPE)
    if date:
        name = attendee_list.file_name(date, ending, what.file)
    else:
        name = bookings_list.file_name(days, ending)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
