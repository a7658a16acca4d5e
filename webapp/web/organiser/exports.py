"""Bookings of a period to take away: the days, the columns, and the file."""

from io import BytesIO
from typing import Any

from flask import Response, render_template, request, send_file, session, stream_with_context
from flask.typing import ResponseReturnValue
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput
from wtforms import SelectChoice, SelectMultipleField
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput

from webapp import clock
from webapp.formats import attendee_list, bookings_list, spreadsheet
from webapp.formats.periods import Period
from webapp.formats.words import counted
from webapp.models import BookingState
from webapp.services import exports
from webapp.services.exports import Wanted
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser import watch
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.moments import DayField

EVERYBODY = "all"
STATES = [SelectChoice(EVERYBODY, "All of them")] + [
    SelectChoice(state.value, words) for state, words in attendee_list.STATES.items()
]
# A spreadsheet is made whole before it goes out.
LONGEST_SPREADSHEET = 20_000
REMEMBERED = "export_columns"


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

    def show(self) -> None:
        """This financial year so far, and the columns of last time."""
        self["first"].data, self["last"].data = Period.of(clock.now()).first, clock.today()
        self.state.data = EVERYBODY
        self.columns.data = session.get(REMEMBERED, list(bookings_list.USUAL))

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        for field, which in ((self.first, "first"), (self.last, "last")):
            if field.data is None and not field.errors:
                field.errors = [f"Enter the {which} day"]
        if not self.errors and self["last"].data < self["first"].data:
            self.last.errors = ["The last day must not be before the first"]
        return not self.errors

    def wanted(self) -> Wanted:
        state = None if self.state.data == EVERYBODY else BookingState(self.state.data)
        return Wanted(self["first"].data, self["last"].data, state)

    def chosen(self) -> list[str]:
        """The columns, in the order of the file."""
        return [key for key in bookings_list.COLUMNS if key in self.columns.data]

    def fits(self, number: int, as_spreadsheet: bool) -> bool:
        """Whether there is something to take away, and not too much; else the field says so."""
        if not number:
            self.first.errors = ["Nobody has booked a date that starts in these days"]
        elif as_spreadsheet and number > LONGEST_SPREADSHEET:
            self.first.errors = [
                f"A spreadsheet holds {LONGEST_SPREADSHEET:,} bookings, and these are {number:,}."
                " Choose fewer days, or CSV"
            ]
        return not self.first.errors


@bp.get("/bookings/export")
def bookings_export() -> ResponseReturnValue:
    kind = request.args.get("as")
    form = ExportForm(request.args if kind else None, meta={"csrf": False})
    if not kind:
        form.show()
    elif form.validate() and form.fits(number := exports.how_many(form.wanted()), kind == "xlsx"):
        session[REMEMBERED] = form.chosen()
        return _file(form, kind, number)
    return render_template("organiser/bookings_export.html", form=form)


def _file(form: ExportForm, kind: str, number: int) -> Response:
    wanted, columns = form.wanted(), form.chosen()
    found = exports.bookings(wanted)
    ending = "xlsx" if kind == "xlsx" else "csv"
    name = bookings_list.file_name(wanted.first, wanted.last, ending)
    detail = f"{wanted.first} to {wanted.last}, {counted(number, 'booking')}, {ending.upper()}"
    watch.saw("downloaded bookings", detail=detail)
    if ending == "xlsx":
        title = f"Bookings {wanted.first} to {wanted.last}"
        body = bookings_list.to_xlsx(title, found, columns, made_at=clock.now())
        return send_file(
            BytesIO(body),
            mimetype=spreadsheet.XLSX_TYPE,
            as_attachment=True,
            download_name=name,
        )
    pieces = stream_with_context(bookings_list.csv_pieces(found, columns))
    answer = Response(pieces, mimetype=spreadsheet.CSV_TYPE)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
