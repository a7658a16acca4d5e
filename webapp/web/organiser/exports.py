"""Bookings of a period or of one date to take away: which of them, the columns, and the file."""

from typing import Any

from flask import Response, render_template, request, session, stream_with_context
from flask.typing import ResponseReturnValue
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput
from wtforms import SelectChoice, SelectMultipleField
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput

from webapp import clock
from webapp.formats import attendee_list, bookings_list, spreadsheet
from webapp.formats.periods import Period
from webapp.formats.words import counted
from webapp.models import BookingState, CourseDate
from webapp.services import course_dates, exports
from webapp.services.exports import Wanted
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser import watch
from webapp.web.organiser.asked import number
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.moments import DayField

EVERYBODY = "all"
STATES = [SelectChoice(EVERYBODY, "All of them")] + [
    SelectChoice(state.value, words) for state, words in attendee_list.STATES.items()
]
# A spreadsheet is made whole before it goes out.
LONGEST_SPREADSHEET = 20_000
REMEMBERED = "export_columns"
NOBODY = "Nobody has booked a date that starts in these days"
NOBODY_HERE = "Nobody on this date stands so"


def _some(form: Form, field: SelectMultipleField) -> None:
    if not set(field.data) & set(bookings_list.COLUMNS):
        raise StopValidation("Choose at least one column")


class ExportForm(Form):
    first = DayField("From")
    last = DayField("To")
    state = fields.radios("Which bookings", "Choose which bookings", STATES)
    columns = SelectMultipleField(
        "Columns",
        [_some],
        choices=[SelectChoice(key, words) for key, (words, _) in bookings_list.COLUMNS.items()],
        validate_choice=False,
        widget=GovCheckboxesInput(),
        option_widget=CheckboxInput(),
    )

    def about(self, date: CourseDate | None) -> None:
        """Of one date nobody has to say which days."""
        self._date = date
        if date:
            del self.first, self.last

    def show(self) -> None:
        """This financial year so far, and the columns of last time."""
        if not self._date:
            self["first"].data, self["last"].data = Period.of(clock.now()).first, clock.today()
        self.state.data = EVERYBODY
        self.columns.data = session.get(REMEMBERED, list(bookings_list.USUAL))

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        if not self._date:
            self._validate_days()
        return not self.errors

    def _validate_days(self) -> None:
        for name in ("first", "last"):
            if self[name].data is None and not self[name].errors:
                self[name].errors = [f"Enter the {name} day"]
        if not self.errors and self["last"].data < self["first"].data:
            self["last"].errors = ["The last day must not be before the first"]

    def wanted(self) -> Wanted:
        state = None if self.state.data == EVERYBODY else BookingState(self.state.data)
        if self._date:
            return Wanted(course_date=self._date, state=state)
        return Wanted(self["first"].data, self["last"].data, state=state)

    def chosen(self) -> list[str]:
        """The columns, in the order of the file."""
        return [key for key in bookings_list.COLUMNS if key in self.columns.data]

    def fits(self, total: int, as_spreadsheet: bool) -> bool:
        """Whether there is something to take away, and not too much; else the field says so."""
        field = self["state" if self._date else "first"]
        if not total:
            field.errors = [NOBODY_HERE if self._date else NOBODY]
        elif as_spreadsheet and total > LONGEST_SPREADSHEET:
            field.errors = [
                f"A spreadsheet holds {LONGEST_SPREADSHEET:,} bookings, and these are {total:,}."
                " Choose fewer days, or CSV"
            ]
        return not field.errors


@bp.get("/bookings/export")
def bookings_export() -> ResponseReturnValue:
    kind, date_id = request.args.get("as"), number("date")
    date = course_dates.get(date_id) if date_id else None
    form = ExportForm(request.args if kind else None, meta={"csrf": False})
    form.about(date)
    if not kind:
        form.show()
    elif form.validate() and form.fits(found := exports.how_many(form.wanted()), kind == "xlsx"):
        session[REMEMBERED] = form.chosen()
        return _file(form.wanted(), form.chosen(), "xlsx" if kind == "xlsx" else "csv", found)
    return render_template("organiser/bookings_export.html", form=form, date=date)


def _file(wanted: Wanted, columns: list[str], ending: str, total: int) -> Response:
    date, days = wanted.course_date, f"{wanted.first} to {wanted.last}"
    detail = [counted(total, "booking"), ending.upper()]
    watch.saw(
        "downloaded bookings",
        course_date=date,
        detail=", ".join(detail if date else [days, *detail]),
    )
    found = exports.bookings(wanted)
    if ending == "xlsx":
        title = date.course.title if date else f"Bookings {days}"
        body = bookings_list.to_xlsx(title, found, columns, made_at=clock.now())
        answer = Response(body, mimetype=spreadsheet.XLSX_TYPE)
    else:
        pieces = stream_with_context(bookings_list.csv_pieces(found, columns))
        answer = Response(pieces, mimetype=spreadsheet.CSV_TYPE)
    name = attendee_list.file_name(date, ending) if date else bookings_list.file_name(days, ending)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
